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
    /// Good, but it proves less than what is demanded since that time.
    case insufficientClaims(since: Date)
    case wrongAudience(String)
    case wrongTenant(String)
}

/// Judges Microsoft Entra tokens.
struct BearerCheck: Sendable {
    let issuer: TokenIssuer
    let ledger: TokenLedger
    let world: World

    /// The claims of a request's token for one of `audiences`; where it may, it demands more of a token.
    ///
    /// - Throws: `BearerFault`, the first thing found wrong.
    func claims(
        of exchange: Exchange,
        audiences: [String],
        mayChallenge: Bool = false
    ) async throws(BearerFault) -> AccessClaims {
        let token = try Self.token(of: exchange)
        guard let claims = await issuer.claims(of: token, as: AccessClaims.self) else { throw .malformed }
        // What lapses in a world that is signed out is the secret of the application; others sign in as before.
        let isOfSecret = claims.appid == world.appID && claims.appidacr == "1"
        try checkTime(expiry: claims.exp, stamp: claims.uti, exchange, dependsOnSecret: isOfSecret)
        // A slash at the end makes no difference, as for Azure's own audiences.
        let audience = claims.aud.hasSuffix("/") ? String(claims.aud.dropLast()) : claims.aud
        guard audiences.contains(audience) else { throw .wrongAudience(claims.aud) }
        guard claims.tid == world.tenantID else { throw .wrongTenant(claims.tid) }
        let understandsChallenges = claims.xms_cc?.contains("CP1") == true
        if mayChallenge, let since = ledger.challenge(claims.uti, hasCapability: understandsChallenges) {
            throw .insufficientClaims(since: since)
        }
        return claims
    }

    /// - Throws: `BearerFault` for a token of any kind that has lapsed or was revoked.
    func checkTime(
        expiry: Int,
        stamp: String,
        _ exchange: Exchange,
        dependsOnSecret: Bool = true
    ) throws(BearerFault) {
        let now = exchange.serverTime
        if Double(expiry) <= now.timeIntervalSince1970 {
            throw .expired(at: Date(timeIntervalSince1970: Double(expiry)))
        }
        if dependsOnSecret, world.isSignedOut(at: exchange.now.ticks) { throw .revoked }
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
