import FoundationEssentials
import Testing

/// The colours that a theme sends, and that they fill the screen.
@Suite(.serialized) struct ThemeTests {
    @Test(arguments: [("--dark", 233, 210), ("--light", 231, 124)])
    func aThemeFillsTheScreenWithItsBackground(flag: String, ground: Int, alert: Int) async throws {
        let terminal = try PseudoTerminal(fixture, arguments: [flag])
        try await terminal.wait(forText: "step 1")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 79, row: 23).text == "╯" }
        #expect(terminal.screen.cell(of: "alert")?.foreground == .index(alert))
        expectGround(.index(ground), on: terminal)
        terminal.resize(columns: 100, rows: 30)
        try await terminal.wait(forText: "100x30")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 99, row: 29).text == "╯" }
        expectGround(.index(ground), on: terminal)
        terminal.send("\u{1A}")
        try await terminal.waitUntilStopped()
        try await terminal.waitUntilRestored()
        #expect(terminal.screen.cell(column: 0, row: 0).background == .own)
        terminal.continueInForeground()
        try await terminal.wait(forText: "resumed")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 99, row: 29).text == "╯" }
        expectGround(.index(ground), on: terminal)
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
        #expect(terminal.screen.cell(column: 0, row: 0).background == .own)
    }

    @Test(arguments: ["xterm-256color", "xterm"])
    func theTerminalsThemeLeavesTheBackgroundAlone(type: String) async throws {
        let terminal = try PseudoTerminal(fixture, arguments: ["--terminal"], environment: ["TERM": type])
        try await terminal.wait(forText: "step 1")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 79, row: 23).text == "╯" }
        let screen = terminal.screen
        for row in 0..<24 where row != 2 {
            #expect((0..<80).allSatisfy { screen.cell(column: $0, row: row).background == .own })
        }
    }

    @Test func withoutColorsAThemeHasNone() async throws {
        let terminal = try PseudoTerminal(fixture, arguments: ["--light"], environment: ["NO_COLOR": "1"])
        try await terminal.wait(forText: "step 1")
        expectGround(.own, on: terminal)
    }

    /// The entry for direct colours writes them with colons, as the usual ones do; the terminal must get semicolons.
    @Test(.enabled(if: Terminfo.isAvailable, "there is no tic here"))
    func directColorsAreExact() async throws {
        let terminfo = try await Terminfo(
            """
            xterm-direct|test, RGB, colors#0x1000000, pairs#0x7FFF, ccc@, initc@,
            \tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
            \tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
            \tuse=xterm-256color,

            """
        )
        defer { terminfo.remove() }
        var environment = ["TERMINFO": terminfo.folder, "COLORTERM": "truecolor"]
        let terminal = try PseudoTerminal(fixture, arguments: ["--dark"], environment: environment)
        try await terminal.wait(forText: "step 1")
        try await terminal.wait(for: "the last corner") { terminal.screen.cell(column: 79, row: 23).text == "╯" }
        #expect(terminal.screen.cell(of: "alert")?.foreground == .rgb(0xFF, 0x8A, 0x80))
        expectGround(.rgb(0x12, 0x16, 0x1C), on: terminal)
        // The terminal's own theme: what stands for its background stays with it.
        environment["TERM"] = "xterm-direct"
        let own = try PseudoTerminal(fixture, environment: environment)
        try await own.wait(forText: "step 1")
        #expect(own.screen.cell(of: "alert")?.foreground == .rgb(0xD7, 0x5F, 0x5F))
        #expect(own.screen.cell(of: "한국어")?.background == .own)
    }

    private func expectGround(_ color: EmulatedScreen.Color, on terminal: PseudoTerminal) {
        let screen = terminal.screen
        for row in 0..<screen.rows where row != 2 {
            let isFilled = (0..<screen.columns).allSatisfy { screen.cell(column: $0, row: row).background == color }
            #expect(isFilled, "row \(row)")
        }
    }
}

/// Entries of the terminal database for one test, compiled.
private struct Terminfo {
    let folder: String

    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: compiler) }
    private static let compiler = "/usr/bin/tic"

    init(_ source: String) async throws {
        folder = "/tmp/amltop-terminfo-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try source.write(toFile: folder + "/source", atomically: true, encoding: .utf8)
        let terminal = try PseudoTerminal(Self.compiler, arguments: ["-x", "-o", folder, folder + "/source"])
        let outcome = try await terminal.waitForExit()
        #expect(outcome == .exited(0), "\(terminal.screen.text)")
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
