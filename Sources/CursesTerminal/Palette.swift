internal import CNCurses
internal import TerminalUI

/// How styles look on a terminal of so many colours, in a theme.
///
/// Structure is grey, one accent leads the eye, green, amber and red are kept for states; none of them says anything
/// that a word or a glyph does not say too.
struct Palette: Sendable {
    /// A foreground and a background as curses numbers them; -1 is the terminal's own.
    struct ColorPair: Hashable, Sendable {
        var foreground: Int32 = -1
        var background: Int32 = -1
    }

    struct Look: Hashable, Sendable {
        var colors = ColorPair()
        var isBold = false
        var isDim = false
        var isUnderlined = false
        var isReversed = false

        var attributes: UInt16 {
            var bits = 0
            if isBold { bits |= CNCURSES_BOLD }
            if isDim { bits |= CNCURSES_DIM }
            if isUnderlined { bits |= CNCURSES_UNDERLINE }
            if isReversed { bits |= CNCURSES_REVERSE }
            return UInt16(bits)
        }
    }

    enum Depth: Hashable, Sendable, CaseIterable {
        case none, eight, sixteen, cube, direct

        /// The depth used on a terminal that has so many colours.
        init(colorCount: Int) {
            switch colorCount {
            case ..<8: self = .none
            case ..<16: self = .eight
            case ..<256: self = .sixteen
            case ..<0x100_0000: self = .cube
            default: self = .direct
            }
        }
    }

    let depth: Depth
    var kind = TerminalKind()
    private let colors: ThemeColors?

    /// A theme's own colours need 256 to choose from; with fewer the terminal's are taken, and the theme says whether
    /// they stand on black.
    init(depth: Depth, theme: Theme = .terminal, kind: TerminalKind = TerminalKind()) {
        self.depth = depth
        self.kind = kind
        if theme == .dark { self.kind.isGroundDark = true }
        if theme == .light { self.kind.isGroundDark = false }
        colors = depth == .cube || depth == .direct ? ThemeColors(theme) : nil
    }

    func look(of style: Style) -> Look {
        var look: Look
        switch depth {
        case .none: look = Self.withoutColor(style)
        case .eight, .sixteen: look = withFewColors(style)
        case .cube, .direct: look = withManyColors(style)
        }
        if style.isBold { look.isBold = true }
        if style.isUnderlined { look.isUnderlined = true }
        if style.isReversed { look.isReversed.toggle() }
        return look
    }

    /// What stands where nothing is written.
    var ground: ColorPair { look(of: .text).colors }

    // MARK: 256 colours and more

    private func withManyColors(_ style: Style) -> Look {
        let isBold = Self.isBold(style.ink) && !style.isDim
        return Look(colors: manyColors(style), isBold: isBold, isReversed: style.ink == .badge)
    }

    private func manyColors(_ style: Style) -> ColorPair {
        guard let colors else {
            let shade = Self.ownShade(of: style.ink)
            guard style.isSelected else {
                let index = style.isDim ? shade.dim : shade.plain
                return ColorPair(foreground: index.map(number) ?? -1)
            }
            let index = style.isDim ? Self.ownDimOnBand : shade.onBand
            return ColorPair(foreground: number(index), background: number(Self.ownBand))
        }
        let shade = colors.shade(of: style.ink)
        guard style.isSelected else {
            return ColorPair(
                foreground: number(style.isDim ? shade.dim : shade.plain),
                background: number(colors.ground)
            )
        }
        return ColorPair(
            foreground: number(style.isDim ? colors.dimOnBand : shade.onBand),
            background: number(colors.band)
        )
    }

    /// The number curses has for a colour: itself, or the nearest in the cube.
    private func number(_ hex: UInt32) -> Int32 {
        depth == .direct ? Int32(hex) : Int32(ColorCube.nearest(to: RGBColor(hex)))
    }

    private func number(_ index: Int) -> Int32 {
        depth == .direct ? Int32(ColorCube.color(at: index).hex) : Int32(index)
    }

    // MARK: No colour

    private static func withoutColor(_ style: Style) -> Look {
        var look = Look()
        look.isBold = (isBold(style.ink) || style.ink == .alert || style.ink == .accent) && !style.isDim
        look.isDim = style.isDim || isQuiet(style.ink)
        look.isReversed = style.isSelected != (style.ink == .badge)
        return look
    }

    static func isBold(_ ink: Ink) -> Bool {
        switch ink {
        case .strong, .title, .key, .badge: true
        default: false
        }
    }

    private static func isQuiet(_ ink: Ink) -> Bool {
        switch ink {
        case .muted, .faint, .border: true
        default: false
        }
    }
}
