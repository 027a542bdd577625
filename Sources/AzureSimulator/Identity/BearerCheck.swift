import FoundationEssentials
import HTTPTypes

/// What is wrong with the credential of a request; each origin has its own words for it.
enum BearerFault: Error, Sendable {
    /// No `Authorization` header.
    case missing
    /// A header of another scheme, or a token that is none or that somebody else signed.
    case malformed
    case expired(at: Date)
    case wrongAudience(String)
    case wrongTenant(String)
}

/// Judges Microsoft Entra tokens.
struct BearerCheck: Sendable {
    let issuer: TokenIssuer
    let tenantID: String

    /// The claims of a request's token for one of `audiences`.
    ///
    /// - Throws: `BearerFault`, the first thing found wrong.
    func claims(of exchange: Exchange, audiences: [String]) async throws(BearerFault) -> AccessClaims {
        let token = try Self.token(of: exchange)
        guard let claims = await issuer.claims(of: token, as: AccessClaims.self) else { throw .malformed }
        if Double(claims.exp) <= exchange.now.timeIntervalSince1970 {
            throw .expired(at: Date(timeIntervalSince1970: Double(claims.exp)))
        }
        // A slash at the end makes no difference, as for Azure's own audiences.
        let audience = claims.aud.hasSuffix("/") ? String(claims.aud.dropLast()) : claims.aud
        guard audiences.contains(audience) else { throw .wrongAudience(claims.aud) }
        guard claims.tid == tenantID else { throw .wrongTenant(claims.tid) }
        return claims
    }

    /// The text behind `Bearer`.
    static func token(of exchange: Exchange) throws(BearerFault) -> String {
        guard let header = exchange.headers[.authorization], !header.isEmpty else { throw .missing }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .malformed }
        return String(parts[1])
    }
}
