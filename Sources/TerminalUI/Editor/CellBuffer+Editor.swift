/// What an editor shows besides its text.
package struct EditorMarks: Equatable, Sendable {
    /// Places that stand out: the two brackets that belong together, one character each.
    package var brackets: [TextPosition]
    /// Where something is wrong with the text.
    package var error: TextPosition?

    package init(brackets: [TextPosition] = [], error: TextPosition? = nil) {
        self.brackets = brackets
        self.error = error
    }
}

extension CellBuffer {
    /// The columns that an editor's line numbers take, with the space behind them; 0 where they would take too much.
    package static func gutterWidth(of editor: TextEditor, in width: Int) -> Int {
        let gutter = max(2, String(editor.document.lines.count).utf8.count) + 1
        return width >= gutter * 4 ? gutter : 0
    }

    /// Draws the lines of an editor from its `top` and `left` on, with line numbers and the terminal's cursor.
    package mutating func draw(_ editor: TextEditor, in rect: Rect, marks: EditorMarks = EditorMarks()) {
        let gutter = Self.gutterWidth(of: editor, in: rect.width)
        let room = Rect(x: rect.x + gutter, y: rect.y, width: rect.width - gutter, height: rect.height)
        for row in 0..<rect.height {
            let line = editor.top + row
            fill(Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1))
            guard editor.document.lines.indices.contains(line) else { continue }
            let isCurrent = line == editor.cursor.line
            let number = String(repeating: " ", count: max(0, gutter - 1 - String(line + 1).utf8.count)) + "\(line + 1)"
            let isWrong = marks.error?.line == line
            let style = Style(isWrong ? .alert : isCurrent ? .strong : .faint)
            if gutter > 0 { write(number, at: Point(x: rect.x, y: rect.y + row), in: rect, style: style) }
            draw(line, of: editor, in: room.row(row), marks: marks)
        }
        let column = editor.document.column(of: editor.cursor) - editor.left
        let point = Point(x: room.x + column, y: rect.y + editor.cursor.line - editor.top)
        cursor = column >= 0 && room.contains(point) ? point : nil
    }

    private mutating func draw(_ line: Int, of editor: TextEditor, in row: Rect, marks: EditorMarks) {
        let text = editor.document.lines[line]
        let start = TextWidth.place(in: text, atColumn: editor.left)
        // All of a short line is left of the edge.
        if start.column < editor.left, start.offset == text.utf8.count { return }
        // A wide character that begins left of the edge shows nothing of itself.
        var x = row.x + (start.column < editor.left ? 1 : 0)
        var offset = start.column < editor.left ? Self.end(of: start.offset, in: text) : start.offset
        let edges = Self.edges(of: line, in: editor, marks)
        while offset < text.utf8.count, x < row.maxX {
            let end = edges.first { $0 > offset } ?? text.utf8.count
            let style = Self.style(at: TextPosition(line: line, offset: offset), in: editor, marks)
            let utf8 = text.utf8
            let from = utf8.index(utf8.startIndex, offsetBy: offset)
            // As many bytes as could be drawn here: a line of a megabyte is not measured to its end.
            var limit = utf8.index(from, offsetBy: min(end - offset, (row.maxX - x) * 16))
            while limit < utf8.endIndex, utf8[limit] & 0xC0 == 0x80 { limit = utf8.index(before: limit) }
            let piece = TextWidth.prefix(of: String(Substring(utf8[from..<limit])), fitting: row.maxX - x)
            write(piece.text, at: Point(x: x, y: row.y), in: row, style: style)
            x += piece.width
            guard !piece.text.isEmpty else { break }
            offset += piece.text.utf8.count
        }
        // A selected line end is one selected column.
        let lineEnd = TextPosition(line: line, offset: text.utf8.count)
        if x < row.maxX, offset == text.utf8.count, editor.selection?.contains(lineEnd) == true {
            fill(Rect(x: x, y: row.y, width: 1, height: 1), style: Style(selected: true))
        }
    }

    private static func end(of offset: Int, in text: String) -> Int {
        let utf8 = text.utf8
        let index = utf8.index(utf8.startIndex, offsetBy: offset)
        return utf8.distance(from: utf8.startIndex, to: text.index(after: index))
    }

    /// The bytes of a line where its style changes.
    private static func edges(of line: Int, in editor: TextEditor, _ marks: EditorMarks) -> [Int] {
        var edges: [Int] = []
        if let selection = editor.selection {
            for end in [selection.lowerBound, selection.upperBound] where end.line == line { edges.append(end.offset) }
        }
        for place in marks.brackets + (marks.error.map { [$0] } ?? []) where place.line == line {
            edges.append(place.offset)
            if let next = editor.document.position(after: place), next.line == line { edges.append(next.offset) }
        }
        return edges.sorted()
    }

    private static func style(at place: TextPosition, in editor: TextEditor, _ marks: EditorMarks) -> Style {
        let isSelected = editor.selection?.contains(place) ?? false
        if marks.error == place { return Style(.alert, bold: true, underlined: true, selected: isSelected) }
        if marks.brackets.contains(place) { return Style(.accent, bold: true, underlined: true, selected: isSelected) }
        return Style(selected: isSelected)
    }
}
