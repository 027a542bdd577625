import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import TerminalUI
import Testing

/// Filtering, sorting, freezing: what is shown of what is known.
@Suite struct FindTests {
    private func settled(_ width: Int = 120, _ height: Int = 40) -> Walkthrough {
        Walkthrough(state: Samples.state(Size(width: width, height: height)))
    }

    private func type(_ text: String, into walk: inout Walkthrough) {
        walk.press(.character("/"))
        for character in text { walk.press(.character(character)) }
    }

    private func picture(_ walk: Walkthrough) -> String {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    private func shownNames(_ walk: Walkthrough) -> [String] {
        let frame = render(walk.state, texts: .english)
        let lines = (0..<frame.size.height).map { frame.text(ofRow: $0) }
        let end = lines.firstIndex { $0.hasPrefix("╰") } ?? 0
        return Samples.endpoints.map(\.name).filter { name in
            lines[2..<max(2, end)].contains { $0.contains(name) }
        }
    }

    @Test(arguments: [
        ("scoring", ["fraud-scoring"]), ("!fraud aad", []), ("failed", ["llm-gateway"]),
        ("auth_mode:key !churn", ["vision-batch", "사기탐지-실시간"]), ("err>1%", ["llm-gateway"]),
        ("p95>500ms", ["llm-gateway"]), ("p95>1s err>=4", ["llm-gateway"]), ("rps<1", ["vision-batch"]),
        ("/^churn/", ["churn"]), ("/llm|vision batch/", ["llm-gateway"]), ("사기", ["사기탐지-실시간"]),
        ("traffic:green", ["fraud-scoring"]),
        ("age>90d", []), ("age>39d name:churn", ["churn"]), ("nonsense>3", []), ("p95>fast", []), ("/[/", []),
        ("FRAUD SCORING", ["fraud-scoring"]),
    ])
    func theFilterShowsWhatMatches(_ text: String, _ names: [String]) {
        var walk = settled()
        type(text, into: &walk)
        walk.press(.enter)
        #expect(shownNames(walk) == names)
        #expect(walk.state.filters[.endpoints]?.text == text)
    }

    @Test func theFilterTakesEffectWhileItIsTypedAndStaysInTheTitle() {
        var walk = settled()
        type("vis", into: &walk)
        #expect(shownNames(walk) == ["vision-batch"])
        #expect(walk.state.selectedEndpoint == Samples.id("vision-batch"))
        walk.press(.enter)
        #expect(render(walk.state, texts: .english).text(ofRow: 1).contains("1 Endpoints /vis"))
        walk.tick(after: 10)
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints + [Samples.endpoint("vista")], isLast: true))
        #expect(shownNames(walk) == ["vision-batch"])
        walk.press(.escape)
        #expect(walk.state.filters.isEmpty)
        #expect(shownNames(walk).count == Samples.endpoints.count)
    }

    @Test func escapeWhileTypingClearsAndLettersAreNoCommands() {
        var walk = settled()
        type("q?5", into: &walk)
        #expect(walk.state.prompt?.text == "q?5")
        #expect(walk.state.views.isEmpty && walk.state.focus == .endpoints)
        #expect(walk.press(.escape) == [])
        #expect(walk.state.prompt == nil && walk.state.filters.isEmpty)
    }

    @Test func theLineIsEditedAsInAShell() {
        var walk = settled()
        type("one two", into: &walk)
        walk.press(.control("w"))
        #expect(walk.state.prompt?.text == "one ")
        walk.press(.control("a"), .character("x"), .right, .delete)
        #expect(walk.state.prompt?.text == "xoe ")
        walk.press(.control("k"), .backspace)
        #expect(walk.state.prompt?.text == "x")
        walk.play(.terminal(.paste("a\nb")))
        #expect(walk.state.prompt?.text == "xa b")
        walk.press(.control("u"))
        #expect(walk.state.prompt?.text == "")
    }

    @Test func sortingGoesThroughTheColumnsAndKeepsTheSelection() {
        var walk = settled()
        walk.press(.down)
        let selected = walk.state.selectedEndpoint
        for _ in 0..<5 { walk.press(.character(">")) }
        #expect(walk.state.sort == SortOrder(column: .errors, isDescending: true))
        #expect(walk.state.selectedEndpoint == selected)
        walk.press(.home)
        #expect(walk.state.selectedEndpoint == Samples.id("llm-gateway"))
        walk.press(.character("I"), .home)
        #expect(walk.state.selectedEndpoint == Samples.id("churn"))
        for _ in 0..<5 { walk.press(.character("<")) }
        #expect(walk.state.sort == nil)
    }

    @Test func onlyTroubleShowsEndpointsAndRowsThatHaveIt() {
        var walk = settled()
        walk.press(.character("!"))
        #expect(shownNames(walk) == ["llm-gateway"])
        walk.press(.character("5"), .character("5"))
        let frame = render(walk.state, texts: .english)
        let rows = (1..<38).map { frame.text(ofRow: $0) }.filter { $0.contains("fraud-scoring") }
        #expect(rows.count == 6)
        #expect(rows.allSatisfy { $0.contains("424") })
        walk.press(.character("!"), .character("5"))
        #expect(shownNames(walk).count == Samples.endpoints.count)
    }

    @Test func theLogCanFollowTheSelectedEndpoint() {
        var walk = settled()
        walk.press(.character("f"))
        #expect(picture(walk).contains("Nothing matches") && !picture(walk).contains("POST /score"))
        walk.press(.down)
        #expect(picture(walk).contains("POST /score"))
    }

    @Test func frozenNothingIsAskedButTokensAreKeptAlive() {
        var walk = settled()
        walk.press(.character("z"))
        #expect(walk.tick(after: 60) == [])
        walk.tick(after: 3_481 - 300 - 60)
        #expect(Set(walk.sources) == [.token(.resourceManager), .token(.machineLearning), .token(.logAnalytics)])
        walk.press(.character("z"))
        #expect(walk.isOpen(.endpoints))
    }

    @Test func universalTimeIsAKeyAway() {
        var walk = settled()
        walk.press(.character("Z"))
        walk.tick(after: 1)
        #expect(render(walk.state, texts: .english).text(ofRow: 0).contains("16:00:01 UTC"))
        walk.press(.character("Z"))
        walk.tick(after: 1)
        #expect(render(walk.state, texts: .english).text(ofRow: 0).contains("01:00:02 KST"))
    }

    @Test func aFilteredLogKeepsItsSelectionWhenRowsArrive() {
        var walk = settled()
        walk.press(.character("5"), .character("/"))
        for character in "code:424" { walk.press(.character(character)) }
        walk.press(.enter, .down)
        #expect(walk.state.selectedLogRow == "request-10")
        walk.tick(after: 30)
        walk.answerAll { Samples.answer(to: $0) }
        #expect(walk.state.selectedLogRow == "request-10")
        #expect(walk.state.filters[.log]?.text == "code:424")
    }
}
