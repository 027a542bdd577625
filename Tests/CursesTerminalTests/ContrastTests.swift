import TerminalUI
import Testing

@testable import CursesTerminal

/// Whether everything can be read, by computation: WCAG 2 AA asks for 4.5 for text and 3 for lines.
@Suite struct ContrastTests {
    /// Every ink, as it is and stepping back, and on the band of the selected row.
    static let styles = Ink.allCases.flatMap { ink in
        [(false, false), (true, false), (false, true), (true, true)].map { Style(ink, dim: $0, selected: $1) }
    }

    @Test func contrastIsComputedAsWCAGDoes() {
        #expect(abs(contrast(RGBColor(0x000000), RGBColor(0xFFFFFF)) - 21) < 0.001)
        #expect(abs(contrast(RGBColor(0x777777), RGBColor(0xFFFFFF)) - 4.48) < 0.01)
        #expect(contrast(RGBColor(0x123456), RGBColor(0x123456)) == 1)
    }

    @Test(arguments: [Theme.dark, .light], [Palette.Depth.cube, .direct])
    func aThemeWithABackgroundOfItsOwnIsReadableEverywhere(theme: Theme, depth: Palette.Depth) {
        let palette = Palette(depth: depth, theme: theme)
        for style in Self.styles {
            let look = palette.look(of: style)
            // Nothing is left to the terminal.
            #expect(look.colors.foreground >= 0 && look.colors.background >= 0 && !look.isDim)
            let (front, behind) = KnownTerminal.xtermOnWhite.shown(look, depth: depth)
            let needed = style.ink == .border || style.ink == .focusedBorder ? 3 : 4.5
            #expect(contrast(front, behind) >= needed, "\(style.ink) dim \(style.isDim) selected \(style.isSelected)")
        }
    }

    /// No colour has 4.5 on all these backgrounds; half of what lies between them has 3.
    @Test(arguments: KnownTerminal.all, [Palette.Depth.eight, .sixteen, .cube, .direct])
    func theTerminalsOwnColorsAreReadableOnTheUsualOnes(terminal: KnownTerminal, depth: Palette.Depth) {
        let palette = Palette(depth: depth, kind: terminal.kind)
        for style in Self.styles {
            let (front, behind) = terminal.shown(palette.look(of: style), depth: depth)
            #expect(contrast(front, behind) >= 3, "\(style.ink) dim \(style.isDim) selected \(style.isSelected)")
        }
    }

    @Test(arguments: KnownTerminal.all, [Palette.Depth.eight, .sixteen, .cube, .direct])
    func plainTextIsAsReadableAsTheTerminalsOwn(terminal: KnownTerminal, depth: Palette.Depth) {
        let palette = Palette(depth: depth, kind: terminal.kind)
        for ink in [Ink.text, .strong, .title] {
            let (front, behind) = terminal.shown(palette.look(of: Style(ink)), depth: depth)
            #expect((front, behind) == (terminal.foreground, terminal.background))
        }
    }

    @Test(arguments: KnownTerminal.all, [Palette.Depth.cube, .direct])
    func theSelectedRowIsReadableOnEveryTerminal(terminal: KnownTerminal, depth: Palette.Depth) {
        let palette = Palette(depth: depth, kind: terminal.kind)
        for style in Self.styles where style.isSelected {
            let (front, behind) = terminal.shown(palette.look(of: style), depth: depth)
            #expect(contrast(front, behind) >= 4.5, "\(style.ink) dim \(style.isDim)")
        }
    }

    /// The bands must be seen to be bands.
    @Test(arguments: [Theme.dark, .light], [Palette.Depth.cube, .direct])
    func theBandDiffersFromTheGround(theme: Theme, depth: Palette.Depth) {
        let palette = Palette(depth: depth, theme: theme)
        let ground = KnownTerminal.xtermOnWhite.shown(palette.look(of: .text), depth: depth).behind
        let band = KnownTerminal.xtermOnWhite.shown(palette.look(of: .text.selected), depth: depth).behind
        #expect(contrast(ground, band) >= 1.2)
    }
}
