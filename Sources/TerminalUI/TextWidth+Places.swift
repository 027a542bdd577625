extension TextWidth {
    /// The columns that the first `length` bytes of a text take where the whole is drawn.
    package static func width(of text: String, upTo length: Int) -> Int {
        var text = text
        return text.withUTF8 { bytes in
            var reader = GlyphReader(bytes)
            var width = 0
            while reader.position < length, let glyph = reader.next() { width += glyph.width }
            return width
        }
    }

    /// What is drawn at a column, or the end of the text where that comes before.
    ///
    /// - Returns: The bytes before the glyph that covers the column, and the column where that glyph begins.
    package static func place(in text: String, atColumn column: Int) -> (offset: Int, column: Int) {
        var text = text
        return text.withUTF8 { bytes in
            var reader = GlyphReader(bytes)
            var width = 0
            while true {
                let offset = reader.position
                guard let glyph = reader.next(), width + glyph.width <= column else { return (offset, width) }
                width += glyph.width
            }
        }
    }
}
