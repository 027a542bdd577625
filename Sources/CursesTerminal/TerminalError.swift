/// Why a terminal could not be opened.
package enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or standard output is not a terminal.
    case noTerminal
    /// The terminal database does not know this type (empty where TERM is not set), or it cannot address the cursor.
    case unknownTerminalType(String)
    /// A system call failed, with this `errno`.
    case systemCallFailed(Int32)
}

/// How a terminal is used.
package struct TerminalOptions: Hashable, Sendable {
    package enum Color: Hashable, Sendable {
        /// As the terminal says, and none where the environment sets NO_COLOR.
        case automatic
        case none
    }

    package var color: Color
    /// Whether to show ASCII only, even where more could be shown.
    package var isASCII: Bool

    package init(color: Color = .automatic, isASCII: Bool = false) {
        self.color = color
        self.isASCII = isASCII
    }
}
