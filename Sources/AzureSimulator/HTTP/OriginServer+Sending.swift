import HTTPTypes
import HummingbirdCore
import NIOCore

extension OriginServer {
    /// Small answers leave in one piece, large ones in slices, so that they are never held twice.
    @concurrent static func send(
        _ reply: Reply,
        withBody: Bool,
        writer: consuming ResponseWriter,
        hangUp: HangUp
    ) async throws {
        if withBody, let parts = reply.parts {
            return try await send(reply, inParts: parts, writer: writer, hangUp: hangUp)
        }
        let slice = 1 << 16
        guard withBody, reply.body.count > 4 * slice else {
            let body = ByteBuffer(bytes: withBody ? reply.body : [])
            try await writer.write(response: head(of: reply), body: ResponseBody(byteBuffer: body))
            return
        }
        var body = try await writer.writeHead(head(of: reply))
        for start in stride(from: 0, to: reply.body.count, by: slice) {
            try await body.write(ByteBuffer(bytes: reply.body[start..<min(start + slice, reply.body.count)]))
        }
        try await body.finish(nil)
    }

    /// Chunks, each as soon as it is there; trailers where the answer has some.
    @concurrent private static func send(
        _ reply: Reply,
        inParts make: @escaping @Sendable (ReplyParts) async throws -> Void,
        writer: consuming ResponseWriter,
        hangUp: HangUp
    ) async throws {
        let (parts, continuation) = AsyncStream<ReplyParts.Part>.makeStream()
        let work = Task {
            defer { continuation.finish() }
            try await make(ReplyParts(continuation: continuation))
        }
        hangUp.set { work.cancel() }
        defer {
            work.cancel()
            hangUp.set(nil)
        }
        var trailers: HTTPFields?
        var body = try await writer.writeHead(head(of: reply))
        for await part in parts {
            switch part {
            case .bytes(let bytes): try await body.write(ByteBuffer(bytes: bytes))
            case .trailers(let fields): trailers = fields
            }
        }
        try Task.checkCancellation()
        // What broke off ends without the last chunk, so that the client sees that it did.
        try await work.value
        try await body.finish(trailers)
    }

    static func head(of reply: Reply) -> HTTPResponse {
        var fields = reply.headers
        if reply.parts == nil { fields[.contentLength] = String(reply.body.count) }
        return HTTPResponse(status: .init(code: reply.status), headerFields: fields)
    }
}
