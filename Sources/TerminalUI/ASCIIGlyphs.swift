/// What stands in for the glyphs of a dashboard where a terminal can show ASCII only.
package enum ASCIIGlyphs {
    /// Stands for what ASCII has nothing like, once for each of its columns.
    package static let replacement = UInt32(ascii: "?")

    /// The ASCII character for the base of a grapheme; `replacement` where there is none.
    package static func substitute(for base: UInt32) -> UInt32 {
        guard base >= 0x80 else { return base }
        guard let scalar = Unicode.Scalar(base) else { return replacement }
        return mark(for: scalar) ?? line(for: scalar) ?? block(for: scalar) ?? replacement
    }

    /// Marks, each unlike the others: they stand beside each other in one column.
    private static func mark(for scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "▲", "⚠": UInt32(ascii: "!")
        case "◆": UInt32(ascii: "*")
        case "·": UInt32(ascii: ".")
        case "●", "•", "✓", "✔": UInt32(ascii: "+")
        case "◐", "◑", "◌": UInt32(ascii: "o")
        case "○": UInt32(ascii: "0")
        case "⇉": UInt32(ascii: "&")
        case "▸", "▶", "→", "»", "›": UInt32(ascii: ">")
        case "◂", "◀", "←", "«", "‹": UInt32(ascii: "<")
        case "↑", "▴": UInt32(ascii: "^")
        case "↓", "▾", "▼": UInt32(ascii: "v")
        case "×", "✗", "✘": UInt32(ascii: "x")
        case "…": UInt32(ascii: "~")
        case "–", "—", "‐": UInt32(ascii: "-")
        case "‘", "’": UInt32(ascii: "'")
        case "“", "”": UInt32(ascii: "\"")
        default: nil
        }
    }

    private static func line(for scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "─", "╌", "┄": UInt32(ascii: "-")
        case "━", "═": UInt32(ascii: "=")
        case "│", "┃", "║", "┆", "┊": UInt32(ascii: "|")
        case "\u{250C}"..."\u{254B}", "╒"..."╬", "╭"..."╰": UInt32(ascii: "+")
        default: nil
        }
    }

    /// Blocks by how much ink they have: what stands for a higher one looks fuller.
    private static func block(for scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "▁": UInt32(ascii: "_")
        case "▂", "░": UInt32(ascii: ".")
        case "▃", "▒": UInt32(ascii: ":")
        case "▄": UInt32(ascii: "-")
        case "▅": UInt32(ascii: "=")
        case "▆": UInt32(ascii: "+")
        case "▇": UInt32(ascii: "*")
        case "█", "▉", "▊", "▋", "▌", "▓", "■": UInt32(ascii: "#")
        case "▏", "▎", "▍", "▕", "▐": UInt32(ascii: "|")
        default: nil
        }
    }
}

extension UInt32 {
    fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
