/// What a terminal tells the program.
package enum TerminalEvent: Equatable, Sendable {
    case key(Key)
    /// Text that was pasted, in one piece; lines end in `\n`.
    case paste(String)
    case resize(Size)
    /// Whether the terminal's window gained the focus (true) or lost it.
    case focus(Bool)
    /// The program runs again after it was suspended.
    case resumed
    /// The last event: nobody is there any more, or a signal asked the program to leave.
    case ended(EndReason)
}

/// Why the terminal's event stream ended.
package enum EndReason: Hashable, Sendable {
    /// The input came to its end: the terminal went away.
    case endOfInput
    /// A signal such as SIGTERM, by its number; by custom the program's exit status is 128 plus that number.
    case signal(Int32)
}
