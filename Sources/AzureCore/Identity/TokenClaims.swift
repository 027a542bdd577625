#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a Microsoft Entra token says of itself, read without checking its signature: for display, never for decisions
/// of trust. Tokens of version 1 and 2 name some claims differently; these are the common names.
public struct TokenClaims: Hashable, Sendable {
    /// What kind of identity the token is for (`idtyp`).
    public enum IdentityType: Hashable, Sendable {
        case app, user
        case unknown(String)
    }

    /// `aud`: the resource the token is for, as it was asked for.
    public var audience: String?
    /// `oid`: the principal's object id.
    public var objectID: String?
    /// `tid`
    public var tenantID: String?
    /// `appid` or `azp`: the client that asked.
    public var appID: String?
    /// `upn`, `unique_name` or `preferred_username`
    public var userName: String?
    /// `app_displayname` for an app, else `name`
    public var displayName: String?
    public var identityType: IdentityType?
    /// `ver`: `1.0` or `2.0`.
    public var version: String?
    /// `iss`
    public var issuer: String?
    public var expiresAt: Date?
    public var issuedAt: Date?
    public var notBefore: Date?
    public var roles: [String]
    /// `scp`, users only.
    public var scopes: [String]
    /// `xms_mirid`: the managed identity, or the resource it belongs to.
    public var managedIdentityID: ResourceID?

    public init(
        audience: String? = nil,
        objectID: String? = nil,
        tenantID: String? = nil,
        appID: String? = nil,
        userName: String? = nil,
        displayName: String? = nil,
        identityType: IdentityType? = nil,
        version: String? = nil,
        issuer: String? = nil,
        expiresAt: Date? = nil,
        issuedAt: Date? = nil,
        notBefore: Date? = nil,
        roles: [String] = [],
        scopes: [String] = [],
        managedIdentityID: ResourceID? = nil
    ) {
        self.audience = audience
        self.objectID = objectID
        self.tenantID = tenantID
        self.appID = appID
        self.userName = userName
        self.displayName = displayName
        self.identityType = identityType
        self.version = version
        self.issuer = issuer
        self.expiresAt = expiresAt
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.roles = roles
        self.scopes = scopes
        self.managedIdentityID = managedIdentityID
    }
}
