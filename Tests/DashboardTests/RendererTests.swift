import Dashboard
import FoundationEssentials
import TerminalUI
import Testing

@Suite struct RendererTests {
    private func settled() -> (Walkthrough, Renderer) {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.tick(after: 1)
        walk.answerAll { Samples.answer(to: $0) }
        var renderer = Renderer()
        _ = renderer.frame(of: walk.state, texts: .english)
        walk.state.changes = .none
        return (walk, renderer)
    }

    @Test(arguments: [Pane.endpoints, .deployments, .traffic, .credentials, .log], [Key.down, .end, .up, .pageDown])
    func movingInAPaneDrawsNoMoreThanItAndShowsTheSame(_ pane: Pane, _ key: Key) {
        var (walk, renderer) = settled()
        if pane != .endpoints { walk.press(.character(Character("\(pane.rawValue)"))) }
        _ = renderer.frame(of: walk.state, texts: .english)
        walk.state.changes = .none
        walk.press(.down)
        walk.answerAll { Samples.answer(to: $0) }
        _ = renderer.frame(of: walk.state, texts: .english)
        walk.state.changes = .none
        let effects = walk.press(key)
        if effects.isEmpty { #expect(!walk.state.changes.areEverywhere) }
        #expect(renderer.frame(of: walk.state, texts: .english) == render(walk.state, texts: .english))
    }

    @Test func withoutAnyChangeTheLastFrameIsShown() {
        var (walk, renderer) = settled()
        walk.play(.tick(now: walk.state.now.addingTimeInterval(0.4), zone: Samples.zone))
        #expect(walk.state.changes == .none)
        #expect(renderer.frame(of: walk.state, texts: .english) == render(walk.state, texts: .english))
    }

    @Test(arguments: [Key.character("z"), .character("?"), .character("5"), .character("!"), .character("/"), .tab])
    func anyOtherKeyDrawsEverything(_ key: Key) {
        var (walk, _) = settled()
        walk.press(key)
        #expect(walk.state.changes.areEverywhere)
    }

    @Test func theNextSecondDrawsEverything() {
        var (walk, _) = settled()
        walk.tick(after: 1)
        #expect(walk.state.changes.areEverywhere)
    }
}
