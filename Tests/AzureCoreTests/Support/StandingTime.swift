import AzureCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Time that stands still until it is moved; whoever sleeps wakes when it has passed the end of the sleep.
final class StandingTime: Sendable {
    private struct Sleeper {
        var end: Date
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Date(timeIntervalSince1970: 1_746_109_986)
        var sleepers: [Int: Sleeper] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    var now: Date { state.withLock { $0.now } }
    var sleeping: Int { state.withLock { $0.sleepers.count } }

    func advance(by seconds: Double) {
        let woken = state.withLock { state -> [Sleeper] in
            state.now = state.now.addingTimeInterval(seconds)
            let woken = state.sleepers.filter { $0.value.end <= state.now }
            for number in woken.keys { state.sleepers[number] = nil }
            return Array(woken.values)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    var source: TimeSource {
        TimeSource(now: { self.now }, sleep: { try await self.sleep($0) })
    }

    private func sleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    let end = state.now.addingTimeInterval(duration / .seconds(1))
                    state.sleepers[number] = Sleeper(end: end, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation.resume(
                throwing: CancellationError()
            )
        }
    }
}
