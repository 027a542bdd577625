import FoundationEssentials
import Synchronization

/// The three token buckets Resource Manager grants each subscription and principal (API.md c.5).
final class RateLimiter: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case reads, writes, deletes

        var size: Double { self == .reads ? 250 : 200 }
        var refillPerSecond: Double { self == .reads ? 25 : 10 }

        /// A POST counts as a write.
        init(method: String) {
            switch method {
            case "GET", "HEAD": self = .reads
            case "DELETE": self = .deletes
            default: self = .writes
            }
        }
    }

    /// What is left after a request, or how long to wait.
    enum Verdict: Hashable, Sendable {
        case allowed(remaining: Int, remainingGlobally: Int)
        case throttled(retryAfterSeconds: Int)
    }

    private struct Key: Hashable {
        let principal: String
        let kind: Kind
    }
    private struct Bucket {
        var level: Double
        var filledAt: Date

        mutating func fill(size: Double, perSecond: Double, now: Date) {
            level = min(size, level + max(0, now.timeIntervalSince(filledAt)) * perSecond)
            filledAt = now
        }
    }

    private let buckets = Mutex<[Key: Bucket]>([:])

    /// Takes one request out of the buckets of a principal and of the whole subscription (15 times as large).
    func take(_ kind: Kind, principal: String, now: Date) -> Verdict {
        buckets.withLock { buckets in
            let own = Key(principal: principal, kind: kind)
            let all = Key(principal: "", kind: kind)
            var bucket = buckets[own] ?? Bucket(level: kind.size, filledAt: now)
            var global = buckets[all] ?? Bucket(level: kind.size * 15, filledAt: now)
            bucket.fill(size: kind.size, perSecond: kind.refillPerSecond, now: now)
            global.fill(size: kind.size * 15, perSecond: kind.refillPerSecond * 15, now: now)
            defer {
                buckets[own] = bucket
                buckets[all] = global
            }
            guard bucket.level >= 1, global.level >= 1 else {
                let seconds = max(
                    (1 - bucket.level) / kind.refillPerSecond,
                    (1 - global.level) / (kind.refillPerSecond * 15)
                )
                return .throttled(retryAfterSeconds: max(1, Int(seconds.rounded(.up))))
            }
            bucket.level -= 1
            global.level -= 1
            return .allowed(remaining: Int(bucket.level), remainingGlobally: Int(global.level))
        }
    }
}
