import AzureCore
import AzureML
import TestSupport
import Testing

/// A thousand rotations in an Azure that fails at random: each comes to a declared end, and says nothing that is not so.
@Suite struct RotationFaultTests {
    @Test(arguments: 0..<10)
    func everyRotationEndsInADeclaredStateAndLosesNoKeyUnnoticed(_ hundred: Int) throws {
        for seed in hundred * 100..<hundred * 100 + 100 {
            var run = RotationRun(seed: UInt64(seed))
            run.run(seed: UInt64(seed))
            try check(run, "seed \(seed)")
            guard run.outcome == .unknown else { continue }
            run.resumeInGoodTimes(seed: UInt64(seed))
            #expect(run.outcome != nil, "seed \(seed)")
        }
    }

    /// The thousand meet everything there is to meet.
    @Test func allEndsAreReached() {
        var states: Set<String> = []
        var kills = 0
        for seed in 0..<1_000 {
            var run = RotationRun(seed: UInt64(seed))
            run.run(seed: UInt64(seed))
            if let outcome = run.outcome {
                states.insert([outcome.state, outcome.reason ?? ""].joined(separator: "."))
            }
            kills += run.kills
        }
        #expect(Set(states.map { $0.prefix { $0 != "." } }).count == 6, "\(states.sorted())")
        #expect(states.count >= 14, "\(states.sorted())")
        #expect(kills > 300)
    }

    private func check(_ run: RotationRun, _ note: Comment) throws {
        let outcome = try #require(run.outcome, note)
        let slot = run.rotation.slot
        // Whatever happens, a key is made once: a second request would destroy the key that was just handed out.
        #expect(run.azure.ourRequests <= 1, note)
        #expect(run.azure.ourKeys.count <= run.azure.ourRequests, note)
        // Nothing is sent that is not in the journal before.
        if run.azure.ourRequests > 0 { #expect(run.journal.contains { $0.event == .sending }, note) }
        if run.azure.ourRequests > 0 {
            #expect(run.keysWhenPrechecked == run.keysAtStart, note)
        }
        switch outcome {
        case .nothingSent: #expect(run.azure.ourKeys.isEmpty, note)
        case .failedByAzure:
            let slot = try #require(slot, note)
            #expect(run.keysWhenReadBack?[slot] == run.keysAtStart[slot], note)
        case .proven, .notProven:
            let slot = try #require(slot, note)
            let present = try #require(run.keysWhenReadBack?[slot], note)
            #expect(present != run.keysAtStart[slot], note)
            let recorded = run.journal.last { $0.after != nil }?.after?[slot]
            #expect(recorded == ModelAzure.fingerprint(present), note)
        case .conflict, .unknown: break
        }
        if outcome == .proven {
            let slot = try #require(slot, note)
            let probed = try #require(run.keysWhenProbed, note)
            #expect(probed == run.keysWhenReadBack || !run.azure.rivalKeys.isEmpty, note)
            #expect(probed[slot] != run.keysAtStart[slot], note)
        }
        // A key of ours that nobody speaks of would be lost.
        if !run.azure.ourKeys.isEmpty {
            #expect(outcome.isRotated || outcome == .unknown || outcome.state == "conflict", note)
        }
        // The journal ends where the rotation ends.
        if slot != nil {
            #expect(run.journal.last?.event == .ended, note)
            #expect(run.journal.last?.outcome == outcome, note)
        }
        #expect(JournalEntry.unfinished(in: run.journal).isEmpty == (outcome != .unknown), note)
        #expect(run.journal.map(\.number) == Array(1...max(1, run.journal.count)).prefix(run.journal.count).map(\.self))
    }
}
