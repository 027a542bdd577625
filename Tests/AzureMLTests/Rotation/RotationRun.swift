import AzureCore
import AzureML
import FoundationEssentials
import TestSupport
import Testing

/// One rotation from its first choice to its declared end, over as many processes as get killed on the way.
struct RotationRun {
    /// What a process holds; a kill takes it all.
    private struct Process {
        var rotation: Rotation
        var actions: [RotationAction]
        var oldKeys: [KeySlot: Int]?
        var newKeys: [KeySlot: Int]?
    }

    private(set) var azure: ModelAzure
    private(set) var journal: [JournalEntry] = []
    private(set) var outcome: RotationOutcome?
    private(set) var kills = 0
    private(set) var wasCancelled = false
    private var process: Process
    private let killPercent: Int
    private let cancelPercent: Int
    private let payload: ProbePayload?
    private let slot: KeySlot
    private(set) var keysAtStart: [KeySlot: Int]
    /// The keys when they were probed last: what a proof speaks of.
    private(set) var keysWhenProbed: [KeySlot: Int]?
    private(set) var keysWhenReadBack: [KeySlot: Int]?
    private(set) var keysWhenPrechecked: [KeySlot: Int]?

    init(seed: UInt64) {
        azure = ModelAzure(seed: seed)
        killPercent = azure.random.pick([0, 0, 3, 15])
        cancelPercent = azure.random.pick([0, 0, 0, 2])
        payload = azure.random.pick([nil, .emptyObject, .emptyObject])
        slot = azure.random.pick(KeySlot.allCases)
        keysAtStart = azure.keys
        process = Process(rotation: Self.fresh(seed), actions: [])
        send(.begin)
    }

    private static func fresh(_ seed: UInt64) -> Rotation {
        Rotation(id: "rotation-\(seed)", endpoint: ModelAzure.endpoint, who: "tester")
    }

    var now: Date { Date(timeIntervalSince1970: azure.now) }
    var phase: Rotation.Phase { process.rotation.phase }
    var rotation: Rotation { process.rotation }

    /// Runs to the end.
    mutating func run(seed: UInt64) {
        for _ in 0..<5_000 {
            if let outcome = process.rotation.outcome, process.actions.isEmpty {
                self.outcome = outcome
                return
            }
            if azure.random.chance(killPercent), kills < 6 {
                kill(seed)
            } else if azure.random.chance(cancelPercent) {
                wasCancelled = true
                send(.cancel)
            } else if process.actions.isEmpty {
                choose()
            } else {
                perform(process.actions.removeFirst())
            }
        }
    }

    /// Once more from the journal, with an Azure that answers.
    mutating func resumeInGoodTimes(seed: UInt64) {
        azure.outageEnds = 0
        azure.running = nil
        outcome = nil
        kill(seed)
        run(seed: seed)
    }

    private mutating func send(_ event: RotationEvent) {
        process.actions += process.rotation.advance(event, at: now)
    }

    private mutating func kill(_ seed: UInt64) {
        kills += 1
        azure.pass(azure.random.pick([0, 1, 30]))
        if let entries = JournalEntry.unfinished(in: journal).first,
            let resumed = Rotation(resuming: entries, who: "tester", payload: payload)
        {
            process = Process(rotation: resumed, actions: [])
        } else if journal.isEmpty {
            process = Process(rotation: Self.fresh(seed), actions: [])
            keysAtStart = azure.keys
        } else {
            // Its end is written: nothing is left to do.
            outcome = journal.last?.outcome
            process.actions = []
            return
        }
        send(.begin)
    }

    private mutating func choose() {
        azure.pass(Double(azure.random.integer(0...5)))
        switch process.rotation.phase {
        case .choosingSlot: send(.choose(slot))
        case .reviewingCallers: send(.proceed)
        case .confirming:
            send(.choosePayload(payload))
            send(.type(azure.random.chance(20) ? "chrun" : "churn"))
        case .handingOver: send(azure.random.chance(40) ? .handOver(.copy) : .finish)
        default: Issue.record("nothing to do in \(process.rotation.phase)")
        }
    }

    private mutating func perform(_ action: RotationAction) {
        // Killed in the middle: the work is done, and nobody learns of it.
        let isKilledInside = azure.random.chance(killPercent) && kills < 6
        var event: RotationEvent?
        switch action {
        case .record(let entry): journal.append(entry)
        case .readKeys:
            let result = azure.readKeys()
            if case .success = result { process.oldKeys = azure.keys }
            event = .keysRead(result)
        case .readCallers(let hours): event = .callersRead(.success(CallerReport(hours: hours, callers: [])))
        case .precheck(let since):
            keysWhenPrechecked = azure.keys
            event = .prechecked(azure.precheck(since: since))
        case .regenerate(let slot): event = .sent(azure.regenerate(slot))
        case .poll(let handle, let seconds):
            azure.pass(seconds)
            event = .polled(azure.poll(handle))
        case .readBack(let seconds):
            azure.pass(seconds)
            let result = azure.readKeys()
            if case .success = result {
                process.newKeys = azure.keys
                keysWhenReadBack = azure.keys
            }
            event = .readBack(result)
        case .probe(let roles, _, let seconds):
            azure.pass(seconds)
            keysWhenProbed = azure.keys
            var verdicts: [KeyRole: KeyVerdict] = [:]
            for role in roles { verdicts[role] = azure.probe(key(role)) }
            event = .probed(verdicts)
        case .probeOldKey(_, let seconds):
            azure.pass(seconds)
            event = .oldKeyProbed(azure.probe(key(.old)))
        case .handOver(let way): event = .handedOver(way, isDone: azure.random.chance(80))
        case .forget:
            process.oldKeys = nil
            process.newKeys = nil
        }
        if isKilledInside {
            kill(0)
        } else if let event {
            send(event)
        }
    }

    private func key(_ role: KeyRole) -> Int? {
        guard let slot = process.rotation.slot else { return nil }
        switch role {
        case .new: return process.newKeys?[slot]
        case .other: return process.newKeys?[slot.other]
        case .old: return process.oldKeys?[slot]
        }
    }
}
