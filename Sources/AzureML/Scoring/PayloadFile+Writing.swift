extension PayloadFile {
    /// A payload with its front matter. There is no place for a credential in it.
    public init(
        endpoint: String? = nil,
        deployment: String? = nil,
        contentType: String,
        headers: [Header] = [],
        body: [UInt8]
    ) {
        self.init(body: body)
        self.endpoint = endpoint
        self.deployment = deployment
        self.contentType = contentType
        self.headers = headers.filter { !$0.isReserved && $0.isValid }
    }

    /// The file's bytes: the fields in a fixed order, so that two versions of it compare well, then the body as it is.
    public var bytes: [UInt8] {
        var text = "---\n"
        if let endpoint { text += "endpoint: \(endpoint)\n" }
        if let deployment { text += "deployment: \(deployment)\n" }
        text += "content_type: \(contentType)\n"
        if !headers.isEmpty {
            text += "headers:\n"
            for header in headers { text += "  \(header.name): \(Self.quotedIfNeeded(header.value))\n" }
        }
        return Array((text + "---\n").utf8) + body
    }

    /// White space at its ends, and quotes that belong to it, would not survive being read.
    private static func quotedIfNeeded(_ value: String) -> String {
        guard let first = value.first, let last = value.last else { return value }
        let isFragile = " \t\"'".contains(first) || " \t".contains(last)
        return isFragile ? "\"\(value)\"" : value
    }
}
