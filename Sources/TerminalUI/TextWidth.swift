/// Widths of text in terminal columns, as `CellBuffer` would draw it.
package enum TextWidth {
    /// Ends text that was cut.
    package static let ellipsis = "…"

    /// The columns the text takes.
    package static func width(of text: String) -> Int {
        reading(text) { reader in
            var width = 0
            while let glyph = reader.next() { width += glyph.width }
            return width
        }
    }

    /// The longest beginning of the text that fits into `columns`, and the columns it takes.
    package static func prefix(of text: String, fitting columns: Int) -> (text: String, width: Int) {
        let (length, width) = reading(text) { reader in
            var length = 0
            var width = 0
            while let glyph = reader.next(), width + glyph.width <= columns {
                width += glyph.width
                length = reader.position
            }
            return (length, width)
        }
        let end = text.utf8.index(text.utf8.startIndex, offsetBy: length)
        return (String(text[..<end]), width)
    }

    /// The text cut into pieces that each fit into `columns`, and none of it lost.
    ///
    /// A glyph that is wider than that is a piece of its own.
    package static func pieces(of text: String, fitting columns: Int) -> [String] {
        let lengths = reading(text) { reader in
            var lengths: [Int] = []
            var (start, end, width) = (0, 0, 0)
            while let glyph = reader.next() {
                if width + glyph.width > columns, end > start {
                    lengths.append(end - start)
                    (start, width) = (end, 0)
                }
                width += glyph.width
                end = reader.position
            }
            return end > start ? lengths + [end - start] : lengths
        }
        var rest = text.utf8[...]
        return lengths.map { length in
            let piece = rest.prefix(length)
            rest = rest.dropFirst(length)
            return String(Substring(piece))
        }
    }

    /// The text, or as much of it as fits into `columns` with an ellipsis at its end.
    package static func truncated(_ text: String, to columns: Int) -> String {
        guard width(of: text) > columns else { return text }
        guard columns > 0 else { return "" }
        return prefix(of: text, fitting: columns - 1).text + ellipsis
    }

    /// Whether a terminal shows the text as it is: nothing in it is a control, invisible, or drawn as something else.
    package static func isShownFaithfully(_ text: String) -> Bool {
        reading(text) { reader in
            while let glyph = reader.next() {
                if glyph == .replacement || (0x2400...0x2421).contains(glyph.bits) { return false }
            }
            return true
        }
    }

    private static func reading<Result>(_ text: String, _ body: (inout GlyphReader) -> Result) -> Result {
        var text = text
        return text.withUTF8 { bytes in
            var reader = GlyphReader(bytes)
            return body(&reader)
        }
    }
}
