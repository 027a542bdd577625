#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A token with what is known of its life.
public struct AccessToken: Hashable, Sendable {
    public var secret: Secret
    /// When it lapses; nil where neither the issuer nor the token says.
    public var expiresAt: Date?
    /// When the issuer advises to renew it.
    public var refreshAt: Date?
    /// What the token says of itself, for display only; nil for an opaque token.
    public var claims: TokenClaims?
    /// Which credential it came from.
    public var credential: String?
    /// Whether asking again gives another one; false for a token that was given to us.
    public var isRenewable: Bool

    public init(
        secret: Secret,
        expiresAt: Date? = nil,
        refreshAt: Date? = nil,
        claims: TokenClaims? = nil,
        credential: String? = nil,
        isRenewable: Bool = true
    ) {
        self.secret = secret
        self.expiresAt = expiresAt
        self.refreshAt = refreshAt
        self.claims = claims
        self.credential = credential
        self.isRenewable = isRenewable
    }
}
