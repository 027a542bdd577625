import HTTPTypes

extension ScoringRequest {
    /// Sets a header field by its name.
    ///
    /// - Returns: Whether HTTP can send it: the name is a token, the value has no line break.
    @discardableResult
    public mutating func setField(_ name: String, to value: String) -> Bool {
        guard let field = HTTPField.Name(name), HTTPField.isValidValue(value) else { return false }
        headerFields[field] = value
        return true
    }
}
