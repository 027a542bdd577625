import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the control plane lets one identity ask for, spent by all who ask with it.
///
/// Each subscription has a bucket for reads, for writes and for deletes, and Azure Resource Graph one for all. A request
/// waits until there is something left for its priority; where several wait, the more urgent ones go first, and among
/// those the ones that came first. Answers correct the count, and a `Retry-After` closes a bucket until then.
public final class RequestBudget: Sendable {
    /// How it stands with one bucket.
    public struct Status: Hashable, Sendable {
        public var capacity: Int
        /// Requests that may be sent now.
        public var remaining: Int
        /// Nil where the bucket fills up at once, at the end of a window.
        public var refillPerSecond: Double?
        /// Until when the service wants to hear nothing; nil where it is open.
        public var closedUntil: Date?
        /// Requests that wait for their turn.
        public var waiting: Int

        public init(
            capacity: Int,
            remaining: Int,
            refillPerSecond: Double? = nil,
            closedUntil: Date? = nil,
            waiting: Int = 0
        ) {
            self.capacity = capacity
            self.remaining = remaining
            self.refillPerSecond = refillPerSecond
            self.closedUntil = closedUntil
            self.waiting = waiting
        }

        /// Whether a request of that priority could go at once, were none waiting before it.
        public func isOpen(to priority: RequestPriority) -> Bool {
            let reserve = RequestBucket.reserve(for: priority, of: Double(capacity))
            return closedUntil == nil && Double(remaining) >= 1 + reserve
        }
    }

    struct Key: Hashable {
        /// In lower case; empty for what belongs to no subscription.
        var subscription: String
        var kind: RequestKind

        init(subscription: String, kind: RequestKind) {
            self.subscription = kind == .graphQuery ? "" : subscription.lowercased()
            self.kind = kind
        }
    }

    fileprivate struct Waiter {
        var number: Int
        var priority: RequestPriority
    }

    fileprivate struct State {
        var buckets: [Key: RequestBucket] = [:]
        var waiters: [Key: [Waiter]] = [:]
        var lastWaiter = 0
    }

    /// A bucket that is closed for longer turns requests away at once: whoever asked decides.
    public static let longestWait = Duration.seconds(4)
    /// After a refusal that names no time.
    private static let usualClosingSeconds = 1.0
    /// Nobody sleeps for longer without looking again: an answer may have changed everything.
    private static let longestSleepSeconds = 1.0

    private let state = Mutex(State())
    private let time: TimeSource

    public init(time: TimeSource = .system) {
        self.time = time
    }

    /// How it stands with the requests of a kind to a subscription.
    public func status(of kind: RequestKind, in subscription: String) -> Status {
        let key = Key(subscription: subscription, kind: kind)
        return state.withLock { state in
            let now = seconds()
            let bucket = state.bucket(key, at: now)
            return Status(
                capacity: Int(bucket.capacity),
                remaining: bucket.wholeTokens,
                refillPerSecond: bucket.refillPerSecond,
                closedUntil: bucket.closedUntil.map { time.now().addingTimeInterval($0 - now) },
                waiting: state.waiters[key]?.count ?? 0
            )
        }
    }

    /// Waits for its turn, then counts one request.
    ///
    /// - Throws: `AzureError` of kind `.throttled` where the bucket is closed for long, `CancellationError`.
    func spend(_ key: Key, _ priority: RequestPriority) async throws -> RequestBucket.Ticket {
        let number = state.withLock { $0.enqueue(key, priority) }
        defer { state.withLock { $0.leave(key, number) } }
        while true {
            switch try take(key, number, priority) {
            case .go(let ticket): return ticket
            case .wait(let seconds):
                // Up to the next millisecond: a sleep that ends a little early would be for nothing.
                let rest = min(seconds, Self.longestSleepSeconds)
                try await time.sleep(.milliseconds(Int64((rest * 1000).rounded(.up))))
            }
        }
    }

    private enum Turn {
        case go(RequestBucket.Ticket)
        /// Ask again after so many seconds.
        case wait(Double)
    }

    private func take(_ key: Key, _ number: Int, _ priority: RequestPriority) throws -> Turn {
        try Task.checkCancellation()
        return try state.withLock { state in
            // Read under the lock: time that goes back and forth would fill the bucket twice.
            let now = seconds()
            var bucket = state.bucket(key, at: now)
            defer { state.buckets[key] = bucket }
            if let end = bucket.closedUntil {
                let wait = Duration.milliseconds(Int64(((end - now) * 1000).rounded(.up)))
                if wait > Self.longestWait { throw AzureError(.throttled(retryAfter: wait)) }
            }
            if let wait = bucket.wait(for: priority, behind: state.ahead(of: number, priority, key), now: now) {
                return .wait(wait)
            }
            // At once, so that whoever comes next does not count it twice.
            state.leave(key, number)
            return .go(bucket.spend(now: now))
        }
    }

    /// A request has ended, with or without an answer.
    func note(_ answer: BudgetAnswer?, for key: Key, _ ticket: RequestBucket.Ticket) {
        state.withLock { state in
            let now = seconds()
            var bucket = state.bucket(key, at: now)
            defer { state.buckets[key] = bucket }
            bucket.finish()
            guard let answer else { return }
            if let remaining = answer.remaining {
                bucket.correct(
                    remaining: remaining,
                    windowEnd: answer.windowEndsAfterSeconds.map { now + $0 },
                    for: ticket
                )
            }
            if answer.isRefusal { bucket.close(until: now + (answer.retryAfterSeconds ?? Self.usualClosingSeconds)) }
        }
    }

    private func seconds() -> Double { time.uptime() / .seconds(1) }
}

extension RequestBudget.State {
    func bucket(_ key: RequestBudget.Key, at now: Double) -> RequestBucket {
        var bucket = buckets[key] ?? RequestBucket(key.kind, now: now)
        bucket.advance(to: now)
        return bucket
    }

    mutating func enqueue(_ key: RequestBudget.Key, _ priority: RequestPriority) -> Int {
        lastWaiter += 1
        waiters[key, default: []].append(RequestBudget.Waiter(number: lastWaiter, priority: priority))
        return lastWaiter
    }

    mutating func leave(_ key: RequestBudget.Key, _ number: Int) {
        waiters[key]?.removeAll { $0.number == number }
    }

    func ahead(of number: Int, _ priority: RequestPriority, _ key: RequestBudget.Key) -> Int {
        (waiters[key] ?? []).reduce(0) { count, other in
            let isAhead = other.priority > priority || other.priority == priority && other.number < number
            return isAhead ? count + 1 : count
        }
    }
}

extension RequestBucket {
    fileprivate var refillPerSecond: Double? {
        if case .perSecond(let rate) = refill { rate } else { nil }
    }
}
