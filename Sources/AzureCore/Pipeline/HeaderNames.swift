import HTTPTypes

extension HTTPField.Name {
    static let clientRequestID = known("x-ms-client-request-id")
    static let requestID = known("x-ms-request-id")
    static let correlationRequestID = known("x-ms-correlation-request-id")
    static let remainingReads = known("x-ms-ratelimit-remaining-subscription-reads")
    static let remainingWrites = known("x-ms-ratelimit-remaining-subscription-writes")
    static let retryAfterMilliseconds = known("retry-after-ms")
    static let azureRetryAfterMilliseconds = known("x-ms-retry-after-ms")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a header name: \(text)") }
        return name
    }
}
