import FoundationEssentials
import Synchronization

/// The three token buckets Resource Manager grants each subscription and principal (API.md c.5).
final class RateLimiter: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case reads, writes, deletes

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
        let subscription: String
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
    private let limits: [Kind: Scenario.Limits.Bucket]

    /// - Parameter limits: Buckets other than Azure's own: 250 reads (25 more each second), 200 writes and 200 deletes (10).
    init(_ limits: Scenario.Limits? = nil) {
        self.limits = [
            .reads: limits?.reads ?? .init(size: 250, refillPerSecond: 25),
            .writes: limits?.writes ?? .init(size: 200, refillPerSecond: 10),
            .deletes: limits?.deletes ?? .init(size: 200, refillPerSecond: 10),
        ]
    }

    /// Takes one request out of the buckets of a principal and of the whole subscription (15 times as large).
    func take(_ kind: Kind, principal: String, subscription: String = "", now: Date) -> Verdict {
        guard let limit = limits[kind] else { return .throttled(retryAfterSeconds: 1) }
        return buckets.withLock { buckets in
            let own = Key(principal: principal, subscription: subscription, kind: kind)
            let all = Key(principal: "", subscription: subscription, kind: kind)
            var bucket = buckets[own] ?? Bucket(level: limit.size, filledAt: now)
            var global = buckets[all] ?? Bucket(level: limit.size * 15, filledAt: now)
            bucket.fill(size: limit.size, perSecond: limit.refillPerSecond, now: now)
            global.fill(size: limit.size * 15, perSecond: limit.refillPerSecond * 15, now: now)
            defer {
                buckets[own] = bucket
                buckets[all] = global
            }
            guard bucket.level >= 1, global.level >= 1 else {
                let seconds = max(
                    (1 - bucket.level) / limit.refillPerSecond,
                    (1 - global.level) / (limit.refillPerSecond * 15)
                )
                return .throttled(retryAfterSeconds: max(1, Int(seconds.rounded(.up))))
            }
            bucket.level -= 1
            global.level -= 1
            return .allowed(remaining: Int(bucket.level), remainingGlobally: Int(global.level))
        }
    }
}
