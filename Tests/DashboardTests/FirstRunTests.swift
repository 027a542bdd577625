import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct FirstRunTests {
    private let nowhere = WorkspaceAddress(subscriptionID: "", resourceGroup: "", name: "")

    /// A dashboard that nobody told where to look, signed in.
    private func first(path: String? = "/home/abe/.config/amltop/config.yaml") -> Walkthrough {
        var walk = Walkthrough(state: DashboardState(workspace: nowhere, size: Size(width: 80, height: 24)))
        walk.state.configurationPath = path
        walk.tick()
        var facts = Samples.connection
        facts.workspace = nowhere
        walk.answer(.connection, .connected(facts))
        walk.answer(.token(.resourceManager), Samples.answer(to: Request(number: 0, source: .token(.resourceManager))))
        return walk
    }

    @Test func withoutAWorkspaceTheListOfThemIsAllThereIs() {
        let walk = first()
        #expect(walk.state.views == [.workspaces])
        #expect(walk.sources == [.workspaces], "nothing is asked about a workspace that is none")
    }

    @Test func theOneThatIsChosenIsOfferedToBeWrittenDown() {
        var walk = first()
        walk.answer(.workspaces, .workspaces(Samples.workspaces))
        walk.press(.down)
        walk.press(.enter)
        #expect(walk.state.workspaceAddress == Samples.workspace && walk.isOpen(.endpoints))
        guard case .context(let offer)? = walk.state.dialog else {
            Issue.record("nothing is offered")
            return
        }
        #expect(offer.name == Samples.workspace.name)
        expect(render(walk.state, texts: .english), matchesGolden: "first-run-80x24")
        expect(render(walk.state, texts: .korean), matchesGolden: "korean-first-run-80x24")
        #expect(walk.press(.character("y")).contains(.saveContext(offer)))
        #expect(walk.state.dialog == nil)
        walk.play(.contextSaved(.written(name: offer.name, path: offer.path)))
        #expect(walk.state.notice?.key == .contextWritten)
        walk.play(.contextSaved(.failed(path: offer.path, reason: "Permission denied")))
        #expect(walk.state.notice?.key == .contextNotWritten && walk.state.notice?.isWarning == true)
    }

    @Test(arguments: [Key.escape, .character("n")])
    func theOfferCanBeLeft(_ key: Key) {
        var walk = first()
        walk.answer(.workspaces, .workspaces(Samples.workspaces))
        walk.press(.enter)
        let effects = walk.press(key)
        #expect(walk.state.dialog == nil)
        #expect(!effects.contains { if case .saveContext = $0 { true } else { false } })
    }

    @Test func nothingIsOfferedWhereItIsConfiguredOrHasNoPlace() {
        var nameless = first(path: nil)
        nameless.answer(.workspaces, .workspaces(Samples.workspaces))
        nameless.press(.enter)
        #expect(nameless.state.dialog == nil)
        var usual = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        usual.state.configurationPath = "/x"
        usual.press(.character("w"))
        usual.answer(.workspaces, .workspaces(Samples.workspaces))
        usual.press(.up, .enter)
        #expect(usual.state.workspaceAddress == Samples.otherWorkspace && usual.state.dialog == nil)
    }

    @Test func aProductionWorkspaceSaysSoInItsColour() {
        var state = Samples.state(Size(width: 120, height: 36))
        state.workspaceMarks = [
            Samples.workspace.id: WorkspaceMark(context: "prod", isProduction: true, accent: .red)
        ]
        let frame = render(state, texts: .english)
        #expect(frame.text(ofRow: 0).contains(" PRODUCTION   prod  ws-fraud-krc"))
        let column = frame.text(ofRow: 0).prefix { $0 != "P" }.count
        #expect(frame[column, 0].style == Style(.alert, bold: true, reversed: true))
        state.workspaceMarks = [:]
        #expect(!render(state, texts: .english).text(ofRow: 0).contains("PRODUCTION"))
    }

    @Test func theBadgeStaysInANarrowTerminal() {
        var state = Samples.state(Size(width: 80, height: 24))
        state.isReadOnly = true
        state.workspaceMarks = [
            Samples.workspace.id: WorkspaceMark(context: "prod", isProduction: true, accent: .red)
        ]
        let line = render(state, texts: .english).text(ofRow: 0)
        #expect(line.contains("PRODUCTION") && line.contains("read-only") && line.contains("ws-fraud-krc"))
    }
}
