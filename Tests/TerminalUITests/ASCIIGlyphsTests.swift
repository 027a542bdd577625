import TerminalUI
import Testing

@Suite struct ASCIIGlyphsTests {
    @Test func everyGlyphOfADashboardHasAnASCIISubstitute() {
        for scalar in "╭╮╰╯─│┌┐└┘├┤▁▂▃▄▅▆▇█▏▎▍▌▋▊▉▕▸●◐○▲◆·…–✓⇉░━←↑→↓×".unicodeScalars {
            let substitute = ASCIIGlyphs.substitute(for: scalar.value)
            #expect(substitute < 0x7F && substitute > 0x20)
            #expect(substitute != ASCIIGlyphs.replacement, "\(scalar)")
        }
    }

    @Test func theMarksCanBeToldApart() {
        let marks = "▲◆·●◐○".unicodeScalars.map { ASCIIGlyphs.substitute(for: $0.value) }
        #expect(Set(marks).count == marks.count)
    }

    @Test func aGaugeShowsHowFarItIs() {
        #expect(ASCIIGlyphs.substitute(for: 0x2501) != ASCIIGlyphs.substitute(for: 0x2500))
    }

    @Test func whatASCIIHasNothingLikeIsReplaced() {
        for scalar in "한漢é😀▯\u{202E}".unicodeScalars {
            #expect(ASCIIGlyphs.substitute(for: scalar.value) == ASCIIGlyphs.replacement)
        }
        for value in UInt32(0x20)..<0x7F { #expect(ASCIIGlyphs.substitute(for: value) == value) }
    }
}
