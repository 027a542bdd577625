import FoundationEssentials
import HTTPTypes

/// What is wrong with the credential of a request; each origin has its own words for it.
enum BearerFault: Error, Sendable {
    /// No `Authorization` header.
    case missing
    /// A header of another scheme, or a token that is none or that somebody else signed.
    case malformed
    case expired(at: Date)
    case revoked
    case wrongAudience(String)
    case wrongTenant(String)
}

/// Judges Microsoft Entra tokens.
struct BearerCheck: Sendable {
    let issuer: TokenIssuer
    let ledger: TokenLedger
    let world: World

    /// The claims of a request's token for one of `audiences`.
    ///
    /// - Throws: `BearerFault`, the first thing found wrong.
    func claims(of exchange: Exchange, audiences: [String]) async throws(BearerFault) -> AccessClaims {
        let token = try Self.token(of: exchange)
        guard let claims = await issuer.claims(of: token, as: AccessClaims.self) else { throw .malformed }
        try checkTime(expiry: claims.exp, stamp: claims.uti, exchange)
        // A slash at the end makes no difference, as for Azure's own audiences.
        let audience = claims.aud.hasSuffix("/") ? String(claims.aud.dropLast()) : claims.aud
        guard audiences.contains(audience) else { throw .wrongAudience(claims.aud) }
        guard claims.tid == world.tenantID else { throw .wrongTenant(claims.tid) }
        return claims
    }

    /// - Throws: `BearerFault` for a token of any kind that has lapsed or was revoked.
    func checkTime(expiry: Int, stamp: String, _ exchange: Exchange) throws(BearerFault) {
        let now = exchange.serverTime
        if Double(expiry) <= now.timeIntervalSince1970 {
            throw .expired(at: Date(timeIntervalSince1970: Double(expiry)))
        }
        if world.isSignedOut(at: exchange.now.ticks) { throw .revoked }
        switch ledger.verdict(stamp) {
        case .good: return
        case .expired: throw .expired(at: now - 1)
        case .revoked: throw .revoked
        }
    }

    /// The text behind `Bearer`.
    static func token(of exchange: Exchange) throws(BearerFault) -> String {
        guard let header = exchange.headers[.authorization], !header.isEmpty else { throw .missing }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .malformed }
        return String(parts[1])
    }
}
