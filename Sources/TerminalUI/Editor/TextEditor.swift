/// A text being edited: the text, the cursor, what is selected, and what can be taken back.
///
/// It knows no keys beyond those every editor has, no files and no clipboard: its owner does.
package struct TextEditor: Equatable, Sendable {
    package private(set) var document: TextDocument
    package private(set) var cursor = TextPosition.start
    /// The other end of the selection; nil where nothing is being selected.
    package private(set) var anchor: TextPosition?
    /// Counts the changes of the text.
    package private(set) var revision = 0
    /// The first line and the first column on the screen; see `scroll(toFit:)`.
    package var top = 0
    package var left = 0
    private var history = EditHistory()
    /// The column that moving up and down aims at.
    private var goalColumn: Int?

    package init(_ text: String = "") {
        document = TextDocument(text)
    }

    package var text: String { document.text }
    package var canUndo: Bool { !history.done.isEmpty }
    package var canRedo: Bool { !history.undone.isEmpty }

    /// What is selected; nil where that is nothing.
    package var selection: Range<TextPosition>? {
        guard let anchor, anchor != cursor else { return nil }
        return min(anchor, cursor)..<max(anchor, cursor)
    }

    package var selectedText: String? { selection.map { document.text(in: $0) } }

    // MARK: Changing

    /// Puts a text where the cursor is, in the place of what is selected.
    package mutating func insert(_ text: String) {
        guard !text.isEmpty || selection != nil else { return }
        replace(selection ?? cursor..<cursor, with: text, kind: .other)
    }

    /// Puts a typed character where the cursor is: what is typed in one go is taken back in one go, word by word.
    package mutating func type(_ character: Character) {
        if !TextDocument.isOfWord(character) { history.close() }
        let kind: TextEdit.Kind = selection == nil ? .typing : .other
        replace(selection ?? cursor..<cursor, with: String(character), kind: kind)
    }

    /// Begins a line, as far in as the one before, and one step more behind an opening bracket.
    package mutating func breakLine() {
        let place = selection?.lowerBound ?? cursor
        let before = document.lines[place.line].utf8.prefix(place.offset)
        var indentation = String(Substring(before.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }))
        if let last = before.last, last == UInt8(ascii: "{") || last == UInt8(ascii: "[") { indentation += "  " }
        insert("\n" + indentation)
    }

    package mutating func eraseBackward() {
        erase { editor in editor.document.position(before: editor.cursor) }
    }

    package mutating func eraseForward() {
        erase { editor in editor.document.position(after: editor.cursor) }
    }

    package mutating func eraseWordBackward() {
        history.close()
        erase { editor in editor.document.wordStart(before: editor.cursor) }
    }

    package mutating func eraseToLineStart() {
        history.close()
        erase { editor in TextPosition(line: editor.cursor.line, offset: 0) }
    }

    /// Removes the rest of the line, or its end where there is no rest; gives what was removed.
    package mutating func cutToLineEnd() -> String {
        history.close()
        let end = TextPosition(line: cursor.line, offset: document.lines[cursor.line].utf8.count)
        let place = selection ?? cursor..<(cursor == end ? document.position(after: end) ?? end : end)
        let removed = document.text(in: place)
        if !removed.isEmpty { replace(place, with: "", kind: .other) }
        return removed
    }

    /// Puts another text in the place of all, as one change that can be taken back; the cursor stays near its line.
    package mutating func replaceAll(with text: String) {
        guard text != document.text else { return }
        let line = cursor.line
        replace(.start..<document.end, with: text, kind: .other)
        cursor = TextPosition(line: min(line, document.lines.count - 1), offset: 0)
    }

    package mutating func undo() {
        guard let step = history.undo() else { return }
        for edit in step.edits.reversed() {
            document.replace(edit.start..<Self.end(of: edit.inserted, from: edit.start), with: edit.removed)
        }
        settle(at: step.before)
    }

    package mutating func redo() {
        guard let step = history.redo() else { return }
        for edit in step.edits {
            document.replace(edit.start..<Self.end(of: edit.removed, from: edit.start), with: edit.inserted)
        }
        settle(at: step.after)
    }

    private mutating func settle(at place: TextPosition) {
        revision += 1
        cursor = document.aligned(place)
        anchor = nil
        goalColumn = nil
    }

    private mutating func erase(to other: (TextEditor) -> TextPosition?) {
        let place: Range<TextPosition>
        if let selection {
            place = selection
        } else if let end = other(self), end != cursor {
            place = min(cursor, end)..<max(cursor, end)
        } else {
            return
        }
        replace(place, with: "", kind: selection == nil ? .erasing : .other)
    }

    private mutating func replace(_ place: Range<TextPosition>, with text: String, kind: TextEdit.Kind) {
        let before = cursor
        let removed = document.text(in: place)
        let end = document.replace(place, with: text)
        cursor = document.aligned(end)
        anchor = nil
        goalColumn = nil
        revision += 1
        let edit = TextEdit(start: place.lowerBound, removed: removed, inserted: text)
        history.record(edit, kind: kind, before: before, after: cursor)
    }

    private static func end(of text: String, from start: TextPosition) -> TextPosition {
        let utf8 = text.utf8
        guard let last = utf8.lastIndex(of: UInt8(ascii: "\n")) else {
            return TextPosition(line: start.line, offset: start.offset + utf8.count)
        }
        let breaks = utf8.count { $0 == UInt8(ascii: "\n") }
        return TextPosition(line: start.line + breaks, offset: utf8.distance(from: last, to: utf8.endIndex) - 1)
    }

    // MARK: Moving

    /// Where the cursor can be sent.
    package enum Movement: Hashable, Sendable {
        case left, right, wordLeft, wordRight, lineStart, lineEnd, textStart, textEnd
        /// So many lines down, or up where negative.
        case lines(Int)
    }

    package mutating func move(_ movement: Movement) {
        history.close()
        switch movement {
        case .lines(let count): moveLines(count)
        default:
            cursor = place(of: movement)
            goalColumn = nil
        }
    }

    /// Sets the cursor to a place, rounded to whole characters.
    package mutating func move(to position: TextPosition) {
        history.close()
        cursor = document.aligned(position)
        goalColumn = nil
    }

    /// Begins a selection at the cursor, or gives it up.
    package mutating func toggleSelecting() {
        history.close()
        anchor = anchor == nil ? cursor : nil
    }

    package mutating func select(_ range: Range<TextPosition>) {
        history.close()
        anchor = range.lowerBound
        cursor = range.upperBound
        goalColumn = nil
    }

    package mutating func selectAll() { select(.start..<document.end) }

    package mutating func deselect() { anchor = nil }

    private func place(of movement: Movement) -> TextPosition {
        switch movement {
        case .left: document.position(before: cursor) ?? cursor
        case .right: document.position(after: cursor) ?? cursor
        case .wordLeft: document.wordStart(before: cursor)
        case .wordRight: document.wordEnd(after: cursor)
        case .lineStart: TextPosition(line: cursor.line, offset: 0)
        case .lineEnd: TextPosition(line: cursor.line, offset: document.lines[cursor.line].utf8.count)
        case .textStart: .start
        case .textEnd: document.end
        case .lines: cursor
        }
    }

    private mutating func moveLines(_ count: Int) {
        let goal = goalColumn ?? document.column(of: cursor)
        let line = cursor.line + count
        guard document.lines.indices.contains(line) || abs(count) > 1 else {
            cursor = place(of: count < 0 ? .lineStart : .lineEnd)
            return
        }
        cursor = document.position(line: min(max(0, line), document.lines.count - 1), column: goal)
        goalColumn = goal
    }

    /// Moves what is on the screen as little as possible so that the cursor is on it.
    package mutating func scroll(toFit size: Size) {
        let room = Size(width: max(1, size.width), height: max(1, size.height))
        top = ScrollWindow.offset(
            selected: cursor.line,
            count: document.lines.count,
            height: room.height,
            previous: top
        )
        let column = document.column(of: cursor)
        // Some columns beyond the cursor stay in sight, so that one sees what one runs into.
        let margin = min(8, room.width / 4)
        if column < left + (left > 0 ? margin : 0) { left = max(0, column - margin) }
        if column >= left + room.width - margin { left = column - room.width + margin + 1 }
    }
}
