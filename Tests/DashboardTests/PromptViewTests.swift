import Dashboard
import TerminalUI
import Testing

/// The line being typed, in a footer that is shorter than it.
@Suite struct PromptViewTests {
    private func typed(_ text: String, _ width: Int, then keys: [Key] = []) -> CellBuffer {
        var walk = Walkthrough(state: Samples.state(Size(width: width, height: 24)))
        walk.press(.character("/"))
        for character in text { walk.press(.character(character)) }
        for key in keys { walk.press(key) }
        return render(walk.state, texts: .korean)
    }

    private func footer(_ frame: CellBuffer) -> String {
        var text = frame.text(ofRow: 23)
        while text.last == " " { text.removeLast() }
        return text
    }

    @Test func aShortLineIsShownWhole() {
        let frame = typed("사기 p95>1s", 40)
        #expect(footer(frame) == " /사기 p95>1s")
        #expect(frame.cursor == Point(x: 2 + 11, y: 23))
    }

    @Test(arguments: ["가나다라마바사아자차카타파하", "abcdefghijklmnopqrstuvwxyz", "a가b나c다d라e마f바g사"])
    func theEndOfALongLineIsShownWithTheCursorBehindIt(alphabet: String) {
        let text = alphabet + alphabet + alphabet
        let frame = typed(text, 40)
        let shown = String(footer(frame).drop { $0 == " " }.dropFirst())
        #expect(text.hasSuffix(shown))
        // As much as has room: one more character would not have.
        let room = 38 - 2
        #expect((room - 1...room).contains(TextWidth.width(of: shown)))
        #expect(frame.cursor == Point(x: 2 + TextWidth.width(of: shown), y: 23))
    }

    @Test func movingBackShowsWhatIsThere() {
        let text = String(repeating: "가나다라", count: 20)
        let frame = typed(text, 40, then: [.home])
        #expect(footer(frame).hasPrefix(" /가나다라가나다라"))
        #expect(frame.cursor == Point(x: 2, y: 23))
        let inside = typed(text, 40, then: [.home, .right, .right])
        #expect(inside.cursor == Point(x: 2 + 4, y: 23))
    }

    @Test(arguments: [1, 2, 3, 5, 20])
    func aTinyTerminalKeepsTheCursorInside(width: Int) {
        let frame = typed("한글과 text", width)
        if let cursor = frame.cursor { #expect(frame.area.contains(cursor)) }
    }
}
