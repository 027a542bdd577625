import GRDB

/// Where the history is kept.
package enum HistoryFile {
    /// The version of the tables this program writes.
    package static let formatVersion = 1
}
