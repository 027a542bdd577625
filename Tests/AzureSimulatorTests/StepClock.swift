import FoundationEssentials
import Synchronization

@testable import AzureSimulator

/// A clock on which everybody sleeps until it is stepped: then it goes on to where the first who sleeps wakes.
final class StepClock: Sendable {
    private struct Sleeper {
        let due: Date
        let bell: AsyncStream<Void>.Continuation
    }
    private struct State {
        var now = Date(ticks: CivilTime.ticks(iso: "2026-11-24T05:30:00Z") ?? 0)
        var sleepers: [Int: Sleeper] = [:]
        var next = 0
    }
    private let state = Mutex(State())

    var clock: SimulatorClock {
        SimulatorClock(now: { self.now }, sleep: { try await self.sleep($0) })
    }

    var now: Date { state.withLock { $0.now } }
    var isWaiting: Bool { state.withLock { !$0.sleepers.isEmpty } }

    func step() {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let first = state.sleepers.min(by: { $0.value.due < $1.value.due }) else { return nil }
            state.now = first.value.due
            state.sleepers[first.key] = nil
            return first.value
        }
        sleeper?.bell.finish()
    }

    private func sleep(_ duration: Duration) async throws {
        let (stream, bell) = AsyncStream<Void>.makeStream()
        let id = state.withLock { state in
            state.next += 1
            // Time has the resolution of a number of seconds since 2001: a little more than asked for is no less.
            state.sleepers[state.next] = Sleeper(due: state.now + duration / .seconds(1) + 1e-6, bell: bell)
            return state.next
        }
        for await _ in stream {}
        state.withLock { $0.sleepers[id] = nil }
        try Task.checkCancellation()
    }
}
