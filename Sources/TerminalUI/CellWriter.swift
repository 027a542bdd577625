/// Takes the contents of a table's cells one after another, before it is known how wide the columns will be.
///
/// What is written becomes cells at once and for good: it is read, made harmless and measured in a single pass.
package struct CellWriter {
    /// All that was written, side by side; so many cells are so many columns.
    private(set) var cells: [Cell] = []
    /// More columns than this are of no use in the entry under way.
    private var limit = 0
    private var end = 0

    /// Begins an entry of at most `columns` columns and one more, by which it shows that something was cut.
    mutating func begin(columns: Int) {
        limit = columns
        end = cells.count + columns + 1
    }

    mutating func reserve(_ count: Int) { cells.reserveCapacity(count) }

    /// Writes text; nothing in it is obeyed.
    package mutating func write(_ text: String, _ style: Style = .text) {
        var text = text
        text.withUTF8 { bytes in
            var reader = GlyphReader(bytes)
            while cells.count < end, let glyph = reader.next() {
                cells.append(Cell(glyph, style: style))
                if glyph.width == 2 { cells.append(.rightHalf(style: style)) }
            }
        }
    }

    package mutating func write(_ spans: [Span]) {
        for span in spans { write(span.text, span.style) }
    }

    /// Writes a glyph of our own, one column wide.
    mutating func write(_ cell: Cell) {
        if cells.count < end { cells.append(cell) }
    }
}

extension CellBuffer {
    /// Places an entry into the first row of a rectangle; what is too long is cut with an ellipsis.
    mutating func place(_ written: [Cell], _ entry: Range<Int>, in line: Rect, alignment: Alignment) {
        let room = line.intersection(area)
        guard !room.isEmpty, !entry.isEmpty else { return }
        let isCut = entry.count > room.width
        var count = isCut ? room.width - 1 : entry.count
        // A wide grapheme that loses one half loses the other.
        if isCut, written[entry.lowerBound + count].width == 0 { count -= 1 }
        let offset = isCut ? 0 : alignment.offset(of: count, in: room.width)
        let start = room.y * size.width + room.x + offset
        detachLeftHalf(before: start)
        for index in 0..<count { cells[start + index] = written[entry.lowerBound + index] }
        if isCut {
            cells[start + count] = .ellipsis(style: written[entry.lowerBound + count].style)
            count += 1
        }
        let end = start + count
        if end < (room.y + 1) * size.width { detachRightHalf(at: end) }
    }
}

extension Cell {
    static func ellipsis(style: Style) -> Cell { Cell(Glyph(bits: 0x2026, width: 1), style: style) }
}
