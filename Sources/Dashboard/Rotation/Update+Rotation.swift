internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// The wizard (`r`): every step of it, without any key.
extension DashboardState {
    /// The endpoint that `r` is about.
    var endpointToRotate: EndpointRecord? {
        switch views.last {
        case .endpoint(let id)?: record(id)
        case nil where focus == .credentials:
            if case .endpoint(let id)? = selectedCredentialRow?.id { record(id) } else { selectedRecord }
        case nil: selectedRecord
        default: nil
        }
    }

    /// Why no key can be rotated here; nil where one can.
    var reasonNotToRotate: (key: TextKey, values: [String: String])? {
        guard let endpoint = endpointToRotate?.endpoint else { return (.rotateNoEndpoint, [:]) }
        guard endpoint.authMode == .key else {
            return (.rotateNoKeys, ["endpoint": endpoint.name, "mode": endpoint.authMode.cliValue])
        }
        return isReadOnlyHere ? (.rotateReadOnly, [:]) : nil
    }

    /// Opens the wizard: the one that is under way, one that was interrupted, or a new one.
    mutating func rotate() -> [Effect] {
        if let rotation, rotation.rotation.outcome == nil {
            dialog = .rotation
            return []
        }
        if views.last == .journal { return resumeSelected() }
        if let reason = reasonNotToRotate {
            note(reason.key, reason.values, isWarning: true)
            return []
        }
        guard let endpoint = endpointToRotate?.endpoint else { return [] }
        guard journal.reading != nil else {
            journal.isAwaitedByRotation = true
            return [.rotation(.readJournal)]
        }
        if let entries = journal.reading?.resumable.last(where: { $0.last?.endpoint == endpoint.id }) {
            return resume(entries)
        }
        return open(Rotation(id: UUID().uuidString.lowercased(), endpoint: endpoint.id, who: identityLine))
    }

    private var identityLine: String { tokens[.resourceManager]?.claims?.identityLine ?? "?" }

    private mutating func resumeSelected() -> [Effect] {
        guard let selected = journal.selected,
            let entries = journal.reading?.resumable.first(where: { $0.first?.rotation == selected })
        else {
            note(.journalNothingToResume, isWarning: true)
            return []
        }
        guard !isReadOnlyHere else {
            note(.rotateReadOnly, isWarning: true)
            return []
        }
        return resume(entries)
    }

    mutating func resume(_ entries: [JournalEntry]) -> [Effect] {
        guard let rotation = Rotation(resuming: entries, who: identityLine, payload: .emptyObject) else { return [] }
        return open(rotation)
    }

    private mutating func open(_ rotation: Rotation) -> [Effect] {
        self.rotation = RotationWizard(rotation, at: serverNow)
        dialog = .rotation
        return advance(.begin)
    }

    // MARK: Events

    /// Gives the rotation an event; its actions become one effect, in their order.
    mutating func advance(_ event: RotationEvent) -> [Effect] {
        guard var wizard = rotation else { return [] }
        let phase = wizard.rotation.phase
        let actions = wizard.rotation.advance(event, at: serverNow)
        if wizard.rotation.phase != phase {
            wizard.phaseBegan = serverNow
            wizard.showsRequest = false
            if case .ended = wizard.rotation.phase { wizard.revealedUntil = nil }
        }
        rotation = wizard
        guard !actions.isEmpty else { return [] }
        return [.rotation(.perform(actions.map { RotationTask(wizard.rotation, $0) }))]
    }

    mutating func take(_ report: RotationReport) -> [Effect] {
        switch report {
        case .journal(let reading):
            takeJournal(reading)
            guard journal.isAwaitedByRotation else { return [] }
            journal.isAwaitedByRotation = false
            return rotate()
        case .exported(let path):
            if let path { note(.journalExported, ["path": path]) } else { note(.journalNotExported, isWarning: true) }
            return []
        case .news(let id, let news):
            guard rotation?.rotation.id == id else { return [] }
            return take(news)
        }
    }

    private mutating func take(_ news: RotationNews) -> [Effect] {
        switch news {
        case .nothing: return []
        case .heldElsewhere:
            rotation?.isHeldElsewhere = true
            return []
        case .recorded(let trouble):
            rotation?.journalTrouble = trouble
            return [.rotation(.readJournal)]
        case .event(let event):
            let effects = advance(event)
            noteEndWhileHidden()
            return effects
        }
    }

    /// Whoever left the wizard is told how it went on.
    private mutating func noteEndWhileHidden() {
        guard dialog != .rotation, let wizard = rotation else { return }
        switch wizard.rotation.phase {
        case .ended(let outcome):
            let values = RotationWording.values(wizard.rotation)
            note(RotationWording.key(outcome), values, isWarning: outcome != .proven)
        case .handingOver: note(.rotateReadyToHandOver, RotationWording.values(wizard.rotation))
        default: break
        }
    }

    private mutating func takeJournal(_ reading: JournalReading) {
        let isFirst = journal.reading == nil
        journal.reading = reading
        if journal.selected == nil { journal.selected = journal.rotations.first?.first?.rotation }
        guard isFirst else { return }
        if let trouble = reading.trouble {
            note(RotationWording.key(trouble), isWarning: true)
        } else if let last = reading.resumable.last?.last {
            let values = ["endpoint": last.endpoint.name, "slot": last.slot.rawValue]
            note(.rotateFoundUnfinished, values, isWarning: true)
        }
    }

    // MARK: What hides a key

    /// A revealed key is masked when its time is over, and at once when nobody may be looking.
    mutating func maskKey() -> [Effect] {
        guard rotation?.revealedUntil != nil else { return [] }
        rotation?.revealedUntil = nil
        return [.rotation(.mask)]
    }

    mutating func maskKeyInTime() -> [Effect] {
        guard let until = rotation?.revealedUntil else { return [] }
        // A clock that was set back must not give it more time.
        let left = until.timeIntervalSince(now)
        return left <= 0 || left > RotationWizard.revealSeconds ? maskKey() : []
    }
}
