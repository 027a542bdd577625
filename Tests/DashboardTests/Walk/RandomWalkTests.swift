@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// Chance as a tester. `AMLTOP_WALK_EVENTS=1000000` walks so far in all instead of a slice; a walk that crashes is found
/// again by its seed, `AMLTOP_WALK_SEED`, with `SWIFT_DETERMINISTIC_HASHING=1` and `AMLTOP_WALK_TRACE=1` to see its events.
@Suite struct RandomWalkTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let eventCount = environment["AMLTOP_WALK_EVENTS"].flatMap { Int($0) } ?? 20_000
    private static let eventsPerWalk = 2_000
    private static let seeds: [UInt64] = {
        if let seed = environment["AMLTOP_WALK_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        return (1...UInt64(max(1, eventCount / eventsPerWalk))).map { $0 }
    }()

    @Test(arguments: seeds)
    func nothingThatCanHappenBreaksTheDashboard(seed: UInt64) {
        var walk = RandomWalk(seed: seed)
        for number in 1...Self.eventsPerWalk {
            let faults = walk.step(draws: number % 4 == 0)
            if Self.environment["AMLTOP_WALK_TRACE"] != nil { print(number, walk.latest.last.map { "\($0)" } ?? "") }
            guard faults.isEmpty else {
                let latest = walk.latest.map { String("\($0)".prefix(400)) }.joined(separator: "\n")
                Issue.record("seed \(seed), event \(number): \(faults.joined(separator: "; "))\nafter\n\(latest)")
                return
            }
        }
        let troubles = walk.troublesAfterRecovery()
        #expect(troubles.isEmpty, "seed \(seed): trouble stays although Azure is well again: \(troubles)")
    }
}

extension RandomWalk {
    /// What is still wrong a quarter of an hour after Azure is well again.
    mutating func troublesAfterRecovery() -> [String] {
        play(.terminal(.focus(true)))
        state.isFrozen = false
        for _ in 0..<900 where !troubles.isEmpty {
            play(.tick(now: state.now.addingTimeInterval(1), zone: state.zone))
            while !open.isEmpty {
                let request = open.removeFirst()
                play(.exchanged(usualExchange))
                play(.budgetChanged(Budget()))
                play(.answered(request: request.number, usualAnswer(to: request)))
            }
        }
        return troubles
    }

    /// The samples are of one moment; tokens that live are of now.
    private func usualAnswer(to request: Request) -> Answer {
        guard case .token(let audience) = request.source else { return Samples.answer(to: request) }
        let livesSeconds = state.serverNow.timeIntervalSince(Samples.now) + 3_600
        return .token(Samples.token(audience, livesSeconds: livesSeconds))
    }

    private var troubles: [String] {
        var troubles = violations()
        if state.records.map(\.id) != Samples.endpoints.map(\.id) { troubles.append("the endpoints are others") }
        for source in state.neededSources {
            guard let feed = state.feeds[source], state.trouble(of: feed, source: source) != nil else { continue }
            troubles.append("\(source): \(feed)")
        }
        let alerts = state.records.filter { $0.severity == .alert }.count
        let warnings = state.records.filter { $0.severity == .warning }.count
        if state.summary.alertCount != alerts { troubles.append("the header counts \(state.summary)") }
        if state.summary.warningCount != warnings { troubles.append("the header counts \(state.summary)") }
        return troubles
    }
}
