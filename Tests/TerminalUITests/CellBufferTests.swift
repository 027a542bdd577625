import TerminalUI
import Testing

@Suite struct CellBufferTests {
    private func buffer(_ width: Int, _ height: Int = 1) -> CellBuffer {
        CellBuffer(size: Size(width: width, height: height))
    }

    @Test func textIsCutAtTheClip() {
        var buffer = buffer(10)
        let used = buffer.write("abcdef", at: Point(x: 1, y: 0), in: Rect(x: 2, y: 0, width: 3, height: 1))
        #expect(buffer.text(ofRow: 0) == "  bcd     ")
        #expect(used == 4)
    }

    @Test(arguments: [Point(x: 0, y: -1), Point(x: 0, y: 1), Point(x: 10, y: 0), Point(x: -50, y: 0)])
    func writingOutsideChangesNothing(point: Point) {
        var buffer = buffer(10)
        let untouched = buffer
        buffer.write("abc", at: point, in: buffer.area)
        #expect(buffer == untouched)
    }

    @Test func anEmptyClipTakesNothing() {
        var buffer = buffer(10)
        let untouched = buffer
        for x in [-3, 0, 4, 10] {
            let used = buffer.write("한글", at: Point(x: x - 1, y: 0), in: Rect(x: x, y: 0, width: 0, height: 1))
            #expect(used == 0)
        }
        #expect(buffer == untouched)
    }

    @Test(arguments: [Size.zero, Size(width: 1, height: 1), Size(width: -3, height: 5), Size(width: 5, height: 0)])
    func tinyBuffersTakeEverything(size: Size) {
        var buffer = CellBuffer(size: size)
        let big = Rect(x: -5, y: -5, width: 50, height: 50)
        buffer.write("한글 text", at: Point(x: 0, y: 0), in: big)
        buffer.write([Span("text")], in: big.row(5), alignment: .trailing)
        buffer.fill(big, with: "x")
        buffer.restyle(big) { $0.dimmed }
        buffer.drawBox(big, style: .border, topLeading: [Span("title")])
        buffer.drawBox(buffer.area, style: .border, topLeading: [Span("title")])
        #expect(buffer.cells.count == buffer.size.width * buffer.size.height)
        #expect(buffer[3, 3] == .blank)
        #expect(buffer.text(ofRow: 7) == "")
    }

    @Test func aWideGraphemeCutByAnEdgeLeavesABlank() {
        var right = buffer(3)
        #expect(right.write("한한", at: Point(x: 0, y: 0), in: right.area) == 3)
        #expect(right.text(ofRow: 0) == "한 ")
        var left = buffer(3)
        left.write("한a", at: Point(x: -1, y: 0), in: left.area)
        #expect(left.text(ofRow: 0) == " a ")
    }

    @Test func halfOfAWideGraphemeDoesNotOutliveTheOther() {
        var overLeft = buffer(4)
        overLeft.write("한한", at: Point(x: 0, y: 0), in: overLeft.area)
        overLeft.write("x", at: Point(x: 2, y: 0), in: overLeft.area)
        #expect(overLeft.text(ofRow: 0) == "한x ")
        var overRight = buffer(4)
        overRight.write("한한", at: Point(x: 0, y: 0), in: overRight.area)
        overRight.write("x", at: Point(x: 1, y: 0), in: overRight.area)
        #expect(overRight.text(ofRow: 0) == " x한")
        var across = buffer(4)
        across.write("한한", at: Point(x: 0, y: 0), in: across.area)
        across.write("글", at: Point(x: 1, y: 0), in: across.area)
        #expect(across.text(ofRow: 0) == " 글 ")
        var filled = buffer(6)
        filled.write("한한한", at: Point(x: 0, y: 0), in: filled.area)
        filled.fill(Rect(x: 1, y: 0, width: 2, height: 1), with: "-")
        #expect(filled.text(ofRow: 0) == " -- 한")
    }

    @Test(arguments: [(Alignment.leading, "abc    "), (.center, "  abc  "), (.trailing, "    abc")])
    func aLineIsAligned(alignment: Alignment, expected: String) {
        var buffer = buffer(7)
        buffer.write([Span("a"), Span("bc")], in: buffer.area, alignment: alignment)
        #expect(buffer.text(ofRow: 0) == expected)
    }

    @Test func aLineThatIsTooLongIsCutWithAnEllipsis() {
        var buffer = buffer(5)
        buffer.write([Span("abc", .good), Span("defg", .alert)], in: buffer.area, alignment: .trailing)
        #expect(buffer.text(ofRow: 0) == "abcd…")
        #expect(buffer[2, 0].style == .good && buffer[4, 0].style == .alert)
    }

    @Test func restylingKeepsTheText() {
        var buffer = buffer(6)
        buffer.write("a한b", at: Point(x: 0, y: 0), in: buffer.area, style: .good)
        buffer.restyle(Rect(x: 1, y: 0, width: 1, height: 1)) { $0.selected }
        #expect(buffer.text(ofRow: 0) == "a한b  ")
        #expect(!buffer[0, 0].style.isSelected && buffer[1, 0].style.isSelected && buffer[2, 0].style.isSelected)
        #expect(!buffer[3, 0].style.isSelected)
        #expect(buffer[1, 0].style.ink == .good)
    }

    @Test func aBoxHasLabelsInItsLines() {
        var buffer = buffer(24, 3)
        buffer.drawBox(
            buffer.area,
            style: .border,
            topLeading: [Span("1 Endpoints")],
            topTrailing: [Span("9")],
            bottomTrailing: [Span("age 2 s")]
        )
        #expect(buffer.text(ofRow: 0) == "╭─ 1 Endpoints ──── 9 ─╮")
        #expect(buffer.text(ofRow: 1) == "│                      │")
        #expect(buffer.text(ofRow: 2) == "╰──────────── age 2 s ─╯")
    }

    @Test(arguments: 0...40)
    func theLabelsOfABoxNeverBreakItsFrame(width: Int) {
        var buffer = buffer(42, 3)
        let box = Rect(x: 1, y: 0, width: width, height: 3)
        buffer.drawBox(
            box,
            style: .border,
            topLeading: [Span("2 Deployments · 한글이름")],
            topTrailing: [Span("stale 3 min")]
        )
        let row = buffer.text(ofRow: 0)
        #expect(TextWidth.width(of: row) == 42)
        guard width >= 2 else { return #expect(row.allSatisfy { $0 == " " }) }
        #expect(buffer[1, 0].text == "╭" && buffer[width, 0].text == "╮")
        #expect(buffer[width + 1, 0] == .blank)
        if width >= 12 { #expect(row.contains("2 D")) }
        if width >= 32 { #expect(row.contains("stale 3 min")) }
    }

    @Test func buffersAreEqualByWhatTheyShow() {
        var first = buffer(5)
        var second = buffer(5)
        first.write("e\u{301}x", at: Point(x: 0, y: 0), in: first.area)
        second.write("??", at: Point(x: 0, y: 0), in: second.area)
        #expect(first != second)
        second.write("e\u{301}x", at: Point(x: 0, y: 0), in: second.area)
        #expect(first == second)
        second.cursor = Point(x: 1, y: 0)
        #expect(first != second)
    }
}
