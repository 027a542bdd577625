import HTTPTypes

/// Refuses what may not leave, before a token is asked for and before anything is sent.
struct AllowancePolicy: PipelinePolicy {
    let allowance: RequestAllowance

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        guard allowance.allows(request) else {
            throw AzureError(
                .readOnly(method: request.method.rawValue),
                operation: request.operation,
                host: request.url.host
            )
        }
        return try await next(request)
    }
}
