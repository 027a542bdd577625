extension TextDocument {
    /// The nearest place in the text that lies between two characters, at or behind `position`.
    package func aligned(_ position: TextPosition) -> TextPosition {
        let line = min(max(0, position.line), lines.count - 1)
        guard line == position.line else { return line == 0 ? .start : end }
        let text = lines[line]
        var offset = min(max(0, position.offset), text.utf8.count)
        while offset < text.utf8.count, !isBoundary(offset, of: text) { offset += 1 }
        return TextPosition(line: line, offset: offset)
    }

    /// One character on; at the end of a line the start of the next one, at the end of the text nil.
    package func position(after position: TextPosition) -> TextPosition? {
        let line = lines[position.line]
        guard position.offset < line.utf8.count else {
            guard position.line + 1 < lines.count else { return nil }
            return TextPosition(line: position.line + 1, offset: 0)
        }
        let next = line.index(after: index(position))
        return TextPosition(line: position.line, offset: line.utf8.distance(from: line.startIndex, to: next))
    }

    /// One character back; at the start of a line the end of the one before, at the start of the text nil.
    package func position(before position: TextPosition) -> TextPosition? {
        guard position.offset > 0 else {
            guard position.line > 0 else { return nil }
            return TextPosition(line: position.line - 1, offset: lines[position.line - 1].utf8.count)
        }
        let line = lines[position.line]
        let previous = line.index(before: index(position))
        return TextPosition(line: position.line, offset: line.utf8.distance(from: line.startIndex, to: previous))
    }

    /// Where the word ends that begins at or behind a place: over what is no word first, then over the word.
    package func wordEnd(after position: TextPosition) -> TextPosition {
        walk(from: position, next: { self.position(after: $0) }, character: { character(at: $0) })
    }

    /// Where the word begins that ends at or before a place.
    package func wordStart(before position: TextPosition) -> TextPosition {
        walk(from: position, next: { self.position(before: $0) }) { place in
            self.position(before: place).flatMap { character(at: $0) }
        }
    }

    private func walk(
        from start: TextPosition,
        next: (TextPosition) -> TextPosition?,
        character: (TextPosition) -> Character?
    ) -> TextPosition {
        var place = start
        var isInWord = false
        while let following = next(place) {
            let isWord = character(place).map(Self.isOfWord) ?? false
            if isInWord, !isWord { break }
            isInWord = isWord
            place = following
        }
        return place
    }

    static func isOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    /// Nil at the end of a line.
    package func character(at position: TextPosition) -> Character? {
        let line = lines[position.line]
        return position.offset < line.utf8.count ? line[index(position)] : nil
    }

    private func isBoundary(_ offset: Int, of text: String) -> Bool {
        let index = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
        return String.Index(index, within: text) != nil
    }
}

extension TextDocument {
    /// The columns from the start of a line to a place in it, as the line is drawn.
    package func column(of position: TextPosition) -> Int {
        TextWidth.width(of: lines[position.line], upTo: position.offset)
    }

    /// The last place in a line that lies at or before a column.
    package func position(line: Int, column: Int) -> TextPosition {
        let text = lines[line]
        let place = TextWidth.place(in: text, atColumn: column)
        var offset = place.offset
        while offset > 0, offset < text.utf8.count, !isBoundary(offset, of: text) { offset -= 1 }
        return TextPosition(line: line, offset: offset)
    }
}
