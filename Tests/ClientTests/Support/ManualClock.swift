import AzureCore
import AzureSimulator
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One time for a client and the Azure it talks to, moving when it is told to.
///
/// A sleep of up to five seconds (the wait before another try) ends at once, with the time moved on; a longer one lasts
/// until `advance(by:)` has passed its end, or until it is cancelled.
final class ManualClock: Sendable {
    private struct Sleeper {
        var end: Date
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        // A whole minute, in the afternoon of Korea: Thursday, 1 May 2025, 05:00 UTC.
        var now = Date(timeIntervalSince1970: 1_746_075_600)
        var serverAhead = 0.0
        var sleepers: [Int: Sleeper] = [:]
        var lastSleeper = 0
        var waits: [Duration] = []
    }

    private static let shortWait = Duration.seconds(5)

    private let state = Mutex(State())

    var now: Date { state.withLock { $0.now } }
    /// The moment so many seconds from now.
    func after(_ seconds: Double) -> Date { now.addingTimeInterval(seconds) }
    /// The short sleeps so far.
    var waits: [Duration] { state.withLock { $0.waits } }
    /// How many long sleeps are going on.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    func advance(by seconds: Double) {
        let woken = state.withLock { state -> [Sleeper] in
            state.now = state.now.addingTimeInterval(seconds)
            let due = state.sleepers.filter { $0.value.end <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return Array(due.values)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// - Throws: `CancellationError`.
    func sleep(_ duration: Duration) async throws {
        // Whoever sleeps in a loop must not keep the others from running.
        await Task.yield()
        try Task.checkCancellation()
        guard duration > Self.shortWait else {
            state.withLock { $0.waits.append(duration) }
            return advance(by: duration / .seconds(1))
        }
        let id = state.withLock { state -> Int in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    // The handler below may have run before there was anything to resume.
                    if Task.isCancelled { return true }
                    let end = state.now.addingTimeInterval(duration / .seconds(1))
                    state.sleepers[id] = Sleeper(end: end, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// The client's side of it.
    var timeSource: TimeSource {
        TimeSource(now: { self.now }, sleep: { try await self.sleep($0) })
    }

    /// Azure's side of it.
    var simulatorClock: SimulatorClock {
        SimulatorClock(now: { self.serverNow }, sleep: { try await self.sleep($0) })
    }

    /// How far Azure's clock is ahead of the client's, in seconds.
    func setServer(ahead seconds: Double) {
        state.withLock { $0.serverAhead = seconds }
    }

    private var serverNow: Date { state.withLock { $0.now.addingTimeInterval($0.serverAhead) } }
}

/// Waits for something that other tasks bring about.
///
/// - Throws: `Late` when it has not come about after 20 s of real time.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition() {
        guard ContinuousClock.now < deadline else { throw Late() }
        try await Task.sleep(for: .milliseconds(2))
    }
}

struct Late: Error {}
