/// Why a terminal could not be opened.
package enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or standard output is not a terminal.
    case noTerminal
    /// The terminal database does not know this type (empty where TERM is not set), or it cannot address the cursor.
    case unknownTerminalType(String)
    /// A system call failed, with this `errno`.
    case systemCallFailed(Int32)
}
