/// One token bucket as the service keeps it, guessed from what was sent and corrected by what the answers say.
///
/// Times are seconds of an uptime, which nobody sets back.
struct RequestBucket {
    /// How a bucket gets fuller.
    enum Refill {
        case perSecond(Double)
        /// Full again that many seconds after the first request of a window.
        case wholeAfter(Double)
    }

    /// Seconds and tokens that rounding may cost.
    private static let tolerance = 1e-4

    private(set) var capacity: Double
    let refill: Refill
    /// Of requests that may be sent, never negative.
    private(set) var tokens: Double
    /// Sent and not answered yet.
    private(set) var unanswered = 0
    private(set) var closedUntil: Double?
    private var countedAt: Double
    private var windowEnd: Double?
    private var spent = 0

    init(capacity: Double, refill: Refill, now: Double) {
        self.capacity = capacity
        self.refill = refill
        tokens = capacity
        countedAt = now
    }

    /// What Resource Manager grants each principal in each subscription (and Resource Graph each user).
    init(_ kind: RequestKind, now: Double) {
        switch kind {
        case .read: self.init(capacity: 250, refill: .perSecond(25), now: now)
        case .write, .delete: self.init(capacity: 200, refill: .perSecond(10), now: now)
        case .graphQuery: self.init(capacity: 15, refill: .wholeAfter(5), now: now)
        }
    }

    /// Requests that may be sent now.
    var wholeTokens: Int { closedUntil == nil ? Int(tokens + Self.tolerance) : 0 }

    /// How full it must be behind a request of that priority: some is left for what matters more, and a little for what
    /// the service counts later than we do.
    func reserve(for priority: RequestPriority) -> Double { Self.reserve(for: priority, of: capacity) }

    static func reserve(for priority: RequestPriority, of capacity: Double) -> Double {
        switch priority {
        case .essential: (capacity * 0.02).rounded()
        case .visible: (capacity * 0.1).rounded()
        case .background: (capacity * 0.3).rounded()
        }
    }

    /// Fills up to now, but never with what may be counted against us yet: requests on their way can arrive late and all at
    /// once.
    mutating func advance(to now: Double) {
        let limit = capacity - Double(unanswered)
        if let closedUntil, closedUntil <= now + Self.tolerance { self.closedUntil = nil }
        switch refill {
        case .perSecond(let rate):
            tokens = max(min(limit, tokens + max(0, now - countedAt) * rate), 0)
        case .wholeAfter:
            if let windowEnd, windowEnd <= now + Self.tolerance {
                tokens = max(limit, 0)
                self.windowEnd = nil
            }
        }
        countedAt = now
    }

    /// How long until a request may go that has so many others ahead of it; nil for now.
    func wait(for priority: RequestPriority, behind ahead: Int, now: Double) -> Double? {
        if let closedUntil, closedUntil > now { return max(closedUntil - now, 0.001) }
        let missing = 1 + Double(ahead) + reserve(for: priority) - tokens
        guard missing > Self.tolerance else { return nil }
        switch refill {
        case .perSecond(let rate): return max(missing / rate, 0.001)
        case .wholeAfter(let seconds): return max((windowEnd ?? now + seconds) - now, 0.001)
        }
    }

    /// One request that was let go.
    struct Ticket {
        fileprivate var number: Int
        /// Whether nothing else was on its way.
        fileprivate var wasAlone: Bool
    }

    mutating func spend(now: Double) -> Ticket {
        tokens = max(0, tokens - 1)
        if case .wholeAfter(let seconds) = refill, windowEnd == nil { windowEnd = now + seconds }
        spent += 1
        defer { unanswered += 1 }
        return Ticket(number: spent, wasAlone: unanswered == 0)
    }

    /// Answered or not: without an answer it may have been counted, so it stays counted.
    mutating func finish() {
        unanswered = max(0, unanswered - 1)
    }

    /// An answer says what is left. What else is on its way may be counted in it or not, and answers overtake each other:
    /// so the lower guess holds, unless the request was alone from its beginning to its end. A service that grants more
    /// than we thought is believed.
    mutating func correct(remaining: Int, windowEnd: Double?, for ticket: Ticket) {
        let left = max(0, Double(remaining - unanswered))
        capacity = max(capacity, Double(remaining))
        let isAlone = ticket.wasAlone && ticket.number == spent
        tokens = isAlone ? left : min(tokens, left)
        if let windowEnd { self.windowEnd = windowEnd }
    }

    mutating func close(until end: Double) {
        tokens = 0
        closedUntil = max(closedUntil ?? end, end)
    }
}
