import HTTPTypes
import Logging

/// Logs each try: method, host, path, status, time, and the headers of a short list that hold nothing secret.
struct LoggingPolicy: PipelinePolicy {
    let logger: Logger?
    let time: TimeSource

    private static let loggedFields: [HTTPField.Name] = [
        .contentType, .contentLength, .date, .retryAfter, .requestID, .correlationRequestID, .remainingReads,
        .remainingWrites,
    ]

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        guard let logger, logger.logLevel <= .debug else { return try await next(request) }
        var metadata: Logger.Metadata = [
            "operation": "\(request.operation)", "method": "\(request.method.rawValue)",
            "host": "\(request.url.host)", "path": "\(request.url.path)", "attempt": "\(request.attempt)",
            "client-request-id": "\(request.headerFields[.clientRequestID] ?? "")",
        ]
        let start = time.uptime()
        do {
            let response = try await next(request)
            metadata["status"] = "\(response.status)"
            metadata["duration"] = "\(time.uptime() - start)"
            for name in Self.loggedFields {
                if let value = response.headerFields[name] { metadata[name.canonicalName] = "\(value)" }
            }
            logger.debug("answered", metadata: metadata)
            return response
        } catch {
            let kind = AzureError(wrapping: error, doing: request.operation, host: request.url.host).kind
            metadata["duration"] = "\(time.uptime() - start)"
            metadata["failure"] = "\(kind)"
            logger.debug("no answer", metadata: metadata)
            throw error
        }
    }
}
