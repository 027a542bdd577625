import FoundationEssentials
import Synchronization

/// How many queries Resource Graph grants each user in a window of five seconds (API.md i).
final class GraphQuota: Sendable {
    static let windowSeconds = 5.0

    /// What is left after a query and for how long, or that there was nothing left.
    struct Verdict: Hashable, Sendable {
        let isAllowed: Bool
        let remaining: Int
        /// Until the window ends, rounded up.
        let resetsAfterSeconds: Int
    }

    private struct Window {
        let startedAt: Date
        var used = 0
    }

    private let size: Int
    private let windows = Mutex<[String: Window]>([:])

    init(size: Int) {
        self.size = size
    }

    func take(user: String, now: Date) -> Verdict {
        windows.withLock { windows in
            var window = windows[user] ?? Window(startedAt: now)
            let age = now.timeIntervalSince(window.startedAt)
            if age < 0 || age >= Self.windowSeconds { window = Window(startedAt: now) }
            let isAllowed = window.used < size
            if isAllowed { window.used += 1 }
            windows[user] = window
            let left = Self.windowSeconds - now.timeIntervalSince(window.startedAt)
            return Verdict(
                isAllowed: isAllowed,
                remaining: size - window.used,
                resetsAfterSeconds: max(1, Int(left.rounded(.up)))
            )
        }
    }
}
