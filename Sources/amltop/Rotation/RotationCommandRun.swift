import AzureCore
import AzureML
import Dashboard
import Foundation
import History
import JSONValue

/// A rotation from the command line: the engine of the wizard, with the choices already made.
struct RotationCommandRun: Sendable {
    var endpoint: OnlineEndpoint
    var slot: KeySlot
    var payload: ProbePayload?
    /// Whether the typed name was agreed to beforehand.
    var isConfirmed: Bool
    var isWaiting: Bool
    var isQuiet: Bool

    /// What is printed at the end.
    struct Report: Sendable {
        var rotation: Rotation
        var journalTrouble: JournalTrouble?
        /// Set where the command does not wait for the end.
        var isLeftRunning = false

        var json: JSONValue {
            var fields = JSONFields()
            fields.add("endpoint", rotation.endpoint.text)
            fields.add("slot", rotation.slot?.rawValue)
            fields.add("state", isLeftRunning ? "accepted" : rotation.outcome?.state)
            fields.add("reason", rotation.outcome?.reason)
            fields.add("before", rotation.before?.json)
            fields.add("after", rotation.after?.json)
            if !rotation.verdicts.isEmpty { fields.add("verdicts", KeyVerdict.json(rotation.verdicts)) }
            let seconds = rotation.oldKeyWorkedSeconds.map { ($0 * 10).rounded() / 10 }
            fields.add("oldKeyWorkedSeconds", seconds.flatMap { JSONNumber($0) }.map(JSONValue.number))
            fields.add("requestIds", .array(rotation.requestIDs.map(JSONValue.string)))
            fields.add("rotation", rotation.id)
            fields.add("journal", journalTrouble?.rawValue ?? "saved")
            return fields.value
        }
    }

    /// - Throws: `CommandFailure` where the person decides otherwise, or where another process is at it.
    func run(_ desk: RotationDesk, _ journal: JournalReading, who: String, now: @Sendable () -> Date) async throws
        -> Report
    {
        var report = Report(rotation: begin(journal, who))
        var actions = report.rotation.advance(.begin, at: now())
        var told: Rotation.Phase?
        while report.rotation.outcome == nil || !actions.isEmpty {
            if report.rotation.phase != told {
                told = report.rotation.phase
                tell(report.rotation)
            }
            if !isWaiting, report.rotation.phase == .following, !actions.contains(where: \.isRecord) {
                report.isLeftRunning = true
                return report
            }
            guard !actions.isEmpty else {
                actions += report.rotation.advance(try choice(report.rotation), at: now())
                continue
            }
            let task = RotationTask(report.rotation, actions.removeFirst())
            switch await desk.perform(task) {
            case .event(let event): actions += report.rotation.advance(event, at: now())
            case .recorded(let trouble): report.journalTrouble = trouble ?? report.journalTrouble
            case .heldElsewhere: throw CommandFailure(text(.rotateHeldElsewhere), .failed)
            case .nothing: break
            }
        }
        if report.rotation.phase != told { tell(report.rotation) }
        return report
    }

    /// Goes on with what was interrupted rather than making one more key.
    private func begin(_ journal: JournalReading, _ who: String) -> Rotation {
        let unfinished = journal.resumable.last { $0.last?.endpoint == endpoint.id && $0.last?.slot == slot }
        if let unfinished, let rotation = Rotation(resuming: unfinished, who: who, payload: payload) {
            say(.rotateResumed, ["endpoint": endpoint.name, "slot": slot.rawValue])
            return rotation
        }
        return Rotation(id: UUID().uuidString.lowercased(), endpoint: endpoint.id, who: who)
    }

    private func choice(_ rotation: Rotation) throws -> RotationEvent {
        switch rotation.phase {
        case .choosingSlot: return .choose(slot)
        case .reviewingCallers: return .proceed
        case .confirming where rotation.payload != payload: return .choosePayload(payload)
        case .confirming:
            if isConfirmed { return .type(rotation.endpoint.name) }
            tellCallers(rotation)
            let values = ["endpoint": rotation.endpoint.name, "slot": slot.rawValue]
            writeToStandardError(Printable.text(Catalogue.chosen.text(.rotateAskName, values)) + " ")
            let typed = readLine() ?? ""
            return typed == rotation.endpoint.name ? .type(typed) : .cancel
        default: return .finish
        }
    }

    // MARK: Progress

    private func say(_ key: TextKey, _ values: [String: String] = [:]) {
        guard !isQuiet else { return }
        writeToStandardError("amltop: \(Printable.text(Catalogue.chosen.text(key, values)))\n")
    }

    private func tell(_ rotation: Rotation) {
        switch rotation.phase {
        case .prechecking: say(.rotateProgressPrecheck)
        case .sending: say(.rotateProgressSending, ["slot": slot.rawValue])
        case .following: say(.rotateProgressFollowing)
        case .readingBack: say(.rotateProgressReadingBack)
        case .probing: say(.rotateProgressProbing)
        case .watchingOldKey: say(.rotateProgressWatching)
        case .ended(let outcome):
            say(RotationWording.key(outcome), RotationWording.values(rotation))
        case .opening, .choosingSlot, .reviewingCallers, .confirming, .handingOver: break
        }
    }

    private func tellCallers(_ rotation: Rotation) {
        guard case .success(let report)? = rotation.callers else { return say(.rotateCallersUnknown) }
        guard report.isLogged else { return say(.rotateCallersNotLogged) }
        say(report.callers.isEmpty ? .rotateCallersNone : .rotateCallersTitle, ["hours": "\(report.hours)"])
        for caller in report.callers.prefix(10) {
            let parts = [Format.count(caller.requests), caller.userAgent, caller.authType, caller.identity]
            writeToStandardError("  " + Printable.text(parts.filter { !$0.isEmpty }.joined(separator: "  ")) + "\n")
        }
        say(.rotateCallersSlotUnknown)
    }
}

extension RotationAction {
    fileprivate var isRecord: Bool {
        if case .record = self { true } else { false }
    }
}

extension RotationCommandRun.Report {
    /// 0 where the key was made and nothing that was asked for is missing.
    func status(payload: ProbePayload?) -> ExitStatus {
        if isLeftRunning { return .done }
        switch rotation.outcome {
        case .proven?: return .done
        case .notProven(.notProbed)? where payload == nil: return .done
        case .nothingSent?, .failedByAzure?: return rotation.trouble.map { ExitStatus($0.kind) } ?? .failed
        default: return .failed
        }
    }
}
