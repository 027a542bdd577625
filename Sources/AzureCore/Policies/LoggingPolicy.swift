import HTTPTypes
import Logging

/// Logs each try. At level `debug` what was sent and what came back; at `notice` only what failed.
///
/// Addresses, headers and bodies go through `LoggedContent`: no token, key or signature is on its lists.
struct LoggingPolicy: PipelinePolicy {
    let logger: Logger?
    let time: TimeSource

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        guard let logger, logger.logLevel <= .notice else { return try await next(request) }
        let facts: Logger.Metadata = [
            "operation": "\(request.operation)", "attempt": "\(request.attempt)",
            "client-request-id": "\(request.headerFields[.clientRequestID] ?? "")",
        ]
        if logger.logLevel <= .debug { logger.debug("sent", metadata: facts.merging(sent(request)) { $1 }) }
        let start = time.uptime()
        do {
            let response = try await next(request)
            var metadata = facts
            metadata["took"] = "\(time.uptime() - start)"
            if !response.isSuccess { metadata["url"] = "\(LoggedContent.url(request.url))" }
            if logger.logLevel <= .debug || !response.isSuccess {
                metadata.merge(received(response, to: request)) { $1 }
            }
            logger.log(level: response.isSuccess ? .debug : .notice, "answered", metadata: metadata)
            return response
        } catch {
            let kind = AzureError(wrapping: error, doing: request.operation, host: request.url.host).kind
            var metadata = facts
            metadata["took"] = "\(time.uptime() - start)"
            metadata["url"] = "\(LoggedContent.url(request.url))"
            metadata["failure"] = "\(kind.label)"
            logger.notice("no answer", metadata: metadata)
            throw error
        }
    }

    private func sent(_ request: AzureRequest) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "method": "\(request.method.rawValue)", "url": "\(LoggedContent.url(request.url))",
        ]
        add(request.headerFields, to: &metadata)
        add(request.body ?? [], of: request, to: &metadata)
        return metadata
    }

    private func received(_ response: AzureResponse, to request: AzureRequest) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["status": "\(response.status)"]
        add(response.headerFields, to: &metadata)
        add(response.body, of: request, to: &metadata)
        return metadata
    }

    private func add(_ fields: HTTPFields, to metadata: inout Logger.Metadata) {
        for (name, value) in LoggedContent.fields(fields) { metadata[name] = "\(value)" }
    }

    private func add(_ body: [UInt8], of request: AzureRequest, to metadata: inout Logger.Metadata) {
        guard !body.isEmpty else { return }
        metadata["bytes"] = "\(body.count)"
        // A payload belongs to whoever sends it: none of its members is known to be harmless.
        guard request.operation != .scoring else { return }
        // Rows of the log and measurements are long, and no use here.
        if body.count <= 262_144, let text = LoggedContent.body(body) { metadata["body"] = "\(text)" }
    }
}
