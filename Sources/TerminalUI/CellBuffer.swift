/// A frame: a grid of cells, drawn by views and presented by a terminal.
///
/// Writing clips to the rectangle given and to the buffer, and cannot fail. The widths of the cells of a row always
/// add up to the width of the buffer: a wide grapheme that loses one half loses the other.
package struct CellBuffer: Equatable, Sendable {
    package let size: Size

    /// The cells, row after row.
    package internal(set) var cells: [Cell]

    /// Where the terminal's cursor is shown; nil hides it.
    package var cursor: Point?

    package init(size: Size) {
        self.size = Size(width: max(0, size.width), height: max(0, size.height))
        cells = Array(repeating: .blank, count: self.size.width * self.size.height)
    }

    package var area: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

    /// The cell at a place; blank outside.
    package subscript(x: Int, y: Int) -> Cell {
        area.contains(Point(x: x, y: y)) ? cells[y * size.width + x] : .blank
    }

    /// Overwrites every cell where it stands, unless another frame shares the memory.
    package mutating func erase() {
        for index in cells.indices { cells[index] = .blank }
        cursor = nil
    }

    /// The text of a row, spaces included; empty outside.
    package func text(ofRow row: Int) -> String {
        guard row >= 0, row < size.height else { return "" }
        return cells[row * size.width..<(row + 1) * size.width].reduce(into: "") { $0 += $1.text }
    }

    /// Writes text in one row, cut at the edges of `clip`: the only way a string becomes cells.
    ///
    /// Whatever the text holds is shown, never obeyed: control characters, escape sequences, bidirectional overrides
    /// and invisible characters each become one visible glyph.
    ///
    /// - Returns: The columns used, up to the right edge; 0 where the row is outside.
    @discardableResult
    package mutating func write(_ text: String, at point: Point, in clip: Rect, style: Style = .text) -> Int {
        let room = clip.intersection(area)
        guard room.width > 0, point.y >= room.minY, point.y < room.maxY, point.x < room.maxX else { return 0 }
        var text = text
        let row = point.y * size.width
        return text.withUTF8 { bytes in
            write(bytes, at: row + point.x, from: row + room.minX, to: row + room.maxX, style: style)
        }
    }

    /// Writes spans side by side as `write(_:at:in:style:)` does.
    @discardableResult
    package mutating func write(_ spans: [Span], at point: Point, in clip: Rect) -> Int {
        var used = 0
        for span in spans {
            used += write(span.text, at: Point(x: point.x + used, y: point.y), in: clip, style: span.style)
        }
        return used
    }

    /// `place`, `first` and `end` are indices of cells of one row, `first` and `end` the edges of the clip.
    private mutating func write(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at place: Int,
        from first: Int,
        to end: Int,
        style: Style
    ) -> Int {
        var reader = GlyphReader(bytes)
        var index = place
        var isFirstCell = true
        while index < end, let glyph = reader.next() {
            let next = index + glyph.width
            defer { index = next }
            guard next > first else { continue }
            if isFirstCell {
                isFirstCell = false
                detachLeftHalf(before: max(index, first))
            }
            if index < first || next > end {
                cells[index < first ? first : index] = Cell(.blank, style: style)
                continue
            }
            cells[index] = Cell(glyph, style: style)
            if glyph.width == 2 { cells[index + 1] = .rightHalf(style: style) }
        }
        index = min(index, end)
        // The first cell of a row is never a right half, so this stays within the row.
        if !isFirstCell { detachRightHalf(at: index) }
        return index - place
    }

    /// Blanks the left half of a wide grapheme whose right half at `index` is about to be written over.
    mutating func detachLeftHalf(before index: Int) {
        guard index < cells.count, cells[index].width == 0, index > 0 else { return }
        cells[index - 1] = Cell(.blank, style: cells[index - 1].style)
    }

    /// Blanks a right half at `index` whose left half was written over.
    mutating func detachRightHalf(at index: Int) {
        guard index < cells.count, cells[index].width == 0 else { return }
        cells[index] = Cell(.blank, style: cells[index].style)
    }
}
