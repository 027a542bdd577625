/// How it stands with the token of one audience.
public struct TokenStatus: Hashable, Sendable {
    /// The token in use; nil before the first, and when the last has lapsed or was refused.
    public var token: AccessToken?
    public var isRenewing: Bool
    /// Why the latest renewal failed; nil when it did not.
    public var renewalFailure: AzureError?

    public init(token: AccessToken? = nil, isRenewing: Bool = false, renewalFailure: AzureError? = nil) {
        self.token = token
        self.isRenewing = isRenewing
        self.renewalFailure = renewalFailure
    }
}
