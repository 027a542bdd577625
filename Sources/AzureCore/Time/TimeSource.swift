#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where time comes from: the system in the program, a hand in tests.
public struct TimeSource: Sendable {
    /// The time of day.
    public var now: @Sendable () -> Date
    /// Time since some fixed moment, never running backwards: for measuring how long things took.
    public var uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// The uptime is derived from `now` where it is not given.
    public init(
        now: @escaping @Sendable () -> Date,
        uptime: (@Sendable () -> Duration)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime ?? { .seconds(now().timeIntervalSinceReferenceDate) }
        self.sleep = sleep
    }

    private static let start = ContinuousClock.now

    /// The system's own clocks.
    public static let system = TimeSource(
        now: { Date() },
        uptime: { start.duration(to: .now) },
        sleep: { try await Task.sleep(for: $0) }
    )
}
