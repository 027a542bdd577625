import HTTPTypes

/// One answer.
struct Reply: Sendable {
    var status: Int
    var headers = HTTPFields()
    var body: [UInt8]
    /// Makes the body part by part, in place of `body`; such an answer has no length in advance.
    var parts: (@Sendable (ReplyParts) async throws -> Void)?
    /// Hears, once, that the last byte has left, or that it will not.
    var onEnd: (@Sendable (_ isWhole: Bool) -> Void)?

    init(_ status: Int = 200, body: [UInt8] = [], contentType: String? = nil) {
        self.status = status
        self.body = body
        if let contentType { headers[.contentType] = contentType }
    }

    init(_ status: Int = 200, _ json: JSON) {
        self.init(status, body: json.bytes, contentType: "application/json; charset=utf-8")
    }

    static func text(_ status: Int, _ text: String) -> Reply {
        Reply(status, body: Array(text.utf8), contentType: "text/plain; charset=utf-8")
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// The same answer with one more header.
    func with(_ name: String, _ value: String) -> Reply {
        var reply = self
        reply.headers.set(name, value)
        return reply
    }
}

/// Takes the parts of a body on their way to the client.
struct ReplyParts: Sendable {
    enum Part: Sendable {
        case bytes([UInt8])
        case trailers(HTTPFields)
    }

    let continuation: AsyncStream<Part>.Continuation
    /// Lets so many bytes pass when it is their turn.
    var pace: (@Sendable (Int) async throws -> Void)?

    /// - Throws: `CancellationError` when nobody reads any more.
    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        try await pace?(bytes.count)
        continuation.yield(.bytes(bytes))
    }

    /// What stands behind the body.
    func end(with trailers: HTTPFields) {
        continuation.yield(.trailers(trailers))
    }
}

extension HTTPFields {
    /// Sets a field by a name that `HTTPField.Name` has no constant for.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
