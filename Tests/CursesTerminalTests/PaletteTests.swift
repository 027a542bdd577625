import TerminalUI
import Testing

@testable import CursesTerminal

@Suite struct PaletteTests {
    @Test(arguments: [(0, Palette.Depth.none), (2, .none), (8, .eight), (16, .eight), (88, .eight), (256, .many)])
    func theDepthFollowsTheTerminal(colors: Int, depth: Palette.Depth) {
        #expect(Palette.Depth(colorCount: colors) == depth)
    }

    @Test func plainTextHasTheTerminalsOwnColors() {
        for depth in [Palette.Depth.none, .eight, .many] {
            #expect(Palette(depth: depth).look(of: .text) == Palette.Look())
        }
    }

    @Test func withoutColorsNothingIsColored() {
        let palette = Palette(depth: .none)
        for ink in Ink.allCases {
            let look = palette.look(of: Style(ink, selected: true))
            #expect(look.colors == Palette.ColorPair(foreground: -1))
        }
    }

    @Test(arguments: [Palette.Depth.eight, .many])
    func theSeriesCanBeToldApart(depth: Palette.Depth) {
        let palette = Palette(depth: depth)
        #expect(Set((0..<6).map { palette.look(of: .series($0)).colors }).count == 6)
        #expect(Set([Style.good, .warning, .alert].map { palette.look(of: $0).colors }).count == 3)
    }

    @Test(arguments: [Palette.Depth.none, .eight, .many])
    func theSelectedRowStandsOut(depth: Palette.Depth) {
        let palette = Palette(depth: depth)
        for ink in Ink.allCases {
            #expect(palette.look(of: Style(ink, selected: true)) != palette.look(of: Style(ink)))
        }
        #expect(palette.look(of: Style.text.dimmed) != palette.look(of: .text))
    }

    @Test func pairsFitIntoTheOldestCurses() {
        let palette = Palette(depth: .many)
        var pairs: Set<Palette.ColorPair> = []
        for ink in Ink.allCases {
            for (dim, selected) in [(false, false), (true, false), (false, true), (true, true)] {
                pairs.insert(palette.look(of: Style(ink, dim: dim, selected: selected)).colors)
            }
        }
        #expect(pairs.count < 255)
    }

    @Test func everyGlyphOfADashboardHasAnASCIISubstitute() {
        for scalar in "╭╮╰╯─│┌┐└┘├┤▁▂▃▄▅▆▇█▏▎▍▌▋▊▉▕▸●◐▲◆·…–✓".unicodeScalars {
            let substitute = ASCIIGlyphs.substitute(for: scalar.value)
            #expect(substitute < 0x7F && substitute > 0x20)
            #expect(substitute != 0x3F, "\(scalar)")
        }
        #expect(ASCIIGlyphs.substitute(for: 0xD55C) == 0x3F)
        #expect(ASCIIGlyphs.substitute(for: 0x41) == 0x41)
    }
}
