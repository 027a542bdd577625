import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@Suite struct HostileTextTests {
    /// Whether a scalar is one that a terminal would obey, or that nobody can see.
    private func isForbidden(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private func check(_ buffer: CellBuffer, _ text: String) {
        for y in 0..<buffer.size.height {
            let row = (0..<buffer.size.width).map { buffer[$0, y] }
            #expect(row.reduce(0) { $0 + $1.width } == buffer.size.width, "widths of \(text.debugDescription)")
            for (x, cell) in row.enumerated() {
                let scalars = [cell.base, cell.firstMark, cell.secondMark].filter { $0 != 0 }
                #expect(!scalars.contains(where: isForbidden), "\(text.debugDescription)")
                #expect((cell.width == 0) == (cell.base == 0))
                if cell.width == 2 { #expect(x + 1 < row.count && row[x + 1].width == 0) }
            }
        }
    }

    // Skipped where the corpus is absent: set AMLTOP_SHARED to the folder that holds it.
    @Test(.enabled(if: Corpus.exists))
    func nothingHostileReachesACell() throws {
        let texts = try Corpus.hostileTexts().map(\.text)
        #expect(texts.count > 800)
        for text in texts {
            let text = String(text.prefix(2_000))
            for width in [1, 2, 7, 80] {
                var buffer = CellBuffer(size: Size(width: width, height: 2))
                let used = buffer.write(text, at: Point(x: 0, y: 0), in: buffer.area)
                #expect(used == min(width, TextWidth.width(of: text)) || used == width)
                buffer.write([Span(text)], in: buffer.area.row(1), alignment: .trailing)
                check(buffer, text)
            }
        }
    }

    @Test(.enabled(if: Corpus.exists))
    func brokenBytesBecomeReplacementCharacters() throws {
        for entry in try Corpus.hostileTexts() {
            guard let expected = entry.replacement else { continue }
            var buffer = CellBuffer(size: Size(width: 20, height: 1))
            buffer.write(entry.text, at: Point(x: 0, y: 0), in: buffer.area)
            #expect(buffer.text(ofRow: 0).hasPrefix(expected), "\(entry.id)")
        }
    }

    /// Every scalar of the planes that hold characters, after one letter and before another.
    @Test func everyScalarIsSafeAlone() {
        var buffer = CellBuffer(size: Size(width: 8, height: 1))
        let area = buffer.area
        var failures: [UInt32] = []
        for value in Array(UInt32(0)...0x323FF) + Array(0xE0000...0xE0FFF) + [0xF0000, 0x10FFFD, 0x10FFFF] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            buffer.fill(area)
            let used = buffer.write("a\(scalar)b", at: Point(x: 0, y: 0), in: area)
            let cells = (0..<used).map { buffer[$0, 0] }
            let values = cells.flatMap { [$0.base, $0.firstMark, $0.secondMark] }.filter { $0 != 0 }
            let isWhole = cells.reduce(0) { $0 + $1.width } == used && cells.last?.text == "b"
            // A mark joins the letter before it; all else is one glyph of its own, or makes one of both.
            if !isWhole || !(2...4).contains(used) || values.contains(where: isForbidden) { failures.append(value) }
        }
        #expect(failures.isEmpty, "\(failures.prefix(20).map { String($0, radix: 16) })")
    }

    @Test(arguments: 0..<200)
    func randomMixturesKeepTheRowWhole(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let alphabet: [String] = [
            "a", "한", "e\u{301}", "\u{200D}", "👩", "💻", "\u{FE0F}", "🇰", "🇷", "\u{1B}[", "\u{202E}", "\u{1112}",
            "\u{1161}", "\u{11AB}", "\u{301}", "\u{E0067}", "\t", "😀", "\u{20E3}", "क", "\u{94D}", "\u{3000}",
        ]
        var buffer = CellBuffer(size: Size(width: 30, height: 1))
        for _ in 0..<50 {
            let text = (0..<Int.random(in: 0...12, using: &generator))
                .map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }.joined()
            let point = Point(x: Int.random(in: -6...32, using: &generator), y: 0)
            let x = Int.random(in: -2...20, using: &generator)
            let clip = Rect(x: x, y: 0, width: Int.random(in: 0...20, using: &generator), height: 1)
            let before = buffer
            buffer.write(text, at: point, in: clip)
            check(buffer, text)
            // Beyond the clip at most the other half of a grapheme that was cut changes.
            let changed = (0..<30).filter { buffer[$0, 0] != before[$0, 0] }
            #expect(changed.allSatisfy { $0 >= clip.minX - 1 && $0 <= clip.maxX })
        }
    }
}
