import FoundationEssentials
import Synchronization

@testable import AzureSimulator

/// A clock on which nobody wakes before the gate is opened.
final class GatedClock: Sendable {
    private struct State {
        var isOpen = false
        var sleepers: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }
    private let state = Mutex(State())
    private let moment = Date(ticks: CivilTime.ticks(iso: "2026-11-24T05:30:00Z") ?? 0)

    var clock: SimulatorClock {
        SimulatorClock(now: { self.moment }, sleep: { _ in try await self.sleep() })
    }

    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    func open() {
        let sleepers = state.withLock { state in
            state.isOpen = true
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.finish() }
    }

    private func sleep() async throws {
        let (stream, bell) = AsyncStream<Void>.makeStream()
        let id = state.withLock { state -> Int? in
            if state.isOpen { return nil }
            state.next += 1
            state.sleepers[state.next] = bell
            return state.next
        }
        guard let id else { return }
        for await _ in stream {}
        state.withLock { $0.sleepers[id] = nil }
        try Task.checkCancellation()
    }
}
