public import JSONValue

extension AzureResponse {
    /// The body as JSON.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer`.
    public func json() throws(AzureError) -> JSONValue {
        guard !body.isEmpty else { throw malformed(.empty) }
        do {
            return try JSONValue.parse(body)
        } catch {
            let isCut = error.kind == .unexpectedEnd && !looksLikeMarkup
            throw malformed(isCut ? .truncated : .notJSON(contentType: contentType))
        }
    }

    private func malformed(_ answer: AzureError.MalformedAnswer) -> AzureError {
        AzureError(.malformedAnswer(answer), status: status, requestID: requestID)
    }
}
