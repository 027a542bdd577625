/// Tries reads again, few times, when the failure may pass by itself.
struct RetryPolicy: PipelinePolicy {
    let settings: RetrySettings
    let time: TimeSource

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        var request = request
        while true {
            let outcome: Result<AzureResponse, any Error>
            do {
                outcome = .success(try await next(request))
            } catch {
                outcome = .failure(error)
            }
            guard let delay = delay(after: outcome, of: request) else { return try outcome.get() }
            try await time.sleep(delay)
            request.attempt += 1
        }
    }

    /// How long to wait before the next try; nil where there is none.
    private func delay(after outcome: Result<AzureResponse, any Error>, of request: AzureRequest) -> Duration? {
        guard request.isRepeatable, request.attempt < settings.maximumTries, mayPass(outcome) else { return nil }
        if case .success(let response) = outcome, let asked = RetryAfter.duration(in: response, now: time.now()) {
            return asked <= settings.longestDelay ? asked : nil
        }
        return min(settings.firstDelay * (1 << (request.attempt - 1)), settings.longestDelay)
    }

    private func mayPass(_ outcome: Result<AzureResponse, any Error>) -> Bool {
        switch outcome {
        case .success(let response): [408, 429, 500, 502, 503, 504].contains(response.status)
        case .failure(let error): (error as? AzureError).map(mayPass) ?? false
        }
    }

    /// A connection that broke may have been an idle one the other side had closed; a host that is not there will not be
    /// there a second later.
    private func mayPass(_ error: AzureError) -> Bool {
        switch error.kind {
        case .unreachable(.reset), .unreachable(.closedEarly): true
        default: false
        }
    }
}
