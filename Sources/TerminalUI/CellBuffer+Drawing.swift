extension CellBuffer {
    /// Writes spans into the first row of a rectangle; what is too long is cut with an ellipsis.
    package mutating func write(_ spans: [Span], in line: Rect, alignment: Alignment = .leading) {
        guard !line.isEmpty else { return }
        let width = spans.width
        if width <= line.width {
            let x = line.x + alignment.offset(of: width, in: line.width)
            write(spans, at: Point(x: x, y: line.y), in: line)
        } else {
            write(spans.truncated(to: line.width), at: line.origin, in: line)
        }
    }

    /// Fills a rectangle with one glyph; a glyph that is not one column wide shows as the replacement glyph.
    package mutating func fill(_ rect: Rect, with glyph: Character = " ", style: Style = .text) {
        let cell = Cell.oneColumn(glyph, style: style)
        let rect = rect.intersection(area)
        for y in rect.minY..<rect.maxY where rect.width > 0 {
            let start = y * size.width + rect.minX
            let end = start + rect.width
            detachLeftHalf(before: start)
            for index in start..<end { cells[index] = cell }
            detachRightHalf(at: end)
        }
    }

    /// Changes the style of every cell of a rectangle and keeps what they show.
    ///
    /// A wide grapheme that only begins in the rectangle changes as a whole, one that only ends in it does not.
    package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
        let rect = rect.intersection(area)
        for y in rect.minY..<rect.maxY where rect.width > 0 {
            var index = y * size.width + rect.minX
            var end = index + rect.width
            if cells[index].width == 0 { index += 1 }
            if cells[end - 1].width == 2 { end += 1 }
            while index < end {
                cells[index].style = change(cells[index].style)
                index += 1
            }
        }
    }

    /// Draws a rounded frame along the edges of a rectangle, with labels set into its top and bottom lines.
    ///
    /// Labels are cut to fit; where both of a line do not fit, the leading one keeps at least half of it, and all of
    /// it where too little of the other would remain. The inside is left as it is. A rectangle of one row or column has no frame.
    package mutating func drawBox(
        _ rect: Rect,
        style: Style,
        topLeading: [Span] = [],
        topTrailing: [Span] = [],
        bottomLeading: [Span] = [],
        bottomTrailing: [Span] = []
    ) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let bottom = rect.maxY - 1
        fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), with: "─", style: style)
        fill(Rect(x: rect.x, y: bottom, width: rect.width, height: 1), with: "─", style: style)
        fill(Rect(x: rect.x, y: rect.y + 1, width: 1, height: rect.height - 2), with: "│", style: style)
        fill(Rect(x: rect.maxX - 1, y: rect.y + 1, width: 1, height: rect.height - 2), with: "│", style: style)
        for (glyph, x, y) in [
            ("╭", rect.x, rect.y), ("╮", rect.maxX - 1, rect.y), ("╰", rect.x, bottom), ("╯", rect.maxX - 1, bottom),
        ] {
            write(glyph, at: Point(x: x, y: y), in: rect, style: style)
        }
        let line = rect.inset(dx: 2).row(0)
        write(leading: topLeading, trailing: topTrailing, in: line, style: style)
        write(
            leading: bottomLeading,
            trailing: bottomTrailing,
            in: Rect(x: line.x, y: bottom, width: line.width, height: line.height),
            style: style
        )
    }

    private mutating func write(leading: [Span], trailing: [Span], in line: Rect, style: Style) {
        let widths = Self.labelWidths(leading: leading.width, trailing: trailing.width, available: line.width)
        let blank = [Span(" ", style)]
        if widths.leading > 0 {
            let label = blank + leading.truncated(to: widths.leading) + blank
            write(label, at: line.origin, in: line)
        }
        if widths.trailing > 0 {
            let label = blank + trailing.truncated(to: widths.trailing) + blank
            write(label, at: Point(x: line.maxX - label.width, y: line.y), in: line)
        }
    }

    /// The columns two labels get, each without the space on either side of it; 0 for one that has no room.
    static func labelWidths(leading: Int, trailing: Int, available: Int) -> (leading: Int, trailing: Int) {
        func fitted(_ width: Int, _ room: Int) -> Int { width > 0 ? max(0, min(width, room - 2)) : 0 }
        guard leading > 0, trailing > 0 else { return (fitted(leading, available), fitted(trailing, available)) }
        // One column of line stays visible between the two.
        let left = fitted(leading, max(available - trailing - 3, available / 2))
        let right = fitted(trailing, available - left - 3)
        // A stump of a label says nothing: rather more of the other.
        return right < min(trailing, 6) ? (fitted(leading, available), 0) : (left, right)
    }
}

extension Cell {
    static func oneColumn(_ character: Character, style: Style) -> Cell {
        var text = String(character)
        let glyph = text.withUTF8 { bytes in
            var reader = GlyphReader(bytes)
            return reader.next() ?? .blank
        }
        return Cell(glyph.width == 1 ? glyph : .replacement, style: style)
    }
}
