/// Ends a try that takes too long, the body included.
struct DeadlinePolicy: PipelinePolicy {
    let timeout: Duration
    let time: TimeSource

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        let timeout = request.timeout ?? timeout
        return try await withoutActuallyEscaping(next) { next in
            try await withThrowingTaskGroup(of: AzureResponse?.self) { group in
                group.addTask { try await next(request) }
                group.addTask {
                    try await time.sleep(timeout)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let response = first else {
                    throw AzureError(.timedOut(after: timeout))
                }
                return response
            }
        }
    }
}
