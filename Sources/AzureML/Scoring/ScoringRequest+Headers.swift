import HTTPTypes

extension ScoringRequest {
    /// Sets header fields by their names; what is no name of HTTP is left out.
    public mutating func set(_ headers: [PayloadFile.Header]) {
        for header in headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headerFields[name] = header.value
        }
    }
}

extension PayloadFile.Header {
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether HTTP can send it: the name is a token, the value has no line break.
    public var isValid: Bool {
        HTTPField.Name(name) != nil && HTTPField.isValidValue(value)
    }

    /// Whether such a header carries a credential, or is the service's or amltop's own to set.
    public var isReserved: Bool {
        [
            "authorization", "proxy-authorization", "cookie", "content-type", "content-length", "host",
            "transfer-encoding", "connection", "azureml-model-deployment", "x-ms-client-request-id",
        ].contains(name.lowercased())
    }
}
