import FoundationEssentials
import JWTKit

/// The claims of a version 1.0 access token of Microsoft Entra for an application.
struct AccessClaims: JWTPayload, Hashable, Sendable {
    let aud: String
    let iss: String
    let iat: Int
    let nbf: Int
    let exp: Int
    let aio: String
    let appid: String
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
