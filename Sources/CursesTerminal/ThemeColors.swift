internal import TerminalUI

/// The colours of a theme that has its own background.
///
/// The contrast of each with what it stands on is at least that of WCAG 2 AA, as computed: 4.5 for text, 3 for borders;
/// in direct colours and in the nearest ones of the cube.
struct ThemeColors: Sendable {
    /// An ink as it is, stepping back, and on the band of the selected row.
    typealias Shade = (plain: UInt32, dim: UInt32, onBand: UInt32)

    let ground: UInt32
    /// The background of the selected row, and what steps back on it.
    let band: UInt32
    let dimOnBand: UInt32
    private let shades: @Sendable (Ink) -> Shade

    func shade(of ink: Ink) -> Shade { shades(ink) }

    /// The colours of a theme; nil for the one that takes the terminal's.
    init?(_ theme: Theme) {
        switch theme {
        case .terminal: return nil
        case .dark:
            (ground, band, dimOnBand) = (0x12161C, 0x262C34, 0xA0A7AE)
            shades = Self.darkShade
        case .light:
            (ground, band, dimOnBand) = (0xFFFFFF, 0xDFE6EE, 0x4F565E)
            shades = Self.lightShade
        }
    }

    private static func darkShade(_ ink: Ink) -> Shade {
        switch ink {
        case .text: (0xD0D6DD, 0x949BA3, 0xE4E8EC)
        case .strong: (0xFFFFFF, 0x949BA3, 0xFFFFFF)
        case .title: (0xF4F6F8, 0x949BA3, 0xFFFFFF)
        case .muted: (0xA6B0BA, 0x8F969E, 0xB8C1CA)
        case .faint: (0x8D959E, 0x848B93, 0xA6AEB6)
        case .border: (0x666E78, 0x666E78, 0x9AA2AB)
        case .accent, .focusedBorder, .key, .badge: (0x5FC3EA, 0x7AA0B3, 0x7FD3F5)
        case .good, .series2: (0x5FC98A, 0x7DA88C, 0x7FDBA2)
        case .warning: (0xE8B64C, 0xB0975F, 0xF2C766)
        case .alert: (0xFF8A80, 0xC48F8A, 0xFFA39B)
        case .series1: (0x87AFFF, 0x8496BD, 0xA3C1FF)
        case .series3: (0xD7A5FF, 0xA58FB8, 0xE0BAFF)
        case .series4: (0xFFAF5F, 0xB8956F, 0xFFC48A)
        case .series5: (0x5FD7D7, 0x78A8A8, 0x87E5E5)
        case .series6: (0xFF87AF, 0xBD8799, 0xFFA3C2)
        }
    }

    private static func lightShade(_ ink: Ink) -> Shade {
        switch ink {
        case .text: (0x1F2730, 0x676E76, 0x12171D)
        case .strong: (0x000000, 0x676E76, 0x000000)
        case .title: (0x101418, 0x676E76, 0x000000)
        case .muted: (0x555D66, 0x6C737A, 0x454C54)
        case .faint: (0x656C74, 0x70767D, 0x50575E)
        case .border: (0x868D95, 0x868D95, 0x656C74)
        case .accent, .focusedBorder, .key, .badge: (0x005F87, 0x4A6E80, 0x004F73)
        case .good, .series2: (0x0B6B2C, 0x4A7056, 0x005A1E)
        case .warning: (0x875F00, 0x776741, 0x6B4700)
        case .alert: (0xC01818, 0x96564F, 0xA00F0F)
        case .series1: (0x1F5FD0, 0x56689A, 0x184FB0)
        case .series3: (0x8700AF, 0x79608A, 0x6F0F92)
        case .series4: (0xA85800, 0x85654A, 0x7A3A00)
        case .series5: (0x00706B, 0x47706E, 0x00605C)
        case .series6: (0xAF005F, 0x8F5A72, 0x95104F)
        }
    }
}
