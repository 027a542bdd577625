import HTTPTypes

/// One answer.
struct Reply: Sendable {
    var status: Int
    var headers = HTTPFields()
    var body: [UInt8]

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

extension HTTPFields {
    /// Sets a field by a name that `HTTPField.Name` has no constant for.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
