import TerminalUI
import TestSupport
import Testing

@Suite struct TextEditorTests {
    private func place(_ line: Int, _ offset: Int) -> TextPosition { TextPosition(line: line, offset: offset) }

    @Test func aTextComesOutAsItWentIn() {
        for text in ["", "\n", "a\r\nb\r\n", "한글\n\n👨‍👩‍👧‍👦 x", "e\u{301}\n\u{301}x"] {
            #expect(TextEditor(text).text == text)
            #expect(TextDocument(text).byteCount == text.utf8.count)
        }
    }

    @Test func theCursorMovesByWhatAPersonCallsACharacter() {
        var editor = TextEditor("e\u{301}한👨‍👩‍👧‍👦\nx")
        var places: [Int] = []
        for _ in 0..<3 {
            editor.move(.right)
            places.append(editor.cursor.offset)
        }
        #expect(places == [3, 6, 31])
        editor.move(.right)
        #expect(editor.cursor == place(1, 0))
        editor.move(.left)
        editor.move(.left)
        #expect(editor.cursor == place(0, 6))
        editor.eraseBackward()
        #expect(editor.text == "e\u{301}👨‍👩‍👧‍👦\nx")
    }

    @Test func goingUpAndDownKeepsTheColumnAimedAt() {
        var editor = TextEditor("한글한글한글\nab\n123456789")
        editor.move(to: place(0, 12))
        editor.move(.lines(1))
        #expect(editor.cursor == place(1, 2))
        editor.move(.lines(1))
        #expect(editor.cursor == place(2, 8))
        editor.move(.lines(-2))
        #expect(editor.cursor == place(0, 12))
        editor.move(.lines(-1))
        #expect(editor.cursor == place(0, 0), "above the first line lies its start")
    }

    @Test func wordsAreSteppedOverWhole() {
        var editor = TextEditor("{\"data\": [1, 22]}")
        editor.move(.wordRight)
        #expect(editor.cursor.offset == 6)
        editor.move(.textEnd)
        editor.move(.wordLeft)
        #expect(editor.cursor.offset == 13)
        editor.eraseWordBackward()
        #expect(editor.text == "{\"data\": [22]}")
    }

    @Test func aMarkThatIsTypedJoinsTheCharacterBeforeIt() {
        var editor = TextEditor("ex")
        editor.move(.right)
        editor.insert("\u{301}")
        #expect(editor.cursor == place(0, 3) && editor.text == "e\u{301}x")
        editor.undo()
        #expect(editor.text == "ex" && editor.cursor == place(0, 1))
    }

    @Test func whatIsTypedIsTakenBackWordByWord() {
        var editor = TextEditor()
        for character in "one two" { editor.type(character) }
        editor.undo()
        #expect(editor.text == "one")
        editor.undo()
        #expect(editor.text == "" && !editor.canUndo)
        editor.redo()
        editor.redo()
        #expect(editor.text == "one two" && !editor.canRedo)
    }

    @Test func movingEndsWhatIsTakenBackTogether() {
        var editor = TextEditor()
        editor.type("a")
        editor.type("b")
        editor.move(.left)
        editor.type("c")
        editor.undo()
        #expect(editor.text == "ab")
    }

    @Test func aNewLineIsAsFarInAsTheOneBefore() {
        var editor = TextEditor("  {")
        editor.move(.textEnd)
        editor.breakLine()
        #expect(editor.text == "  {\n    ")
        editor.type("x")
        editor.breakLine()
        #expect(editor.text == "  {\n    x\n    ")
    }

    @Test func whatIsSelectedGivesWayToWhatIsTyped() {
        var editor = TextEditor("one\ntwo\nthree")
        editor.move(to: place(0, 1))
        editor.toggleSelecting()
        editor.move(.lines(2))
        #expect(editor.selectedText == "ne\ntwo\nt")
        editor.type("X")
        #expect(editor.text == "oXhree" && editor.selection == nil)
        editor.undo()
        #expect(editor.text == "one\ntwo\nthree")
    }

    @Test func theRestOfALineIsCutThenItsEnd() {
        var editor = TextEditor("abc\nd")
        editor.move(.right)
        #expect(editor.cutToLineEnd() == "bc")
        #expect(editor.cutToLineEnd() == "\n")
        #expect(editor.text == "ad")
    }

    @Test func formattingIsOneStepBack() {
        var editor = TextEditor("{\"a\":1}")
        editor.replaceAll(with: "{\n  \"a\": 1\n}")
        editor.undo()
        #expect(editor.text == "{\"a\":1}")
    }

    @Test func aWordIsFoundInBothDirectionsAndRound() {
        let document = TextDocument("Key key\nother\nKEY")
        #expect(document.find("key", from: .start)?.lowerBound == place(0, 4))
        #expect(document.find("key", from: place(0, 4))?.lowerBound == place(2, 0))
        #expect(document.find("key", from: place(2, 0))?.lowerBound == place(0, 0))
        #expect(document.find("key", from: .start, isForward: false)?.lowerBound == place(2, 0))
        #expect(document.find("other", from: place(1, 0))?.lowerBound == place(1, 0), "alone, it is found again")
        #expect(document.find("nothing", from: .start) == nil)
        #expect(document.find("", from: .start) == nil)
    }

    @Test func bracketsFindEachOtherAcrossLinesAndStringsDoNotCount() {
        let document = TextDocument("{\n  \"a]\\\"}\": [1, {}]\n}")
        #expect(document.bracket(matching: .start) == place(2, 0))
        #expect(document.bracket(matching: place(2, 0)) == .start)
        #expect(document.bracket(matching: place(1, 11)) == place(1, 17))
        #expect(document.bracket(matching: place(1, 15)) == place(1, 16))
        #expect(document.bracket(matching: place(1, 4)) == nil)
        #expect(TextDocument("[}").bracket(matching: .start) == nil)
        #expect(TextDocument("[}").bracket(matching: place(0, 1)) == nil)
        #expect(TextDocument("[[]").bracket(matching: .start) == nil)
    }

    @Test func keysOfEveryEditorWork() {
        var editor = TextEditor()
        let keys: [Key] = [
            .character("a"), .enter, .character("b"), .home, .control("@"), .up, .control("_"), .alt("r"), .pageUp,
        ]
        for key in keys {
            let isTaken = editor.take(key, pageHeight: 10)
            #expect(isTaken)
        }
        #expect(editor.text == "a\nb")
        for key in [Key.function(5), .escape] {
            let isTaken = editor.take(key, pageHeight: 10)
            #expect(!isTaken)
        }
    }
}
