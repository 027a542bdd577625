internal import CNCurses
internal import TerminalUI

/// How styles look on a terminal of so many colours.
///
/// The terminal's own colours come first: plain text has no colour of its own. Structure is grey, one accent leads the
/// eye, green, amber and red are kept for states; none of them says anything that a word or a glyph does not say too.
struct Palette: Sendable {
    /// A foreground and a background; -1 is the terminal's own.
    struct ColorPair: Hashable, Sendable {
        var foreground: Int16
        var background: Int16 = -1
    }

    struct Look: Hashable, Sendable {
        var colors = ColorPair(foreground: -1)
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

    enum Depth: Hashable, Sendable {
        case none, eight, many

        /// The depth used on a terminal that has so many colours.
        init(colorCount: Int) {
            switch colorCount {
            case ..<8: self = .none
            case ..<256: self = .eight
            default: self = .many
            }
        }
    }

    let depth: Depth

    func look(of style: Style) -> Look {
        var look: Look
        switch depth {
        case .none: look = Self.withoutColor(style)
        case .eight: look = Self.withEightColors(style)
        case .many: look = Self.withManyColors(style)
        }
        if style.isBold { look.isBold = true }
        if style.isUnderlined { look.isUnderlined = true }
        if style.isReversed { look.isReversed.toggle() }
        return look
    }

    // MARK: 256 colours

    /// Background of the selected row: a grey that needs light text on it, whatever the terminal's own colours are.
    private static let band: Int16 = 237

    private static func withManyColors(_ style: Style) -> Look {
        let ink = style.ink
        let shade = shades(of: ink)
        var look = Look(colors: ColorPair(foreground: style.isDim ? shade.dim : shade.plain))
        if style.isSelected {
            look.colors = ColorPair(foreground: style.isDim ? 245 : shade.onBand, background: band)
        }
        look.isBold = isBold(ink) && !style.isDim
        look.isReversed = ink == .badge
        return look
    }

    private static func shades(of ink: Ink) -> (plain: Int16, dim: Int16, onBand: Int16) {
        switch ink {
        case .text: (-1, 244, 252)
        case .strong, .title: (-1, 244, 231)
        case .muted: (245, 241, 248)
        case .faint: (241, 239, 245)
        case .border: (240, 238, 245)
        case .accent, .focusedBorder, .key, .badge: (38, 31, 45)
        case .good: (71, 65, 77)
        case .warning: (178, 136, 220)
        case .alert: (167, 131, 210)
        case .series1: (68, 60, 111)
        case .series2: (71, 65, 77)
        case .series3: (140, 97, 183)
        case .series4: (172, 136, 215)
        case .series5: (73, 66, 116)
        case .series6: (168, 132, 211)
        }
    }

    // MARK: 8 and 16 colours

    private static func withEightColors(_ style: Style) -> Look {
        let ink = style.ink
        let foreground: Int16 =
            switch ink {
            case .text, .strong, .title, .muted, .faint, .border: -1
            case .accent, .focusedBorder, .key, .badge, .series5: 6
            case .good, .series2: 2
            case .warning, .series4: 3
            case .alert, .series6: 1
            case .series1: 4
            case .series3: 5
            }
        var look = Look(colors: ColorPair(foreground: foreground))
        look.isBold = isBold(ink) && !style.isDim
        // Bright black would do, but on some palettes it is the background.
        look.isDim = style.isDim || isQuiet(ink)
        look.isReversed = style.isSelected != (ink == .badge)
        return look
    }

    // MARK: No colour

    private static func withoutColor(_ style: Style) -> Look {
        var look = Look()
        look.isBold = (isBold(style.ink) || style.ink == .alert || style.ink == .accent) && !style.isDim
        look.isDim = style.isDim || isQuiet(style.ink)
        look.isReversed = style.isSelected != (style.ink == .badge)
        return look
    }

    private static func isBold(_ ink: Ink) -> Bool {
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
