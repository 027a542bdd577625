import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What a program sees of its terminal, and what a person sees of the program: the fixture echoes every event.
@Suite(.serialized) struct TerminalTests {
    @Test func aFrameIsShownAsItWasDrawn() async throws {
        let terminal = try PseudoTerminal(fixture)
        let screen = terminal.screen
        // The last of the frame to arrive.
        try await terminal.wait(for: "the last corner") { screen.cell(column: 79, row: 23).text == "╯" }
        #expect(screen.isAlternate && !screen.isCursorVisible && !terminal.isCanonical)
        #expect(screen.line(0).hasPrefix("╭─ Fixture ──") && screen.line(0).hasSuffix(" 80x24 ─╮"))
        #expect(screen.line(1).hasPrefix("│한국어 漢字 é e\u{301} ▯ ▯ 😀 alert"))
        #expect(screen.cell(column: 1, row: 1).width == 2)
        #expect(screen.cell(of: "alert")?.foreground == .index(167))
        #expect(screen.cell(of: "selected")?.background == .index(237))
        #expect(screen.cell(of: "Fixture")?.isBold == true)
        #expect((0..<24).allSatisfy { "│╮╯".contains(screen.cell(column: 79, row: $0).text) })
    }

    @Test func keysPastesAndFocusArrive() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        for (bytes, event) in [
            ("\u{1B}OA", "key(TerminalUI.Key.up)"), ("\u{1B}[B", "key(TerminalUI.Key.down)"), ("한", "character(\"한\")"),
            ("\u{1B}", "key(TerminalUI.Key.escape)"), ("\u{1B}[15~", "function(5)"), ("\u{1B}y", "alt(\"y\")"),
            ("\u{3}", "control(\"c\")"), ("\u{1B}[200~a\rb\u{1B}[201~", "paste(\"a\\nb\")"),
            ("\u{1B}[O", "focus(false)"),
        ] {
            terminal.send(bytes)
            try await terminal.wait(forText: event)
        }
        #expect(!terminal.screen.text.contains("200~"))
    }

    @Test func onlyWhatChangedIsSent() async throws {
        let terminal = try PseudoTerminal(fixture, columns: 200, rows: 60)
        try await terminal.wait(forText: "step 1")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 199, row: 59).text == "╯" }
        terminal.forgetOutput()
        terminal.send("a")
        try await terminal.wait(forText: "step 2")
        #expect(terminal.output.count < 150)
    }

    @Test func aStepThatAskedForAnotherGetsItWithoutInput() async throws {
        let terminal = try PseudoTerminal(fixture, arguments: ["--tick"])
        try await terminal.wait(for: /step ([4-9]|\d\d)/)
    }

    @Test func anotherThreadReachesTheTerminalsActor() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.send("j")
        try await terminal.wait(forText: "job back")
    }

    @Test func theCursorIsShownWhereTheFrameSays() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.send("p")
        try await terminal.wait(for: "the cursor") { terminal.screen.isCursorVisible }
        try await terminal.wait(for: "its place") { terminal.screen.cursor == (5, 1) }
        terminal.send("p")
        try await terminal.wait(for: "no cursor") { !terminal.screen.isCursorVisible }
    }

    @Test func theFrameFollowsTheSize() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "80x24")
        for (columns, rows) in [(120, 36), (200, 60), (20, 5), (1, 1), (3, 2), (100, 30)] {
            terminal.resize(columns: columns, rows: rows)
            guard columns >= 20 else { continue }
            try await terminal.wait(forText: "\(columns)x\(rows)")
            try await terminal.wait(for: "the last corner") {
                terminal.screen.cell(column: columns - 1, row: rows - 1).text == "╯"
            }
        }
        for step in 1...30 { terminal.resize(columns: 60 + step, rows: 20 + step % 7) }
        try await terminal.wait(forText: "90x22")
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func whatIsPrintedAsAnErrorWaitsUntilTheScreenIsGone() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.send("E")
        try await terminal.wait(forText: "step 2")
        #expect(terminal.screen.line(0).hasPrefix("╭─ Fixture"))
        #expect(!terminal.screen.text.contains("torn"))
        terminal.send("q")
        try await terminal.waitForExit()
        #expect(terminal.screen.text.contains("torn?[2J line"))
    }

    @Test func repaintingMendsAScreenThatOthersWroteOn() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        _ = terminal.screen.feed(Array("\u{1B}[5;1Hgarbage".utf8))
        try #require(terminal.screen.text.contains("garbage"))
        terminal.send("\u{C}")
        try await terminal.wait(forTextToGo: "garbage")
    }

    // MARK: Kinds of terminals

    @Test(arguments: ["xterm-256color", "xterm", "linux", "vt100", "screen-256color", "tmux-256color", "ansi"])
    func usualTerminalsWork(type: String) async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["TERM": type])
        try await terminal.wait(forText: "step 1")
        terminal.send("\u{1B}[A")
        try await terminal.wait(forText: "key(TerminalUI.Key.up)")
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
    }

    @Test func withoutColorsThereIsNone() async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["NO_COLOR": "1"])
        try await terminal.wait(forText: "step 1")
        #expect(terminal.screen.cell(of: "alert")?.foreground == .own)
        #expect(terminal.screen.cell(of: "selected")?.isReversed == true)
    }

    @Test func aLocaleWithoutUnicodeGetsASCII() async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["LC_ALL": "C"])
        try await terminal.wait(forText: "step 1")
        #expect(terminal.output.allSatisfy { $0 < 0x80 })
        #expect(terminal.screen.line(0).hasPrefix("+- Fixture --"))
        // As many as the columns that the text takes.
        #expect(terminal.screen.line(1).hasPrefix("|?????? ???? ? e ? ? ?? alert"))
        #expect(terminal.screen.cell(column: 79, row: 1).text == "|")
    }

    @Test(arguments: ["xx_XX.UTF-8", ""])
    func aLocaleThatIsNotThereIsReplaced(locale: String) async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["LC_ALL": locale])
        try await terminal.wait(forText: "한국어")
        #expect(terminal.screen.line(0).hasPrefix("╭─"))
    }

    @Test(arguments: ["no-such-terminal", "dumb", ""])
    func anUnknownTerminalIsRefused(type: String) async throws {
        let terminal = try PseudoTerminal(fixture, environment: ["TERM": type])
        #expect(try await terminal.waitForExit() == .exited(2))
        #expect(terminal.screen.text.contains("unknownTerminalType(\"\(type)\")"))
        try await terminal.waitUntilRestored()
    }

    @Test(arguments: ["< /dev/null", "> /dev/null"])
    func withoutATerminalOnBothEndsThereIsNone(redirection: String) async throws {
        let terminal = try PseudoTerminal("/bin/sh", arguments: ["-c", "'\(fixture)' \(redirection)"])
        #expect(try await terminal.waitForExit() == .exited(2))
        try await terminal.waitUntilRestored()
    }
}

/// The program that the tests of the terminal start.
let fixture = PseudoTerminal.productFolder + "/TerminalFixture"
