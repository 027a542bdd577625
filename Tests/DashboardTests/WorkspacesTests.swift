import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct WorkspacesTests {
    private func opened() -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.press(.character("w"))
        walk.answer(.workspaces, .workspaces(Samples.workspaces))
        return walk
    }

    @Test func theListIsReadWhenItIsOpenedAndStandsOnWhatIsShown() {
        let walk = opened()
        #expect(walk.state.views == [.workspaces])
        #expect(walk.state.selectedWorkspace == Samples.workspace)
    }

    @Test func escLeavesEverythingAsItWas() {
        var walk = opened()
        let records = walk.state.records
        walk.press(.up, .escape)
        #expect(walk.state.views.isEmpty)
        #expect(walk.state.records == records)
        #expect(walk.state.workspaceAddress == Samples.workspace)
    }

    @Test func enterGivesUpWhatIsOnItsWayAndBeginsAnewThere() {
        var walk = opened()
        walk.tick(after: 60)
        let late = walk.open.first { $0.source == .endpoints }?.number ?? 0
        let effects = walk.press(.up, .enter)
        #expect(effects.first == .cancelRequests)
        #expect(walk.state.workspaceAddress == Samples.otherWorkspace)
        #expect(walk.state.records.isEmpty && walk.state.log.rows.isEmpty && walk.state.views.isEmpty)
        let requests = effects.compactMap { if case .fetch(let request) = $0 { request } else { nil } }
        #expect(requests.map(\.source).contains(.endpoints) && requests.map(\.source).contains(.fleet))
        #expect(requests.allSatisfy { $0.workspace == Samples.otherWorkspace })
        #expect(!requests.contains { $0.source == .connection }, "the connection stays")
        #expect(walk.state.tokens.count == 3, "so do the tokens")
        walk.play(.answered(request: late, .endpoints(page: Samples.endpoints, isLast: true)))
        #expect(walk.state.records.isEmpty, "what comes late is of another place")
    }

    @Test func theWindowOfTheLogIsTheSameThere() {
        var walk = opened()
        walk.state.log.windowSeconds = 7_200
        walk.press(.up, .enter)
        #expect(walk.state.workspaceAddress == Samples.otherWorkspace && walk.state.log.windowSeconds == 7_200)
    }

    @Test func enterOnWhatIsShownOnlyLeaves() {
        var walk = opened()
        let effects = walk.press(.enter)
        #expect(!effects.contains(.cancelRequests))
        #expect(walk.state.views.isEmpty && !walk.state.records.isEmpty)
    }

    @Test func aSubscriptionThatRefusesIsARowAndCannotBeEntered() {
        var walk = opened()
        walk.press(.end)
        #expect(walk.state.selectedWorkspace == nil)
        #expect(!walk.press(.enter).contains(.cancelRequests))
        let text = lines(walk.state).joined(separator: "\n")
        #expect(text.contains("Archive") && text.contains("ws-lab-krc") && text.contains("Production"))
    }

    @Test func whereNothingCanBeReadItSaysWhy() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.press(.character("w"))
        let error = AzureError(.forbidden(action: nil, scope: nil), operation: .subscriptionsList, status: 403)
        walk.answer(.workspaces, .failed(error))
        #expect(lines(walk.state).joined(separator: "\n").contains("list the subscriptions"))
    }

    @Test(arguments: Language.allCases, [Size(width: 120, height: 36), Size(width: 80, height: 24)])
    func itsFrames(_ language: Language, _ size: Size) {
        var walk = opened()
        walk.play(.terminal(.resize(size)))
        for row in lines(walk.state, language) { #expect(TextWidth.width(of: row) <= size.width) }
        #expect(lines(walk.state, language).joined().contains("ws-fraud-krc"))
    }

    private func lines(_ state: DashboardState, _ language: Language = .english) -> [String] {
        let frame = render(state, texts: Catalogue(language))
        return (0..<state.size.height).map { frame.text(ofRow: $0) }
    }
}
