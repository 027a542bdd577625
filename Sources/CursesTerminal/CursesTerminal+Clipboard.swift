internal import CNCurses

extension CursesTerminal {
    /// Puts a text on the clipboard of the person at the terminal, over SSH too, by OSC 52.
    ///
    /// Whether the terminal obeys is not known: there is no answer. The text is on no screen and in no frame.
    ///
    /// - Returns: Whether it was sent: false for a text of more than about 56 000 bytes, for a terminal known to have
    ///   no clipboard (the Linux console), and once the terminal is closed.
    package func copyToClipboard(_ text: String) -> Bool {
        let type = environmentValue("TERM") ?? ""
        guard isOpen, !(type == "linux" || type.hasPrefix("linux-")) else { return false }
        let multiplexer = ClipboardSequence.Multiplexer(
            type: type,
            isInTmux: environmentValue("TMUX") != nil,
            isInScreen: environmentValue("STY") != nil
        )
        guard let sequence = ClipboardSequence(text, through: multiplexer) else { return false }
        return cncurses_send(sequence.bytes, sequence.bytes.count)
    }
}
