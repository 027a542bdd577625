internal import TerminalUI

/// The colours for a background that is not known: plain text is the terminal's own.
///
/// No colour has a contrast of 4.5 on white, on black and on Solarized's backgrounds alike; those of the cube that are
/// used here have at least 3 on each of them, and the other themes have more. Of the terminal's 16, whose green,
/// amber and cyan vanish on white, only red stands on all of them; amber is black on yellow.
extension Palette {
    /// An ink in the cube as it is, stepping back, and on the band of the selected row; nil is the terminal's own.
    typealias OwnShade = (plain: Int?, dim: Int?, onBand: Int)

    /// Background of the selected row: a grey that needs light text on it, whatever the terminal's own colours are.
    static let ownBand = 237
    static let ownDimOnBand = 248

    static func ownShade(of ink: Ink) -> OwnShade {
        switch ink {
        case .text: (nil, 244, 252)
        case .strong, .title: (nil, 244, 231)
        case .muted: (244, 243, 250)
        case .faint: (243, 243, 248)
        case .border: (243, 243, 248)
        case .accent, .focusedBorder, .key, .badge: (32, 67, 74)
        case .good, .series2: (28, 65, 114)
        case .warning: (136, 101, 220)
        case .alert: (167, 131, 210)
        case .series1: (68, 67, 111)
        case .series3: (134, 97, 183)
        case .series4: (166, 131, 215)
        case .series5: (30, 66, 116)
        case .series6: (168, 132, 211)
        }
    }

    // MARK: 8 and 16 colours

    private enum Own {
        static let black: Int32 = 0
        static let red: Int32 = 1
        static let green: Int32 = 2
        static let yellow: Int32 = 3
        static let magenta: Int32 = 5
        static let cyan: Int32 = 6
        static let brightRed: Int32 = 9
    }

    func withFewColors(_ style: Style) -> Look {
        let ink = style.ink
        var look = Look(colors: kind.isGroundDark ? fewColorsOnBlack(ink) : fewColors(ink))
        look.isBold = isBoldInFewColors(ink) && !style.isDim
        // Of eight, the red is too dark on black unless it is bold, which makes it bright.
        if depth == .eight, look.colors.foreground == Own.red { look.isBold = true }
        look.isDim = kind.canDim && (style.isDim || ink == .faint || ink == .border)
        look.isReversed = style.isSelected != (ink == .badge)
        return look
    }

    private func fewColors(_ ink: Ink) -> ColorPair {
        switch ink {
        case .alert: ColorPair(foreground: red)
        case .warning: ColorPair(foreground: Own.black, background: Own.yellow)
        default: ColorPair()
        }
    }

    /// Where the background is known to be black there is more to choose from; blue is too dark there.
    private func fewColorsOnBlack(_ ink: Ink) -> ColorPair {
        let foreground: Int32 =
            switch ink {
            case .text, .strong, .title, .muted, .faint, .border, .series5: -1
            case .accent, .focusedBorder, .key, .badge, .series1: Own.cyan
            case .good, .series2: Own.green
            case .warning, .series4: Own.yellow
            case .alert, .series6: red
            case .series3: Own.magenta
            }
        return ColorPair(foreground: foreground)
    }

    private var red: Int32 { depth == .eight ? Own.red : Own.brightRed }

    private func isBoldInFewColors(_ ink: Ink) -> Bool {
        switch ink {
        case .accent, .focusedBorder, .alert: true
        default: Self.isBold(ink)
        }
    }
}
