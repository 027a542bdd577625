package import AzureCore
package import AzureML
package import FoundationEssentials

/// The wizard that leads through a rotation: the rotation itself, and what of it is on the screen.
///
/// It holds no key: those stay with whoever performs the actions, addressed by the rotation's id.
package struct RotationWizard: Equatable, Sendable {
    /// The field that takes the letters while the name is asked for.
    package enum Field: Equatable, Sendable {
        case name, payload
    }

    /// The payloads there are to choose from.
    package enum PayloadChoice: Int, CaseIterable, Sendable {
        case emptyObject, file, none
    }

    package var rotation: Rotation
    /// The line for the name, and those for a file and a command where they are being typed.
    var name = Prompt(.rotation)
    var path = Prompt(.rotation)
    var command: Prompt?
    package var field = Field.name
    package var choice = PayloadChoice.emptyObject
    /// The slot that Enter would choose; nil at first: there is no default.
    package var candidate: KeySlot?
    /// Whether the exact request is shown instead of the step.
    package var showsRequest = false
    /// Until when the new key is shown; nil while it is not.
    package var revealedUntil: Date?
    package var journalTrouble: JournalTrouble?
    package var isHeldElsewhere = false
    /// When the present phase began, by Azure's clock.
    package var phaseBegan: Date
    var firstCaller = 0
    var wasQuitAsked = false

    package static let revealSeconds: Double = 10

    package init(_ rotation: Rotation, at now: Date) {
        self.rotation = rotation
        phaseBegan = now
    }

    /// What the person has chosen to probe with, as far as it is complete.
    package var payload: ProbePayload? {
        switch choice {
        case .emptyObject: .emptyObject
        case .file: path.text.isEmpty ? nil : .file(path: path.text)
        case .none: nil
        }
    }

    /// Whether letters go into a line rather than being keys.
    var isTyping: Bool {
        if command != nil { return true }
        guard rotation.phase == .confirming, !showsRequest else { return false }
        return field == .name || choice == .file
    }

    /// Whether the new key is in hand, to be given away.
    var canHandOver: Bool { rotation.phase == .handingOver || rotation.phase == .watchingOldKey }
}

/// The journal as far as the dashboard knows it.
package struct JournalState: Equatable, Sendable {
    /// Nil until it was read.
    package var reading: JournalReading?
    /// The rotation that is selected in the list.
    package var selected: String?
    /// Whether `r` was pressed before it was read: an interrupted rotation comes before a new one.
    var isAwaitedByRotation = false

    package init() {}

    /// The rotations, the one that was touched last on top.
    package var rotations: [[JournalEntry]] { JournalEntry.rotations(in: reading?.entries ?? []).reversed() }

    /// When a slot of an endpoint was rotated last from here, as far as the journal goes back.
    package func lastRotation(of endpoint: ResourceID, _ slot: KeySlot) -> Date? {
        reading?.entries.last { $0.event == .readBack && $0.endpoint == endpoint && $0.slot == slot }?.at
    }
}
