import AzureCore
import AzureML
import JSONValue
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct ViewTests {
    private func opened(_ size: Size = Size(width: 100, height: 30), _ keys: Key...) -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(size))
        walk.press(.down, .enter)
        for key in keys { walk.press(key) }
        return walk
    }

    private func text(_ walk: Walkthrough) -> [String] {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map(frame.text)
    }

    private func currentLine(_ walk: Walkthrough) -> String {
        guard let view = walk.state.views.last else { return "" }
        let lines = walk.state.textLines(of: view).lines
        return lines.indices.contains(walk.state.outlineLine) ? lines[walk.state.outlineLine].text : ""
    }

    @Test func tabGoesThroughTheFormsAndRound() {
        var walk = opened()
        let forms = (0..<4).map { _ -> DetailForm in
            defer { walk.press(.tab) }
            return walk.state.form
        }
        #expect(forms == [.overview, .json, .yaml, .overview])
        walk.press(.backTab, .backTab, .backTab)
        #expect(walk.state.form == .json)
    }

    @Test func theJSONIsWhatAzureSent() {
        let walk = opened(Size(width: 200, height: 40), .tab)
        expect(render(walk.state, texts: .english), matchesGolden: "endpoint-json-200x40")
    }

    @Test func enterFoldsAndUnfoldsWhatTheLineStandsFor() {
        var walk = opened(Size(width: 200, height: 40), .tab)
        walk.press(.down, .down, .down, .down)
        #expect(currentLine(walk).contains("\"properties\": {"))
        walk.press(.enter)
        #expect(currentLine(walk).contains("▸ \"properties\": { 3 },"))
        #expect(!text(walk).contains { $0.contains("scoringUri") })
        walk.press(.character(" "))
        #expect(text(walk).contains { $0.contains("scoringUri") })
    }

    @Test func leftLeadsToTheParentAndFoldsIt() {
        var walk = opened(Size(width: 200, height: 40), .tab)
        for _ in 0..<5 { walk.press(.down) }
        #expect(currentLine(walk).contains("authMode"))
        walk.press(.left)
        #expect(currentLine(walk).contains("\"properties\""))
        walk.press(.left)
        #expect(walk.state.folded == ["/properties"])
        walk.press(.right)
        #expect(walk.state.folded.isEmpty)
        walk.press(.character("-"))
        #expect(walk.state.folded == ["/properties", "/properties/traffic", "/tags"])
        walk.press(.character("+"))
        #expect(walk.state.folded.isEmpty)
    }

    @Test func whatIsFoldedStaysFoldedWhenTheListingComesAnew() {
        var walk = opened(Size(width: 200, height: 40), .tab, .down, .down, .down, .down, .enter)
        walk.tick(after: 10)
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints, isLast: true))
        #expect(currentLine(walk).contains("▸ \"properties\""))
    }

    @Test func aSearchGoesFromPlaceToPlaceAndRound() {
        var walk = opened(Size(width: 200, height: 40), .tab, .character("/"))
        for character in "FRAUD" { walk.press(.character(character)) }
        #expect(currentLine(walk).contains("\"id\""))
        walk.press(.enter)
        var places: [String] = []
        for _ in 0..<4 {
            walk.press(.character("n"))
            places.append(String(currentLine(walk).drop { $0 == " " }.prefix(6)))
        }
        #expect(places == ["\"name\"", "\"scori", "\"team\"", "\"id\": "])
        walk.press(.character("N"))
        #expect(currentLine(walk).contains("\"team\""))
        #expect(text(walk)[1].contains("/FRAUD  4/4"))
    }

    @Test func escapeClearsTheSearchBeforeItLeavesTheView() {
        var walk = opened(Size(width: 100, height: 30), .character("/"), .character("x"), .enter)
        #expect(walk.state.search?.text == "x")
        walk.press(.escape)
        #expect(walk.state.search == nil && walk.state.views.count == 1)
        walk.press(.escape)
        #expect(walk.state.views.isEmpty)
    }

    @Test func aSearchScrollsATextToThePlace() {
        var walk = opened(Size(width: 100, height: 12), .character("/"))
        for character in "team" { walk.press(.character(character)) }
        #expect(text(walk).contains { $0.contains("team") })
        #expect((walk.state.scroll[.view(.endpoint(Samples.id("fraud-scoring")))] ?? 0) > 0)
    }

    @Test func aWordThatIsNotThereSaysSo() {
        let walk = opened(Size(width: 100, height: 30), .character("/"), .character("ζ"), .enter)
        #expect(text(walk)[1].contains("/ζ  –/0"))
    }

    @Test func leavingAndComingBackStartsWithTheOverview() {
        var walk = opened(Size(width: 100, height: 30), .tab, .down, .enter)
        walk.press(.escape, .enter)
        #expect(walk.state.form == .overview && walk.state.folded.isEmpty && walk.state.outlineLine == 0)
    }

    @Test func longStringsGoOnInTheNextLineAndLoseNothing() {
        let long = String(repeating: "0123456789", count: 30)
        let lines = JSONOutline(["k": .string(long)], folded: [], width: 60).lines
        #expect(lines.allSatisfy { $0.spans.width <= 60 })
        let joined = lines.map { $0.text.filter { !" \"k:{}▾".contains($0) } }.joined()
        #expect(joined == long)
    }

    @Test(arguments: [
        ("", true), ("/a~1b", true), ("/a~1b/1", true), ("/c~0d", true), ("/x", false), ("/a~1b/9", false),
    ])
    func pointersLeadToTheirValues(_ pointer: String, _ isThere: Bool) {
        let value: JSONValue = ["a/b": [1, 2], "c~d": true]
        #expect((value.value(at: pointer) != nil) == isThere)
    }
}
