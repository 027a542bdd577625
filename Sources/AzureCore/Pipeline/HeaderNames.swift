package import HTTPTypes

extension HTTPField.Name {
    static let clientRequestID = known("x-ms-client-request-id")
    static let requestID = known("x-ms-request-id")
    static let correlationRequestID = known("x-ms-correlation-request-id")
    static let remainingReads = known("x-ms-ratelimit-remaining-subscription-reads")
    static let remainingWrites = known("x-ms-ratelimit-remaining-subscription-writes")
    static let remainingDeletes = known("x-ms-ratelimit-remaining-subscription-deletes")
    static let globalRemainingReads = known("x-ms-ratelimit-remaining-subscription-global-reads")
    static let globalRemainingWrites = known("x-ms-ratelimit-remaining-subscription-global-writes")
    static let globalRemainingDeletes = known("x-ms-ratelimit-remaining-subscription-global-deletes")
    static let tenantRemainingReads = known("x-ms-ratelimit-remaining-tenant-reads")
    static let tenantRemainingWrites = known("x-ms-ratelimit-remaining-tenant-writes")
    static let tenantRemainingDeletes = known("x-ms-ratelimit-remaining-tenant-deletes")
    static let graphQuotaRemaining = known("x-ms-user-quota-remaining")
    static let graphQuotaResetsAfter = known("x-ms-user-quota-resets-after")
    static let retryAfterMilliseconds = known("retry-after-ms")
    static let azureRetryAfterMilliseconds = known("x-ms-retry-after-ms")

    /// A name that is written here, not one that came from outside.
    package static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a header name: \(text)") }
        return name
    }
}
