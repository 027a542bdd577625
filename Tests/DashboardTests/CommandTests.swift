import AzureCore
import AzureML
import Dashboard
import TerminalUI
import Testing

@Suite struct CommandTests {
    private func settled(_ width: Int = 120, _ height: Int = 36) -> Walkthrough {
        Walkthrough(state: Samples.state(Size(width: width, height: height)))
    }

    @Test func theSelectionFollowsTheResourceWhenRowsMove() {
        var walk = settled()
        walk.press(.down)
        #expect(walk.state.selectedEndpoint == Samples.id("fraud-scoring"))
        walk.tick(after: 10)
        walk.answer(.endpoints, .endpoints(page: [Samples.endpoint("aaa")] + Samples.endpoints, isLast: true))
        #expect(walk.state.selectedEndpoint == Samples.id("fraud-scoring"))
        #expect(walk.state.selectedRecord?.endpoint.name == "fraud-scoring")
    }

    @Test func aSelectionThatIsGoneMovesToTheFirstRow() {
        var walk = settled()
        walk.press(.end)
        walk.tick(after: 10)
        walk.answer(.endpoints, .endpoints(page: Array(Samples.endpoints[..<2]), isLast: true))
        #expect(walk.state.selectedEndpoint == Samples.id("churn"))
    }

    @Test func movingStopsAtBothEnds() {
        var walk = settled()
        walk.press(.up)
        #expect(walk.state.selectedEndpoint == Samples.id("churn"))
        walk.press(.end, .down, .pageDown)
        #expect(walk.state.selectedEndpoint == Samples.endpoints.last?.id)
        walk.press(.character("g"))
        #expect(walk.state.selectedEndpoint == Samples.id("churn"))
    }

    @Test func digitsFocusAPaneAndTheSameDigitZooms() {
        var walk = settled()
        walk.press(.character("5"))
        #expect(walk.state.focus == .log)
        #expect(!walk.state.isZoomed)
        walk.press(.character("5"))
        #expect(walk.state.isZoomed)
        walk.press(.character("5"))
        #expect(!walk.state.isZoomed)
    }

    @Test func tabGoesRoundThePanes() {
        var walk = settled()
        for pane in [Pane.deployments, .traffic, .credentials, .log, .endpoints] {
            walk.press(.tab)
            #expect(walk.state.focus == pane)
        }
        walk.press(.backTab)
        #expect(walk.state.focus == .log)
    }

    @Test func escapeClosesTheViewThenLeavesTheZoomAndNeverQuits() {
        var walk = settled()
        walk.press(.character("1"), .enter)
        #expect(walk.state.views == [.endpoint(Samples.id("churn"))])
        #expect(walk.press(.escape) == [])
        #expect(walk.state.views.isEmpty && walk.state.isZoomed)
        #expect(walk.press(.escape) == [])
        #expect(!walk.state.isZoomed)
        #expect(walk.press(.escape) == [])
    }

    @Test func qGoesBackFromAViewAndLeavesAtHome() {
        var walk = settled()
        walk.press(.character("?"))
        #expect(walk.state.views == [.help])
        #expect(walk.press(.character("q")) == [])
        #expect(walk.press(.character("q")) == [.quit])
    }

    @Test(arguments: [Key.control("c")])
    func controlCLeavesFromAnywhere(_ key: Key) {
        var walk = settled()
        walk.press(.character("?"))
        #expect(walk.press(key) == [.quit])
    }

    @Test func suspendAndRepaintAreEffects() {
        var walk = settled()
        #expect(walk.press(.control("z")) == [.suspend])
        #expect(walk.press(.control("l")) == [.repaint])
        #expect(walk.play(.terminal(.resumed)) == [.repaint])
    }

    @Test func theEndOfTheTerminalQuits() {
        var walk = settled()
        #expect(walk.play(.terminal(.ended(.endOfInput))) == [.quit])
    }

    @Test func enterOpensWhatIsSelectedInEachPane() {
        var walk = settled()
        walk.press(.down, .character("2"), .down, .enter)
        let green = Samples.id("fraud-scoring").appending("deployments", "green")
        #expect(walk.state.views == [.deployment(green)])
        walk.press(.escape, .character("5"), .down, .enter)
        #expect(walk.state.views == [.logRow("request-1")])
    }

    @Test func resizingKeepsTheSelectionInSight() {
        var walk = settled(120, 36)
        walk.press(.end)
        walk.play(.terminal(.resize(Size(width: 20, height: 5))))
        #expect(walk.state.size == Size(width: 20, height: 5))
        let frame = render(walk.state, texts: .english)
        let shown = (0..<5).map { frame.text(ofRow: $0) }.joined()
        #expect(shown.contains("사기탐지"))
    }

    @Test(arguments: [Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 3, height: 2)])
    func everyKeyIsHarmlessInATinyTerminal(_ size: Size) {
        var walk = settled()
        walk.play(.terminal(.resize(size)))
        for binding in KeyMap.standard.bindings {
            for key in binding.keys { walk.press(key) }
            #expect(render(walk.state, texts: .english).size == size)
        }
    }

    @Test func theLogFollowsTheNewestUntilARowIsSelected() {
        var walk = settled()
        walk.press(.character("5"))
        #expect(walk.state.selectedLogRow == nil)
        walk.press(.down, .down)
        #expect(walk.state.selectedLogRow == "request-2")
        walk.press(.home)
        #expect(walk.state.selectedLogRow == nil)
    }
}
