package import AzureML

/// What the wizard and the journal ask the world to do.
package enum RotationEffect: Equatable, Sendable {
    /// One after the other; each answer comes as news.
    case perform([RotationTask])
    /// Shows the new key at its place on the screen, over the mask; nil takes it away.
    case reveal(rotation: String, KeySlot)
    case mask
    case readJournal
    case exportJournal(name: String, text: String)
}

/// What of rotations happened in the world.
package enum RotationReport: Equatable, Sendable {
    case news(rotation: String, RotationNews)
    case journal(JournalReading)
    /// Where the export is; nil where it could not be written.
    case exported(path: String?)
}
