/// Why a terminal could not be opened.
public enum TerminalError: Error, Hashable, Sendable {
    /// Standard input or standard output is not a terminal.
    case noTerminal
    /// The terminal database does not know this type (empty where TERM is not set), or it cannot address the cursor.
    case unknownTerminalType(String)
    /// A system call failed, with this `errno`.
    case systemCallFailed(Int32)
}

/// How a terminal is used.
public struct TerminalOptions: Hashable, Sendable {
    public enum Color: Hashable, Sendable {
        /// As the terminal says, and none where the environment sets NO_COLOR.
        case automatic
        case none
    }

    public var color: Color
    /// Whether to show ASCII only, even where more could be shown.
    public var isASCII: Bool

    public init(color: Color = .automatic, isASCII: Bool = false) {
        self.color = color
        self.isASCII = isASCII
    }
}
