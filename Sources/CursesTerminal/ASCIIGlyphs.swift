/// What stands in for the glyphs of a dashboard where a terminal can show ASCII only.
enum ASCIIGlyphs {
    static func substitute(for base: UInt32) -> UInt32 {
        guard base >= 0x80 else { return base }
        guard let scalar = Unicode.Scalar(base) else { return question }
        switch scalar {
        case "─", "━", "═", "╌", "┄", "–", "—", "‐": return UInt32(ascii: "-")
        case "│", "┃", "║", "┆", "┊", "▏", "▎", "▍", "▕", "▐": return UInt32(ascii: "|")
        case "\u{250C}"..."\u{254B}", "╒"..."╬", "╭"..."╰": return UInt32(ascii: "+")
        case "▁": return UInt32(ascii: "_")
        case "▂", "·", "░": return UInt32(ascii: ".")
        case "▃", "▒": return UInt32(ascii: ":")
        case "▄": return UInt32(ascii: "-")
        case "▅": return UInt32(ascii: "=")
        case "▆", "✓", "✔": return UInt32(ascii: "+")
        case "▇", "●", "•": return UInt32(ascii: "*")
        case "█", "▉", "▊", "▋", "▌", "▓", "■": return UInt32(ascii: "#")
        case "○", "◐", "◑", "◌": return UInt32(ascii: "o")
        case "▲", "◆", "⚠": return UInt32(ascii: "!")
        case "▸", "▶", "→", "»", "›": return UInt32(ascii: ">")
        case "◂", "◀", "←", "«", "‹": return UInt32(ascii: "<")
        case "↑", "▴": return UInt32(ascii: "^")
        case "↓", "▾", "▼": return UInt32(ascii: "v")
        case "×", "✗", "✘": return UInt32(ascii: "x")
        case "…": return UInt32(ascii: "~")
        case "‘", "’": return UInt32(ascii: "'")
        case "“", "”": return UInt32(ascii: "\"")
        default: return question
        }
    }

    private static let question = UInt32(ascii: "?")
}

extension UInt32 {
    fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
