import TerminalUI
import Testing

@Suite struct TableTests {
    struct Row: Sendable {
        var name: String
        var auth: String
        var p95: String
    }

    private let rows = [
        Row(name: "fraud-scoring", auth: "aad_token", p95: "84 ms"), Row(name: "한글-끝점", auth: "key", p95: "1.2 s"),
    ]

    private let columns: [Column<Row>] = [
        Column(id: "name", title: "NAME", width: .fit(min: 6, max: 30)) { [Span($0.name)] },
        Column(id: "auth", title: "AUTH", priority: 3, width: .fixed(9)) { [Span($0.auth, .muted)] },
        Column(id: "note", title: "NOTE", priority: 4, width: .fill(min: 5)) { _ in [] },
        Column(id: "p95", title: "P95", priority: 2, alignment: .trailing, width: .fit(min: 5, max: 9)) {
            [Span($0.p95)]
        },
    ]

    private func drawn(
        width: Int,
        height: Int = 3,
        selected: Int? = 0,
        isFocused: Bool = true,
        showsHeader: Bool = true
    ) -> CellBuffer {
        var buffer = CellBuffer(size: Size(width: width, height: height))
        let table = Table(columns: columns, rows: rows, selectedIndex: selected)
        table.draw(in: buffer.area, of: &buffer, isFocused: isFocused, showsHeader: showsHeader)
        return buffer
    }

    @Test func columnsStandUnderTheirTitles() {
        let buffer = drawn(width: 42)
        #expect(buffer.text(ofRow: 0) == "  NAME           AUTH       NOTE       P95")
        #expect(buffer.text(ofRow: 1) == "▸ fraud-scoring  aad_token           84 ms")
        #expect(buffer.text(ofRow: 2) == "  한글-끝점      key                 1.2 s")
    }

    @Test(arguments: [
        (41, ["name", "auth", "note", "p95"]), (40, ["name", "auth", "note", "p95"]), (38, ["name", "auth", "p95"]),
        (33, ["name", "auth", "p95"]), (32, ["name", "p95"]), (22, ["name", "p95"]), (21, ["name"]), (1, []), (0, []),
    ])
    func columnsGiveWayByPriority(width: Int, expected: [String]) {
        #expect(Table(columns: columns, rows: rows).shownColumns(width: width) == expected)
    }

    @Test func whatIsNeverDroppedIsCutVisibly() {
        #expect(drawn(width: 10).text(ofRow: 1) == "▸ fraud-s…")
        #expect(drawn(width: 5).text(ofRow: 1) == "▸ fr…")
        #expect(drawn(width: 2).text(ofRow: 1) == "▸ ")
    }

    @Test func theSelectedRowHasABandWhileFocused() {
        let focused = drawn(width: 30)
        #expect((0..<30).allSatisfy { focused[$0, 1].style.isSelected })
        #expect((0..<30).allSatisfy { !focused[$0, 2].style.isSelected && !focused[$0, 0].style.isSelected })
        let other = drawn(width: 30, isFocused: false)
        #expect((0..<30).allSatisfy { !other[$0, 1].style.isSelected })
        #expect(other[0, 1].text == "▸")
    }

    @Test func rowsBeyondTheHeightAreLeftOut() {
        #expect(drawn(width: 30, height: 2).text(ofRow: 1).hasPrefix("▸ fraud"))
        #expect(drawn(width: 30, height: 1).text(ofRow: 0).hasPrefix("  NAME"))
        #expect(drawn(width: 30, height: 1, showsHeader: false).text(ofRow: 0).hasPrefix("▸ fraud"))
        #expect(drawn(width: 30, height: 0).cells.isEmpty)
    }

    @Test func aTableWithoutGutterStartsAtItsEdge() {
        var buffer = CellBuffer(size: Size(width: 30, height: 2))
        Table(columns: columns, rows: rows, selectedIndex: 0, hasGutter: false)
            .draw(in: buffer.area, of: &buffer, isFocused: true)
        #expect(buffer.text(ofRow: 1).hasPrefix("fraud"))
    }

    @Test func severalColumnsThatStayShareTheLoss() {
        let columns = ["a", "b"].map { id in
            Column<Row>(id: id, title: id, width: .fit(min: 4, max: 20)) { [Span($0.name)] }
        }
        var buffer = CellBuffer(size: Size(width: 16, height: 1))
        Table(columns: columns, rows: rows, hasGutter: false)
            .draw(in: buffer.area, of: &buffer, isFocused: false, showsHeader: false)
        #expect(buffer.text(ofRow: 0) == "fraud-…  fraud-…")
    }

    @Test func columnsLeftOutMakeRoomForThoseOnTheRight() {
        var table = Table(columns: columns, rows: rows, selectedIndex: 0)
        #expect(table.lastColumnOffset(width: 41) == 0)
        #expect(table.lastColumnOffset(width: 30) == 2)
        #expect(table.shownColumns(width: 30) == ["name", "p95"])
        table.columnOffset = table.columnOffset(movedBy: 1, width: 30)
        #expect(table.shownColumns(width: 30) == ["name", "auth"])
        table.columnOffset = table.columnOffset(movedBy: 1, width: 30)
        #expect(table.shownColumns(width: 30) == ["name", "note", "p95"])
        #expect(table.columnOffset(movedBy: 1, width: 30) == 2)
        table.columnOffset = 9
        #expect(table.shownColumns(width: 30) == ["name", "note", "p95"])
        #expect(table.columnOffset(movedBy: -1, width: 30) == 1)
        #expect(table.shownColumns(width: 60) == ["name", "auth", "note", "p95"])
    }

    @Test(arguments: 1...40, 0...3)
    func everyColumnComesIntoSightAtAnyWidth(width: Int, hidden: Int) {
        var table = Table(columns: columns, rows: rows)
        table.columnOffset = hidden
        var buffer = CellBuffer(size: Size(width: width, height: 3))
        table.draw(in: buffer.area, of: &buffer, isFocused: true)
        for row in 0..<3 { #expect(TextWidth.width(of: buffer.text(ofRow: row)) == width) }
        guard width >= 20 else { return }
        var seen: Set<String> = []
        for count in 0...table.lastColumnOffset(width: width) {
            table.columnOffset = count
            seen.formUnion(table.shownColumns(width: width))
        }
        #expect(seen == ["name", "auth", "note", "p95"])
    }

    @Test(arguments: 0...60)
    func noWidthTearsTheEdge(width: Int) {
        var buffer = CellBuffer(size: Size(width: width + 2, height: 4))
        buffer.fill(buffer.area, with: "#")
        let inside = Rect(x: 1, y: 0, width: width, height: 4)
        buffer.fill(inside)
        Table(columns: columns, rows: rows, selectedIndex: 1).draw(in: inside, of: &buffer, isFocused: true)
        for row in 0..<4 {
            #expect(TextWidth.width(of: buffer.text(ofRow: row)) == width + 2)
            #expect(buffer[0, row].text == "#" && buffer[width + 1, row].text == "#")
        }
    }
}
