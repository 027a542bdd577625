import FoundationEssentials
import JWTKit

/// The claims of a version 1.0 access token of Microsoft Entra for an application, a managed identity or a person.
struct AccessClaims: JWTPayload, Hashable, Sendable {
    let aud: String
    let iss: String
    let iat: Int
    let nbf: Int
    let exp: Int
    let aio: String
    let appid: String
    /// 0 for a public client, 1 for a secret, 2 for an assertion.
    let appidacr: String
    let idp: String
    let idtyp: String
    let oid: String
    let rh: String
    let sub: String
    let tid: String
    let uti: String
    let ver: String
    let xms_ftd: String
    let xms_tcdt: Int
    /// People only.
    var name: String?
    var scp: String?
    var unique_name: String?
    var upn: String?
    /// Managed identities only.
    var xms_mirid: String?
    /// What the client said it can do: `CP1` for claims challenges.
    var xms_cc: [String]?

    /// Times and audiences are the resource's to judge, each in its own words.
    func verify(using algorithm: some JWTAlgorithm) {}
}

/// The claims of the token an endpoint with `authMode` `AMLToken` accepts.
struct EndpointClaims: JWTPayload, Hashable, Sendable {
    /// The endpoint's resource id in lower case.
    let aud: String
    let exp: Int
    let iat: Int
    let jti: String
    let oid: String

    func verify(using algorithm: some JWTAlgorithm) {}
}

/// Who somebody is, for the client that asked (OpenID Connect).
struct IdentityClaims: JWTPayload, Hashable, Sendable {
    let aud: String
    let exp: Int
    let iat: Int
    let iss: String
    let name: String
    let oid: String
    let preferred_username: String
    let sub: String
    let tid: String
    let ver: String

    func verify(using algorithm: some JWTAlgorithm) {}
}

/// What a cluster says of a workload.
struct WorkloadClaims: JWTPayload, Hashable, Sendable {
    let aud: [String]
    let exp: Int
    let iat: Int
    let iss: String
    let nbf: Int
    let sub: String

    func verify(using algorithm: some JWTAlgorithm) {}
}

/// What a refresh token stands for; to its holder it is opaque.
struct RefreshClaims: JWTPayload, Hashable, Sendable {
    let client: String
    let exp: Int
    let tid: String
    /// The age of tokens it was issued in, as `TokenLedger` stamps it.
    let uti: String
    /// Keeps it from being taken for another kind of token.
    let use: String

    func verify(using algorithm: some JWTAlgorithm) {}
}
