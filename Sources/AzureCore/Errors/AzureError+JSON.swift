public import JSONValue

extension AzureResponse {
    /// The body as JSON.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer`.
    public func json() throws(AzureError) -> JSONValue {
        try json { (body) throws(JSONParseError) in try JSONValue.parse(body) }
    }

    /// The body as JSON with the arrays of one name left for later, see `JSONValue.parse(_:passingOver:)`.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer`.
    public func json(passingOver name: String) throws(AzureError) -> (value: JSONValue, arrays: [Range<Int>]) {
        try json { (body) throws(JSONParseError) in try JSONValue.parse(body, passingOver: name) }
    }

    private func json<Value>(_ parse: ([UInt8]) throws(JSONParseError) -> Value) throws(AzureError) -> Value {
        guard !body.isEmpty else { throw malformed(.empty) }
        do {
            return try parse(body)
        } catch {
            let isCut = error.kind == .unexpectedEnd && !looksLikeMarkup
            throw malformed(isCut ? .truncated : .notJSON(contentType: contentType))
        }
    }

    private func malformed(_ answer: AzureError.MalformedAnswer) -> AzureError {
        AzureError(.malformedAnswer(answer), status: status, requestID: requestID)
    }
}
