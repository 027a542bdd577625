import TerminalUI
import Testing

@Suite struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("한글", 4), ("漢字", 4), ("ｗｉｄｅ", 8), ("😀", 2),
        ("│─╮", 3), ("▁▂█", 3), ("…", 1), ("\u{1112}\u{1161}\u{11AB}", 2), ("가\u{11A8}", 2), ("\u{3000}", 2),
        ("a\u{A0}b", 3), ("ế", 1), ("e\u{302}\u{301}", 1),
    ])
    func widthCountsColumns(text: String, columns: Int) {
        #expect(TextWidth.width(of: text) == columns)
    }

    /// Terminals draw each of these one, two or more columns wide; here each is one glyph of one column.
    @Test(arguments: [
        "👩‍💻", "🇰🇷", "❤️", "1️⃣", "👍🏽", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "\u{1112}", "कि", "ก็ำ",
        "e\u{301}\u{302}\u{303}", "䷀", "\u{E000}", "\u{378}", "\u{200B}", "\u{202E}", "\u{9B}", "\u{FEFF}", "\u{AD}",
        "\u{2028}", "\u{3164}", "\u{1FAF8}\u{1F3FB}", "\u{1FADC}",
    ])
    func disputedClustersBecomeOneGlyph(text: String) {
        var buffer = CellBuffer(size: Size(width: 4, height: 1))
        #expect(buffer.write(text, at: Point(x: 0, y: 0), in: buffer.area) == 1)
        #expect(buffer.text(ofRow: 0) == "▯   ")
    }

    @Test func controlsBecomePictures() {
        var buffer = CellBuffer(size: Size(width: 12, height: 1))
        buffer.write("\u{1B}[2J\t\r\n\u{7F}\0", at: Point(x: 0, y: 0), in: buffer.area)
        #expect(buffer.text(ofRow: 0) == "␛[2J␉␍␊␡␀   ")
    }

    @Test func decomposedHangulIsComposed() {
        var buffer = CellBuffer(size: Size(width: 6, height: 1))
        buffer.write("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", at: Point(x: 0, y: 0), in: buffer.area)
        #expect(buffer.text(ofRow: 0) == "한글  ")
    }

    @Test func aPrefixNeverSplitsAGrapheme() {
        #expect(TextWidth.prefix(of: "한글", fitting: 3) == ("한", 2))
        #expect(TextWidth.prefix(of: "ae\u{301}b", fitting: 2) == ("ae\u{301}", 2))
        #expect(TextWidth.prefix(of: "abc", fitting: 0) == ("", 0))
        #expect(TextWidth.prefix(of: "abc", fitting: 9) == ("abc", 3))
    }

    @Test(arguments: [
        ("endpoint", 8, "endpoint"), ("endpoint", 7, "endpoi…"), ("한글이름", 6, "한글…"), ("한글이름", 7, "한글이…"),
        ("ab", 1, "…"), ("ab", 0, ""), ("", 0, ""),
    ])
    func truncationEndsInAnEllipsis(text: String, columns: Int, expected: String) {
        #expect(TextWidth.truncated(text, to: columns) == expected)
    }

    @Test func spansAreCutAsOneLine() {
        let spans = [Span("blue", .accent), Span(" 한글", .muted)]
        #expect(spans.width == 9)
        #expect(spans.truncated(to: 9) == spans)
        #expect(spans.truncated(to: 7) == [Span("blue", .accent), Span(" …", .muted)])
        #expect(spans.truncated(to: 3) == [Span("bl…", .accent)])
        #expect(spans.truncated(to: 0).isEmpty)
    }
}
