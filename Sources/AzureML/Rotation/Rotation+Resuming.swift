import AzureCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Rotation {
    /// Goes on with a rotation that another process left unfinished, from its entries; nil where there are none.
    ///
    /// The journal tells how far it came, Azure in what state the keys are. What only that process knew is gone: the old
    /// key. `begin` starts it.
    ///
    /// - Parameters:
    ///   - entries: All entries of that rotation.
    ///   - who: Who is signed in now.
    ///   - payload: What the keys are to be probed with; the journal does not hold it.
    public init?(resuming entries: [JournalEntry], who: String, payload: ProbePayload? = nil) {
        let entries = entries.sorted { $0.number < $1.number }
        guard let first = entries.first, let last = entries.last else { return nil }
        self.init(id: first.rotation, endpoint: first.endpoint, who: who)
        self.payload = payload
        isResumed = true
        slot = last.slot
        before = entries.reversed().lazy.compactMap(\.before).first
        beganAt = first.at
        entryCount = last.number
        requestIDs = last.requestIDs
        operation = last.operation
        for entry in entries { replay(entry) }
        guard sentAt != nil else { return }
        phase = dispatch == .accepted && operation != nil ? .following : .readingBack
    }

    private mutating func replay(_ entry: JournalEntry) {
        switch entry.event {
        case .slotChosen, .confirmed, .handedOver, .ended: break
        case .sending:
            sentAt = entry.at
            dispatch = .answerLost
        case .accepted: dispatch = .accepted
        case .refused: dispatch = .refused
        case .answerLost: dispatch = .answerLost
        case .operationEnded:
            operationEndedAt = entry.at
            dispatch = entry.detail == nil ? .succeeded : .failed
        case .readBack: recordedAfter = entry.after
        case .probed: verdicts = entry.verdicts
        case .oldKeyRefused:
            oldKeyRefusedAt = entry.at
            verdicts[.old] = entry.verdicts[.old]
        }
    }
}
