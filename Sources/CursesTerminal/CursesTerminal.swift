internal import CNCurses
package import TerminalUI

/// The terminal, through wide ncurses: the only code that touches it.
///
/// Open it on the thread that will run its loop (the main one), and close it on every way out.
@TerminalActor
package final class CursesTerminal {
    /// The version line of the curses library.
    package nonisolated static var libraryVersion: String { String(cString: cncurses_version()) }

    let input: Int32
    let output: Int32
    let signals: Int32
    /// Whether only ASCII is sent.
    package let isASCII: Bool
    let palette: Palette
    var reader: KeyReader
    /// The frame on the screen; nil where that is not known.
    var shown: CellBuffer?
    /// Looks by style code, filled as they are met: attributes and pair.
    var looks: [(attributes: UInt16, pair: UInt16)?]
    var pairs: [Palette.ColorPair: UInt16] = [:]
    var line: [cncurses_cell] = []
    /// Events that did not come through the input, for the next step.
    var queued: [TerminalEvent] = []
    /// Why the program has to leave that came while the terminal was another program's.
    var endWhileLent: EndReason?
    private(set) var isOpen = true

    /// The screen in cells.
    package private(set) var size: Size

    /// Takes the terminal: alternate screen, raw keys, and everything that gives it back whatever happens.
    ///
    /// The calling thread becomes the one of `TerminalActor`.
    ///
    /// - Throws: `TerminalError`; nothing has changed then.
    package nonisolated static func open(
        input: Int32 = 0,
        output: Int32 = 1,
        options: TerminalOptions = TerminalOptions()
    ) throws(TerminalError) -> CursesTerminal {
        guard isTerminal(input), isTerminal(output) else { throw .noTerminal }
        TerminalActor.executor.bindToCurrentThread()
        return try TerminalActor.assumeIsolated { () throws(TerminalError) -> CursesTerminal in
            try CursesTerminal(input: input, output: output, options: options)
        }
    }

    private init(input: Int32, output: Int32, options: TerminalOptions) throws(TerminalError) {
        cncurses_set_character_set()
        cncurses_guard(output)
        let signals = cncurses_catch_signals()
        guard signals >= 0 else { throw .systemCallFailed(lastSystemError) }
        let hasColor = options.color == .automatic && environmentValue("NO_COLOR") == nil
        let result = Self.openScreen(input, output, wantsDirectColors: hasColor && options.theme != .terminal)
        guard result == CNCURSES_OPENED else {
            let error = lastSystemError
            cncurses_release_signals()
            if result == CNCURSES_FAILED { throw .systemCallFailed(error) }
            throw .unknownTerminalType(environmentValue("TERM") ?? "")
        }
        cncurses_capture_errors()
        self.input = input
        self.output = output
        self.signals = signals
        isASCII = options.isASCII || !cncurses_has_wide_characters()
        palette = Palette(
            depth: Palette.Depth(colorCount: hasColor ? Int(cncurses_color_count()) : 0),
            theme: options.theme,
            kind: TerminalKind(type: environmentValue("TERM") ?? "", colors: environmentValue("COLORFGBG"))
        )
        looks = Array(repeating: nil, count: Style.codeCount)
        reader = KeyReader(knownSequences: Self.keySequences())
        size = Self.currentSize()
        _ = updateSize()
        cncurses_set_background(Int32(pair(for: palette.ground)))
    }

    /// Starts the screen, by the entry with direct colours where they are wanted and there is one.
    private static func openScreen(_ input: Int32, _ output: Int32, wantsDirectColors: Bool) -> cncurses_result {
        let type = environmentValue("TERM") ?? ""
        if wantsDirectColors,
            let direct = TerminalKind.directType(of: type, colorTerm: environmentValue("COLORTERM")),
            cncurses_open(input, output, direct) == CNCURSES_OPENED
        {
            return CNCURSES_OPENED
        }
        return cncurses_open(input, output, nil)
    }

    /// Gives the terminal back as it was; harmless when that is done already.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        cncurses_close()
        cncurses_release_errors()
        cncurses_release_signals()
    }

    /// Clears the terminal and paints the frame shown anew.
    package func repaint() {
        guard isOpen else { return }
        cncurses_repaint()
    }

    /// Gives the terminal back and stops the program's process group, as Ctrl-Z does; takes it again once continued.
    ///
    /// Returns after that, with `.resumed` (and the new size, if it changed) coming with the next events.
    package func suspend() {
        stop(wholeGroup: true)
    }

    /// Called right before the terminal is given back for a while, whoever asked for it: the last chance to show another
    /// frame on it.
    package var willStop: (() -> Void)?

    func stop(wholeGroup: Bool) {
        guard isOpen else { return }
        willStop?()
        cncurses_suspend()
        cncurses_stop(wholeGroup)
        resume()
    }

    /// Takes the terminal again after the program was stopped.
    func resume() {
        guard isOpen else { return }
        cncurses_resume()
        shown = nil
        if updateSize() { queued.append(.resize(size)) }
        queued.append(.resumed)
    }

    /// Follows the terminal's size; whether it changed.
    func updateSize() -> Bool {
        var width: Int32 = 0
        var height: Int32 = 0
        cncurses_read_size(output, &width, &height)
        guard width > 0, height > 0, Size(width: Int(width), height: Int(height)) != size else { return false }
        guard cncurses_resize(width, height) else { return false }
        size = Self.currentSize()
        shown = nil
        return true
    }

    private static func currentSize() -> Size {
        var width: Int32 = 0
        var height: Int32 = 0
        cncurses_get_size(&width, &height)
        return Size(width: Int(width), height: Int(height))
    }

    /// What the terminal database says of the keys.
    private static func keySequences() -> [[UInt8]: Key] {
        var keys: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
            ("kent", .enter),
        ]
        keys += (1...24).map { ("kf\($0)", .function($0)) }
        var sequences: [[UInt8]: Key] = [:]
        for (capability, key) in keys {
            guard let sequence = cncurses_key_sequence(capability) else { continue }
            let bytes = Array(String(cString: sequence).utf8)
            if bytes.count > 1, bytes[0] == 0x1B { sequences[bytes] = key }
        }
        return sequences
    }
}
