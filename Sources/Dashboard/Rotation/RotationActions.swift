package import AzureCore
package import AzureML

/// What a rotation needs of the outside world. The keys stay there, addressed by the rotation they belong to.
package struct RotationActions: Sendable {
    package var perform: @Sendable (RotationTask) async -> RotationNews
    /// The key that Azure made, for the ways out that the person asked for; nil where none is held.
    package var newKey: @Sendable (_ rotation: String, KeySlot) async -> Secret?

    package init(
        perform: @escaping @Sendable (RotationTask) async -> RotationNews,
        newKey: @escaping @Sendable (String, KeySlot) async -> Secret?
    ) {
        self.perform = perform
        self.newKey = newKey
    }

    /// Where there is no Azure to change.
    package static let none = RotationActions(perform: { _ in .nothing }, newKey: { _, _ in nil })
}

/// One action of a rotation, with what it is about.
package struct RotationTask: Equatable, Sendable {
    package var rotation: String
    package var endpoint: ResourceID
    package var slot: KeySlot?
    package var action: RotationAction

    package init(rotation: String, endpoint: ResourceID, slot: KeySlot?, action: RotationAction) {
        self.rotation = rotation
        self.endpoint = endpoint
        self.slot = slot
        self.action = action
    }

    package init(_ rotation: Rotation, _ action: RotationAction) {
        self.init(rotation: rotation.id, endpoint: rotation.endpoint, slot: rotation.slot, action: action)
    }
}

/// What came of an action.
package enum RotationNews: Equatable, Sendable {
    case event(RotationEvent)
    /// The journal was written, or why it is only in memory.
    case recorded(JournalTrouble?)
    /// Another process is at this rotation.
    case heldElsewhere
    case nothing
}

/// The journal of the outside world.
package struct JournalActions: Sendable {
    package var read: @Sendable () async -> JournalReading
    /// Writes an export beside the journal, for the owner alone; answers with its path, nil where it could not.
    package var export: @Sendable (_ name: String, _ text: String) async -> String?

    package init(
        read: @escaping @Sendable () async -> JournalReading,
        export: @escaping @Sendable (String, String) async -> String?
    ) {
        self.read = read
        self.export = export
    }

    package static let none = JournalActions(read: { JournalReading() }, export: { _, _ in nil })
}
