import FoundationEssentials
import Synchronization

/// Which tokens hold no longer before their time.
///
/// A token carries the number of the age it was issued in as the end of its unique id; a revocation ends an age. A restarted
/// simulator counts from 0 again, so what an earlier run issued is good until its own expiry.
final class TokenLedger: Sendable {
    enum Verdict: Sendable {
        case good, expired, revoked
    }

    private struct Ages {
        var current = 0
        var firstUnexpired = 0
        var firstUnrevoked = 0
        var firstUnchallenged = 0
        var challengedAt: Date?
    }

    private static let digits = 6
    private let ages = Mutex(Ages())

    /// A unique id for a token issued now that begins with `prefix`.
    func stamp(_ prefix: String) -> String {
        prefix + GUID.hex(UInt64(ages.withLock(\.current)), Self.digits)
    }

    /// Everything issued so far is refused from now on.
    func revokeAll() {
        ages.withLock { ages in
            ages.current += 1
            ages.firstUnrevoked = ages.current
        }
    }

    /// Everything issued so far counts as expired from now on.
    func expireAll() {
        ages.withLock { ages in
            ages.current += 1
            ages.firstUnexpired = ages.current
        }
    }

    /// From now on tokens are demanded that were asked for with claims, after this.
    func challengeAll(now: Date) {
        ages.withLock { ages in
            ages.current += 1
            ages.firstUnchallenged = ages.current
            ages.challengedAt = now
        }
    }

    /// Since when a token proves too little; `nil` where it proves enough.
    func challenge(_ stamp: String, hasCapability: Bool) -> Date? {
        let age = Self.age(of: stamp)
        return ages.withLock { ages in
            guard let since = ages.challengedAt else { return nil }
            return hasCapability && age >= ages.firstUnchallenged ? nil : since
        }
    }

    private static func age(of stamp: String) -> Int {
        Int(stamp.suffix(digits), radix: 16) ?? 0
    }

    /// Judges a token by what `stamp(_:)` made for it.
    func verdict(_ stamp: String) -> Verdict {
        let age = Self.age(of: stamp)
        return ages.withLock { ages in
            age < ages.firstUnrevoked ? .revoked : age < ages.firstUnexpired ? .expired : .good
        }
    }
}
