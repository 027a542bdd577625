/// Why the journal is not kept on disk, or not yet: it goes on in memory.
public enum JournalTrouble: String, Hashable, Sendable, CaseIterable {
    /// Another process holds the file; what waits is written once it lets go.
    case locked
    /// The disk is full, or the file may not grow.
    case full
    /// The file is no database, or a damaged one; it is left as it is.
    case corrupt
    /// The file may be read, not written.
    case readOnly
    /// A later version of this program has changed the file; it is left as it is.
    case newerVersion
    /// The file or its folder cannot be opened or made.
    case unavailable
}

/// The journal as it can be read now.
public struct JournalReading: Hashable, Sendable {
    /// In the order they were written: those of the file, then those that wait in memory.
    public var entries: [JournalEntry]
    /// How many of them are in memory only.
    public var unsavedCount: Int
    public var trouble: JournalTrouble?
    /// Rotations that another process is at right now.
    public var rotationsHeldElsewhere: Set<String>

    public init(
        entries: [JournalEntry] = [],
        unsavedCount: Int = 0,
        trouble: JournalTrouble? = nil,
        rotationsHeldElsewhere: Set<String> = []
    ) {
        self.entries = entries
        self.unsavedCount = unsavedCount
        self.trouble = trouble
        self.rotationsHeldElsewhere = rotationsHeldElsewhere
    }

    /// The rotations one could go on with: unfinished, and nobody is at them.
    public var resumable: [[JournalEntry]] {
        JournalEntry.unfinished(in: entries).filter { rotation in
            rotation.first.map { !rotationsHeldElsewhere.contains($0.rotation) } ?? false
        }
    }
}
