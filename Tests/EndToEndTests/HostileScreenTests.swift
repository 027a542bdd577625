import FoundationEssentials
import TerminalUI
import Testing

/// The corpus of hostile text on an emulated terminal.
@Suite(.serialized) struct HostileScreenTests {
    private struct Entry: Decodable {
        var text: String?
        var bytes_base64: String?
    }

    private static let folder: String? = {
        let sibling = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared"
        let root = ProcessInfo.processInfo.environment["AMLTOP_SHARED"] ?? sibling
        let folder = root + "/corpus/hostile"
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }()

    private func texts() throws -> [String] {
        let folder = try #require(Self.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
        return try files.sorted().flatMap { file in
            try Data(contentsOf: URL(filePath: folder + "/" + file)).split(separator: UInt8(ascii: "\n")).map { line in
                let entry = try JSONDecoder().decode(Entry.self, from: Data(line))
                let bytes = Data(base64Encoded: entry.bytes_base64 ?? "") ?? Data()
                return String((entry.text ?? String(decoding: bytes, as: UTF8.self)).prefix(300))
            }
        }
    }

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
    @Test(.enabled(if: HostileScreenTests.folder != nil))
    func noTextTearsTheFrameOrIsObeyed() async throws {
        let all = try texts().filter { !$0.isEmpty }
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
