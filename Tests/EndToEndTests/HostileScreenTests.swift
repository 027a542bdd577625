import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// The corpus of hostile text on an emulated terminal.
@Suite(.serialized) struct HostileScreenTests {
    /// Whether the emulator, whose tables are older than ours, counts the same columns for every grapheme of a text.
    private func isKnownToTheEmulator(_ text: String) -> Bool {
        var buffer = CellBuffer(size: Size(width: 100, height: 1))
        buffer.write(text, at: Point(x: 0, y: 0), in: buffer.area)
        return buffer.cells.allSatisfy { cell in
            let screen = EmulatedScreen(columns: 8, rows: 1)
            _ = screen.feed(Array(cell.text.utf8))
            return screen.cursor.column == cell.width
        }
    }

    // Skipped where the corpus is absent: set AMLTOP_SHARED to the folder that holds it.
    @Test(.enabled(if: Corpus.exists))
    func noTextTearsTheFrameOrIsObeyed() async throws {
        let all = try Corpus.hostileTexts().map { String($0.text.prefix(300)) }.filter { !$0.isEmpty }
        let texts = all.filter(isKnownToTheEmulator)
        #expect(texts.count * 20 > all.count * 19)
        let file = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(texts.map { $0.replacing("\0", with: "\u{1}") + "\0" }.joined().utf8).write(to: file)

        let terminal = try PseudoTerminal(fixture, arguments: ["--texts", file.path], columns: 100, rows: 54)
        try await terminal.wait(forText: "step 1")
        for page in 1...(texts.count / 50 + 1) {
            try await terminal.wait(forText: "step \(page)")
            let screen = terminal.screen
            for row in 1..<53 {
                let edges = [screen.cell(column: 0, row: row).text, screen.cell(column: 99, row: row).text]
                #expect(edges == ["│", "│"], "page \(page): \(screen.line(row))")
            }
            #expect(screen.line(0).hasPrefix("╭─ Fixture ──"))
            terminal.send("n")
        }
        #expect(terminal.screen.isAlternate && !terminal.screen.isCursorVisible)
        #expect(terminal.isOn(mode: 2004) && terminal.isOn(mode: 1004))
        // Of the bytes below a space only ESC (of curses' own sequences) and cursor movements are there.
        let controls = Set(terminal.output.filter { $0 < 0x20 || $0 == 0x7F })
        #expect(controls.isSubset(of: [0x1B, 0x08, 0x0A, 0x0D]))
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
    }
}
