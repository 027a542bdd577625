@testable import Dashboard
import TerminalUI
import Testing

@Suite struct ColumnScrollTests {
    private func picture(_ walk: Walkthrough) -> String {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test(arguments: [
        (
            Pane.endpoints,
            [
                "NAME", "AUTH", "STATE", "TRAFFIC", "REQ/S", "LAST 30 MIN", "ERR%", "P95", "KIND", "DEP", "LOCATION",
                "LOG", "AGE",
            ]
        ),
        (.deployments, ["NAME", "STATE", "SKU", "CPU", "MEM", "P95", "MODEL", "ENVIRONMENT", "CONC"]),
    ])
    func everyColumnIsReachedInASmallTerminal(_ pane: Pane, titles: [String]) {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.character(Character("\(pane.rawValue)")))
        walk.press(.character(Character("\(pane.rawValue)")))
        var seen: Set<String> = []
        for _ in 0..<20 {
            let header = render(walk.state, texts: .english).text(ofRow: 2)
            seen.formUnion(titles.filter { header.contains($0) })
            #expect(header.contains("NAME"))
            walk.press(.right)
        }
        #expect(seen == Set(titles))
    }

    @Test func everyColumnOfTheLogIsReachedInASmallTerminal() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.character("5"), .character("5"))
        var seen = ""
        for _ in 0..<12 {
            seen += picture(walk)
            walk.press(.character("l"))
        }
        for part in [
            "200", "fraud-scoring", "blue", "POST /score", "AADToken", "1f3a0000…", "batch-runner/1.9", "model 500",
            "81 ms",
        ] {
            #expect(seen.contains(part), "\(part)")
        }
    }

    @Test func theBorderTellsWhereMoreColumnsAre() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        func edges() -> (left: String, right: String) {
            let frame = render(walk.state, texts: .english)
            return (frame[0, 2].text, frame[79, 2].text)
        }
        #expect(edges() == ("│", "▸"))
        walk.press(.right, .right)
        #expect(edges() == ("◂", "▸"))
        for _ in 0..<20 { walk.press(.right) }
        #expect(edges() == ("◂", "│"))
        let furthest = walk.state.columnOffsets[.endpoints] ?? 0
        walk.press(.left)
        #expect(walk.state.columnOffsets[.endpoints] == furthest - 1)
        for _ in 0..<20 { walk.press(.character("h")) }
        #expect(edges() == ("│", "▸"))
        #expect(walk.state.columnOffsets[.endpoints] == nil)
    }

    @Test func eachPaneKeepsItsOwnColumnsAndAWiderTerminalShowsThemAll() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.right, .right, .character("2"), .right)
        #expect(walk.state.columnOffsets == [.endpoints: 2, .deployments: 2])
        walk.play(.terminal(.resize(Size(width: 200, height: 60))))
        let header = render(walk.state, texts: .english).text(ofRow: 2)
        #expect(header.contains("AUTH") && header.contains("AGE"))
        #expect(!header.contains("◂"))
    }

    @Test func whereAllColumnsAreInSightNothingMoves() {
        var walk = Walkthrough(state: Samples.state(Size(width: 200, height: 60)))
        walk.press(.right)
        #expect(walk.state.columnOffsets.isEmpty)
    }
}
