import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Tells an observer what happened in each try.
struct ObserverPolicy: PipelinePolicy {
    let time: TimeSource
    let observer: @Sendable (ExchangeFacts) -> Void

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        var facts = ExchangeFacts(
            operation: request.operation,
            method: request.method.rawValue,
            host: request.url.host,
            path: request.url.path,
            attempt: request.attempt,
            startedAt: time.now(),
            duration: .zero,
            clientRequestID: request.headerFields[.clientRequestID] ?? ""
        )
        let start = time.uptime()
        do {
            let response = try await next(request)
            facts.duration = time.uptime() - start
            facts.read(response, to: request, now: time.now())
            observer(facts)
            return response
        } catch {
            facts.duration = time.uptime() - start
            facts.failure = AzureError(wrapping: error, doing: request.operation, host: request.url.host).kind
            observer(facts)
            throw error
        }
    }
}

extension ExchangeFacts {
    fileprivate mutating func read(_ response: AzureResponse, to request: AzureRequest, now: Date) {
        status = response.status
        requestID = response.requestID
        remainingReads = response.headerFields[.remainingReads].flatMap { Int($0) }
        remainingWrites = response.headerFields[.remainingWrites].flatMap { Int($0) }
        retryAfter = RetryAfter.duration(in: response, now: now)
        serverDate = response.headerFields[.date].flatMap(HTTPDate.date)
        failure = AzureError(of: response, to: request, now: now)?.kind
    }
}
