internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// The journal view (`J`).
extension DashboardState {
    mutating func showJournal() -> [Effect] {
        if views.last != .journal { show(.journal) }
        if journal.selected == nil { journal.selected = journal.rotations.first?.first?.rotation }
        return [.rotation(.readJournal)]
    }

    mutating func moveInJournal(_ motion: Motion) {
        let rotations = journal.rotations
        guard !rotations.isEmpty else { return }
        let index = selectedJournalRow ?? 0
        let target = motion.index(from: index, count: rotations.count, page: max(1, size.height - 5))
        journal.selected = rotations[target].first?.rotation
    }

    var selectedJournalRow: Int? {
        journal.rotations.firstIndex { $0.first?.rotation == journal.selected }
    }

    /// Writes all of it as Markdown beside the journal's file.
    func exportJournal() -> [Effect] {
        let entries = journal.reading?.entries ?? []
        let zone = zone
        let text = JournalExport(texts: Catalogue(language), zone: { _ in zone }).markdown(entries)
        let digits = Format.dateTime(now, in: .utc).filter(\.isNumber)
        return [.rotation(.exportJournal(name: "journal-\(digits).md", text: text))]
    }

    /// All of it as JSON, for the clipboard.
    func copyJournal() -> [Effect] { [.copy(JournalExport.json(journal.reading?.entries ?? []))] }

    mutating func openJournalRotation() {
        if let selected = journal.selected, selectedJournalRow != nil { show(.journalRotation(selected)) }
    }

    /// Whether leaving is safe; where Azure works for us it is asked for twice.
    mutating func mayQuit() -> Bool {
        guard var wizard = rotation, wizard.rotation.outcome == nil, !wizard.wasQuitAsked, !wizard.isHeldElsewhere
        else { return mayDropForms() }
        wizard.wasQuitAsked = true
        rotation = wizard
        note(.rotateQuitAgain, RotationWording.values(wizard.rotation), isWarning: true)
        return false
    }

    /// A payload that is nowhere else is asked for once.
    private mutating func mayDropForms() -> Bool {
        guard hasDirtyForm, !wasDirtyQuitAsked else { return true }
        wasDirtyQuitAsked = true
        note(.scoringDirtyQuit, isWarning: true)
        return false
    }
}

extension JournalState {
    /// What a rotation is called on the screen.
    func name(of rotation: String) -> String {
        guard let last = rotations.first(where: { $0.first?.rotation == rotation })?.last else { return rotation }
        return "\(last.endpoint.name) · \(last.slot.rawValue)"
    }
}
