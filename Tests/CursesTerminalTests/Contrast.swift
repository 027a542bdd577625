import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

@testable import CursesTerminal

/// The contrast of two colours, from 1 to 21, as WCAG 2 computes it (sRGB, relative luminance).
func contrast(_ first: RGBColor, _ second: RGBColor) -> Double {
    let (light, dark) = (max(luminance(first), luminance(second)), min(luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
}

private func luminance(_ color: RGBColor) -> Double {
    func linear(_ part: UInt8) -> Double {
        let share = Double(part) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
}

/// What a terminal shows for the colours it calls its own, and for its first 16.
struct KnownTerminal: Sendable, CustomStringConvertible {
    let description: String
    let foreground: RGBColor
    let background: RGBColor
    let colors: [RGBColor]
    /// Whether bold text in one of the first eight colours is shown in the bright one.
    let brightensBold: Bool
    var kind = TerminalKind()

    private init(
        _ name: String,
        _ foreground: UInt32,
        on background: UInt32,
        _ colors: [UInt32],
        brightensBold: Bool,
        kind: TerminalKind = TerminalKind()
    ) {
        description = name
        self.foreground = RGBColor(foreground)
        self.background = RGBColor(background)
        self.colors = colors.map { RGBColor($0) }
        self.brightensBold = brightensBold
        self.kind = kind
    }

    private static let xterm: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    private static let solarized: [UInt32] = [
        0x073642, 0xDC322F, 0x859900, 0xB58900, 0x268BD2, 0xD33682, 0x2AA198, 0xEEE8D5,
        0x002B36, 0xCB4B16, 0x586E75, 0x657B83, 0x839496, 0x6C71C4, 0x93A1A1, 0xFDF6E3,
    ]
    private static let console: [UInt32] = [
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ]

    static let xtermOnWhite = KnownTerminal("xterm on white", 0x000000, on: 0xFFFFFF, xterm, brightensBold: true)
    static let xtermOnBlack = KnownTerminal("xterm on black", 0xE5E5E5, on: 0x000000, xterm, brightensBold: true)
    static let plainXterm = KnownTerminal("xterm without bright bold", 0, on: 0xFFFFFF, xterm, brightensBold: false)
    static let solarizedDark = KnownTerminal(
        "Solarized dark",
        0x839496,
        on: 0x002B36,
        solarized,
        brightensBold: false
    )
    static let solarizedLight = KnownTerminal(
        "Solarized light",
        0x657B83,
        on: 0xFDF6E3,
        solarized,
        brightensBold: false
    )
    static let linuxConsole = KnownTerminal(
        "Linux console",
        0xAAAAAA,
        on: 0x000000,
        console,
        brightensBold: true,
        kind: TerminalKind(type: "linux", colors: nil)
    )
    /// One that tells its background.
    static let xtermToldBlack = KnownTerminal(
        "xterm with COLORFGBG",
        0xE5E5E5,
        on: 0x000000,
        xterm,
        brightensBold: true,
        kind: TerminalKind(type: "xterm", colors: "15;0")
    )

    static let all = [
        xtermOnWhite, xtermOnBlack, plainXterm, solarizedDark, solarizedLight, linuxConsole, xtermToldBlack,
    ]

    /// The two colours that a look has on this terminal, what stands in front first.
    func shown(_ look: Palette.Look, depth: Palette.Depth) -> (front: RGBColor, behind: RGBColor) {
        var foreground = look.colors.foreground
        if look.isBold, brightensBold, 0..<8 ~= foreground, depth == .eight || depth == .sixteen { foreground += 8 }
        let front = color(foreground, depth: depth) ?? self.foreground
        let behind = color(look.colors.background, depth: depth) ?? background
        return look.isReversed ? (behind, front) : (front, behind)
    }

    private func color(_ number: Int32, depth: Palette.Depth) -> RGBColor? {
        guard number >= 0 else { return nil }
        if depth == .direct { return RGBColor(UInt32(number)) }
        return number < 16 ? colors[Int(number)] : ColorCube.color(at: Int(number))
    }
}
