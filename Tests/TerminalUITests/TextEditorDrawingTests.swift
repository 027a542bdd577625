import TerminalUI
import TestSupport
import Testing

@Suite struct TextEditorDrawingTests {
    private func rows(_ editor: TextEditor, width: Int, height: Int) -> (rows: [String], cursor: Point?) {
        let size = Size(width: width, height: height)
        var editor = editor
        let gutter = CellBuffer.gutterWidth(of: editor, in: width)
        editor.scroll(toFit: Size(width: width - gutter, height: height))
        var buffer = CellBuffer(size: size)
        buffer.draw(editor, in: Rect(x: 0, y: 0, width: width, height: height))
        return ((0..<height).map(buffer.text(ofRow:)), buffer.cursor)
    }

    @Test func linesAreNumberedAndTheCursorStandsInThem() {
        var editor = TextEditor("{\n  \"한\": 1\n}")
        editor.move(.lines(1))
        editor.move(.lineEnd)
        let (rows, cursor) = rows(editor, width: 20, height: 4)
        #expect(rows[0].hasPrefix(" 1 {") && rows[1].hasPrefix(" 2   \"한\": 1") && rows[2].hasPrefix(" 3 }"))
        #expect(rows[3].allSatisfy { $0 == " " })
        #expect(cursor == Point(x: 3 + 9, y: 1))
    }

    @Test func aLongLineMovesUnderTheCursorAndWideCharactersAreNotTorn() {
        var editor = TextEditor(String(repeating: "한", count: 100))
        editor.move(.lineEnd)
        let (rows, cursor) = rows(editor, width: 21, height: 1)
        #expect(cursor.map { $0.x < 21 } == true)
        #expect(rows[0].filter { $0 == "한" }.count >= 5)
        editor.left = 3
        var buffer = CellBuffer(size: Size(width: 12, height: 1))
        buffer.draw(editor, in: Rect(x: 0, y: 0, width: 12, height: 1))
        #expect(buffer.text(ofRow: 0).contains(" 1  한"), "half a character shows as a blank")
    }

    @Test(arguments: ["", "a", "한", "ab한\u{301}", "\t"])
    func aShortLineBesideALongOneIsBlank(_ short: String) {
        var editor = TextEditor(short + "\n" + String(repeating: "x", count: 200) + "\n" + short)
        editor.move(.lines(1))
        editor.move(.lineEnd)
        editor.selectAll()
        editor.move(.lines(-1))
        editor.move(.lineEnd)
        let (rows, _) = rows(editor, width: 30, height: 3)
        #expect(rows[0].dropFirst(3).allSatisfy { $0 == " " } && rows[2].dropFirst(3).allSatisfy { $0 == " " })
        #expect(rows[1].contains("x"))
    }

    @Test func smallRoomHasNoLineNumbers() {
        let (rows, _) = rows(TextEditor("abc"), width: 8, height: 1)
        #expect(rows[0].hasPrefix("abc"))
    }

    @Test func whatIsSelectedShows() {
        var editor = TextEditor("abc\nd")
        editor.selectAll()
        var buffer = CellBuffer(size: Size(width: 20, height: 2))
        buffer.draw(editor, in: Rect(x: 0, y: 0, width: 20, height: 2))
        let selected = (0..<2).map { y in (0..<20).filter { buffer[$0, y].style.isSelected } }
        #expect(selected == [[3, 4, 5, 6], [3]])
    }

    @Test func hostileTextIsShownNotObeyed() {
        let editor = TextEditor("a\u{1B}[31mb\u{202E}c\td")
        let (rows, _) = rows(editor, width: 30, height: 1)
        #expect(!rows[0].unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
}
