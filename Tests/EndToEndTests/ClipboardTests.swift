import Testing

/// What copying sends to the terminal, and that it sends nothing else.
@Suite(.serialized) struct ClipboardTests {
    private let encoded = "7ZWcIGtleQ=="

    @Test func copyingSendsTheTextAndLeavesTheScreenAlone() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.forgetOutput()
        terminal.send("c")
        try await terminal.wait(forText: "copied true")
        #expect(terminal.output.contains(sequence: "\u{1B}]52;c;\(encoded)\u{7}"))
        #expect(!terminal.screen.text.contains(encoded))
        let screen = terminal.screen.text
        // Painted anew, all is where it was: curses was not misled.
        terminal.forgetOutput()
        terminal.send("\u{C}")
        try await terminal.wait(forText: "control(\"l\")")
        #expect(!terminal.output.contains(sequence: "52;c;"))
        #expect(terminal.screen.line(0) == screen.prefix { $0 != "\n" })
    }

    @Test(arguments: [
        (
            ["TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"],
            "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;7ZWcIGtleQ==\u{7}\u{1B}\\"
        ),
        (["TERM": "screen", "STY": "1.tty"], "\u{1B}P\u{1B}]52;c;7ZWcIGtleQ==\u{7}\u{1B}\\"),
    ])
    func copyingReachesThroughMultiplexers(environment: [String: String], sequence: String) async throws {
        let terminal = try PseudoTerminal(fixture, environment: environment)
        try await terminal.wait(forText: "step 1")
        terminal.send("c")
        try await terminal.wait(forText: "copied true")
        #expect(terminal.output.contains(sequence: sequence))
    }

    @Test func aLongTextIsSentWholeAndATooLongOneNotAtAll() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.send("C")
        try await terminal.wait(forText: "copied true")
        #expect(terminal.output.contains(sequence: String(repeating: "a2tr", count: 18_666) + "a2s=\u{7}"))
        terminal.forgetOutput()
        terminal.send("O")
        try await terminal.wait(forText: "copied false")
        #expect(!terminal.output.contains(sequence: "]52;"))
    }

    @Test func aTerminalWithoutAClipboardIsNotAsked() async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["TERM": "linux"])
        try await terminal.wait(forText: "step 1")
        terminal.send("c")
        try await terminal.wait(forText: "copied false")
        #expect(!terminal.output.contains(sequence: "]52;"))
    }
}
