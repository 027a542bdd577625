import TerminalUI
import Testing

@testable import CursesTerminal

@Suite struct PaletteTests {
    @Test(arguments: [
        (0, Palette.Depth.none), (2, .none), (8, .eight), (16, .sixteen), (88, .sixteen), (256, .cube),
        (0x100_0000, .direct),
    ])
    func theDepthFollowsTheTerminal(colors: Int, depth: Palette.Depth) {
        #expect(Palette.Depth(colorCount: colors) == depth)
    }

    @Test(arguments: Palette.Depth.allCases)
    func plainTextHasTheTerminalsOwnColors(depth: Palette.Depth) {
        #expect(Palette(depth: depth).look(of: .text) == Palette.Look())
    }

    @Test(arguments: Theme.allCases)
    func withoutColorsNothingIsColored(theme: Theme) {
        let palette = Palette(depth: .none, theme: theme)
        for ink in Ink.allCases {
            #expect(palette.look(of: Style(ink, selected: true)).colors == Palette.ColorPair())
        }
    }

    @Test(arguments: Theme.allCases, [Palette.Depth.cube, .direct])
    func theSeriesCanBeToldApart(theme: Theme, depth: Palette.Depth) {
        let palette = Palette(depth: depth, theme: theme)
        #expect(Set((0..<6).map { palette.look(of: .series($0)).colors }).count == 6)
        #expect(Set([Style.good, .warning, .alert, .text].map { palette.look(of: $0).colors }).count == 4)
    }

    @Test(arguments: Palette.Depth.allCases)
    func troubleLooksUnlikeCalm(depth: Palette.Depth) {
        for theme in Theme.allCases {
            let palette = Palette(depth: depth, theme: theme)
            #expect(palette.look(of: .alert) != palette.look(of: .text))
            #expect(palette.look(of: .alert) != palette.look(of: .warning))
            #expect(palette.look(of: .alert.dimmed) != palette.look(of: .text))
        }
    }

    @Test(arguments: Theme.allCases, Palette.Depth.allCases)
    func theSelectedRowStandsOut(theme: Theme, depth: Palette.Depth) {
        let palette = Palette(depth: depth, theme: theme)
        for ink in Ink.allCases {
            #expect(palette.look(of: Style(ink, selected: true)) != palette.look(of: Style(ink)))
        }
        #expect(palette.look(of: Style.text.dimmed) != palette.look(of: .text))
    }

    @Test(arguments: Theme.allCases, Palette.Depth.allCases)
    func pairsFitIntoTheOldestCurses(theme: Theme, depth: Palette.Depth) {
        let palette = Palette(depth: depth, theme: theme)
        var pairs: Set<Palette.ColorPair> = []
        for style in ContrastTests.styles { pairs.insert(palette.look(of: style).colors) }
        #expect(pairs.count < 255)
    }

    @Test func aThemeNeedsManyColorsForItsOwn() {
        #expect(Palette(depth: .cube, theme: .light).ground.background == 231)
        #expect(Palette(depth: .direct, theme: .light).ground.background == 0xFFFFFF)
        #expect(Palette(depth: .direct, theme: .dark).ground.background == 0x12161C)
        #expect(Palette(depth: .sixteen, theme: .light).ground == Palette.ColorPair())
        #expect(Palette(depth: .cube).ground == Palette.ColorPair())
    }

    @Test func theNearestColorOfTheCubeIsFound() {
        for index in ColorCube.indices {
            let color = ColorCube.color(at: index)
            #expect(ColorCube.color(at: ColorCube.nearest(to: color)) == color)
        }
        #expect(ColorCube.nearest(to: RGBColor(0x12161C)) == 233)
        #expect(ColorCube.nearest(to: RGBColor(0xFE0102)) == 196)
    }

    @Test(arguments: [
        ("xterm-256color", "truecolor", "xterm-direct"), ("tmux-256color", "24bit", "tmux-direct"),
        ("xterm-256color", "yes", nil), ("xterm-256color", nil, nil), ("xterm-direct", "truecolor", nil),
        ("linux", "truecolor", nil),
    ])
    func directColorsAreUsedWhereTheTerminalSaysSo(type: String, colorTerm: String?, direct: String?) {
        #expect(TerminalKind.directType(of: type, colorTerm: colorTerm) == direct)
    }

    @Test(arguments: [
        ("xterm", nil, false), ("linux", nil, true), ("linux-16color", nil, true), ("xterm", "15;0", true),
        ("rxvt", "15;default;0", true), ("xterm", "0;15", false), ("xterm", "0;7", false), ("xterm", "7;8", true),
        ("xterm", "default", false),
    ])
    func theGroundIsKnownWhereTheEnvironmentTells(type: String, colors: String?, isDark: Bool) {
        #expect(TerminalKind(type: type, colors: colors).isGroundDark == isDark)
    }
}
