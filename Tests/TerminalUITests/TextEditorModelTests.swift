import TerminalUI
import TestSupport
import Testing

/// A random walk beside an editor so simple that it is right: lines as arrays of characters, made anew for every step.
@Suite struct TextEditorModelTests {
    private struct Model {
        var text = ""
        /// Bytes before the cursor.
        var cursor = 0
        var past: [(text: String, cursor: Int)] = []
        /// With where the cursor stood before what can be done again.
        var future: [(text: String, before: Int)] = []

        /// Every place the cursor can stand at, in bytes: between the characters of each line.
        var places: [Int] {
            var places: [Int] = []
            var start = 0
            for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
                var offset = start
                places.append(offset)
                for character in String(Substring(line)) {
                    offset += character.utf8.count
                    places.append(offset)
                }
                start = offset + 1
            }
            return places
        }

        mutating func replace(_ lower: Int, _ upper: Int, with new: String) {
            past.append((text, cursor))
            future = []
            let bytes = Array(text.utf8)
            text = String(decoding: bytes[..<lower] + Array(new.utf8) + bytes[upper...], as: UTF8.self)
            let end = lower + new.utf8.count
            cursor = places.first { $0 >= end } ?? text.utf8.count
        }

        func step(_ direction: Int) -> Int {
            let places = places
            let index = (places.firstIndex(of: cursor) ?? 0) + direction
            return places.indices.contains(index) ? places[index] : cursor
        }
    }

    private static let pieces = [
        "a", "Z9", " ", "\n", "{", "]", "\"", "\\", "한", "글", "漢", "e\u{301}", "\u{301}", "\u{200D}", "👨‍👩‍👧", "🇰🇷", "🇰",
        "\r", "\r\n", "\t", "ก็", "\u{1100}", "\u{1161}", "\u{11A8}", "line one\nline two\n", "",
    ]

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func aHundredThousandEditsAgreeWithTheModel(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        var editor = TextEditor()
        var model = Model()
        for step in 0..<25_000 {
            edit(&editor, &model, &random)
            if model.text.utf8.count > 400 {
                editor.selectAll()
                editor.eraseBackward()
                model.cursor = model.text.utf8.count
                model.replace(0, model.text.utf8.count, with: "")
            }
            guard editor.text == model.text, byte(of: editor.cursor, in: editor) == model.cursor else {
                Issue.record(
                    "step \(step) of seed \(seed): \(Array(editor.text.utf8)) at \(byte(of: editor.cursor, in: editor)), not \(Array(model.text.utf8)) at \(model.cursor)"
                )
                return
            }
        }
        while editor.canUndo {
            editor.undo()
            guard let past = model.past.popLast() else { break }
            #expect(editor.text.utf8.elementsEqual(past.text.utf8))
        }
    }

    private func edit(_ editor: inout TextEditor, _ model: inout Model, _ random: inout SplitMix) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...4:
            let piece = Self.pieces.randomElement(using: &random) ?? "a"
            guard !piece.isEmpty else { return editor.insert(piece) }
            editor.insert(piece)
            model.replace(model.cursor, model.cursor, with: piece)
        case 5:
            let start = model.step(-1)
            // A step of its own for the model, so that both count alike.
            editor.move(to: editor.cursor)
            editor.eraseBackward()
            if start < model.cursor { model.replace(start, model.cursor, with: "") }
        case 6:
            let end = model.step(1)
            editor.move(to: editor.cursor)
            editor.eraseForward()
            if end > model.cursor { model.replace(model.cursor, end, with: "") }
        case 7: move(.left, -1, &editor, &model)
        case 8: move(.right, 1, &editor, &model)
        case 9:
            let place = model.places.randomElement(using: &random) ?? 0
            model.cursor = place
            editor.move(to: position(of: place, in: editor))
        case 10:
            guard let past = model.past.popLast() else { return editor.undo() }
            model.future.append((model.text, past.cursor))
            (model.text, model.cursor) = past
            editor.undo()
        default:
            guard let next = model.future.popLast() else { return editor.redo() }
            model.past.append((model.text, next.before))
            model.text = next.text
            editor.redo()
            // Where the cursor stands after doing again is the editor's choice: behind what was done.
            model.cursor = byte(of: editor.cursor, in: editor)
        }
    }

    private func move(
        _ movement: TextEditor.Movement,
        _ direction: Int,
        _ editor: inout TextEditor,
        _ model: inout Model
    ) {
        editor.move(movement)
        model.cursor = model.step(direction)
    }

    private func byte(of place: TextPosition, in editor: TextEditor) -> Int {
        editor.document.lines[..<place.line].reduce(0) { $0 + $1.utf8.count + 1 } + place.offset
    }

    private func position(of byte: Int, in editor: TextEditor) -> TextPosition {
        var rest = byte
        for (line, text) in editor.document.lines.enumerated() {
            if rest <= text.utf8.count { return TextPosition(line: line, offset: rest) }
            rest -= text.utf8.count + 1
        }
        return editor.document.end
    }
}
