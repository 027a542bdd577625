import Testing

@testable import CursesTerminal

@Suite struct ClipboardSequenceTests {
    @Test(arguments: [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("한글?>~", "7ZWc6riAPz5+")])
    func aTextIsSentInBase64(text: String, encoded: String) throws {
        let sequence = try #require(ClipboardSequence(text, through: .none))
        #expect(String(decoding: sequence.bytes, as: UTF8.self) == "\u{1B}]52;c;\(encoded)\u{7}")
    }

    @Test func tmuxGetsThePlainSequenceAndItsPassthrough() throws {
        let sequence = try #require(ClipboardSequence("abc", through: .tmux))
        let plain = "\u{1B}]52;c;YWJj\u{7}"
        #expect(String(decoding: sequence.bytes, as: UTF8.self) == plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
    }

    @Test func screenGetsPiecesThatItsBufferHolds() throws {
        let text = String(repeating: "secret", count: 500)
        let bytes = try #require(ClipboardSequence(text, through: .screen)).bytes
        let pieces = String(decoding: bytes, as: UTF8.self).split(
            separator: "\u{1B}\\",
            omittingEmptySubsequences: false
        )
        #expect(pieces.last == "")
        #expect(pieces.dropLast().allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count < 250 })
        let joined = pieces.dropLast().map { $0.dropFirst(2) }.joined()
        let plain = try #require(ClipboardSequence(text, through: .none))
        #expect(Array(joined.utf8) == plain.bytes)
    }

    @Test func aTextThatTerminalsWouldCutIsRefused() {
        let most = ClipboardSequence.limit / 4 * 3
        #expect(ClipboardSequence(String(repeating: "k", count: most), through: .none) != nil)
        #expect(ClipboardSequence(String(repeating: "k", count: most + 1), through: .none) == nil)
        #expect(ClipboardSequence(String(repeating: "한", count: most / 2), through: .tmux) == nil)
    }

    @Test(arguments: [
        ("xterm-256color", false, false, ClipboardSequence.Multiplexer.none),
        ("tmux-256color", true, false, .tmux),
        ("screen-256color", true, false, .tmux),
        // Over SSH only TERM tells.
        ("tmux-256color", false, false, .tmux),
        ("screen", false, false, .screen),
        ("screen", false, true, .screen),
        // One inside the other.
        ("tmux-256color", true, true, .tmux),
        ("screen.xterm-256color", true, true, .screen),
    ])
    func theInnermostMultiplexerIsMeant(
        type: String,
        isInTmux: Bool,
        isInScreen: Bool,
        multiplexer: ClipboardSequence.Multiplexer
    ) {
        #expect(
            ClipboardSequence.Multiplexer(type: type, isInTmux: isInTmux, isInScreen: isInScreen) == multiplexer
        )
    }
}
