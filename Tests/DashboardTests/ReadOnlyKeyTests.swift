import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct ReadOnlyKeyTests {
    private let keyMap = KeyMap(bindings: [
        Binding([.character("W")], .refresh, .keyRefresh, footer: .footerRefresh, changesAzure: true),
        Binding([.character("R")], .freeze, .keyFreeze, footer: .footerFreeze),
        Binding([.character("X")], .mark, .keyMark, changesAzure: true, when: { _ in false }),
    ])

    private func state(isReadOnly: Bool) -> DashboardState {
        var state = Samples.state(Size(width: 80, height: 24))
        state.isReadOnly = isReadOnly
        return state
    }

    private func context(_ state: DashboardState) -> ViewContext {
        ViewContext(state: state, texts: .english, layout: HomeLayout(state))
    }

    @Test func whatWritesIsRefusedWithItsReasonWhereNothingMayBeChanged() {
        let state = state(isReadOnly: true)
        #expect(keyMap.command(for: .character("W"), in: state) == nil)
        #expect(keyMap.refusal(for: .character("W"), in: state) == .readOnlyRefused)
        #expect(keyMap.refusal(of: .refresh, in: state) == .readOnlyRefused)
        #expect(keyMap.command(for: .character("R"), in: state) == .freeze)
        #expect(keyMap.refusal(for: .character("R"), in: state) == nil)
        #expect(keyMap.refusal(for: .character("X"), in: state) == nil, "it does not apply anyway")
    }

    @Test func elsewhereItWorks() {
        let state = state(isReadOnly: false)
        #expect(keyMap.command(for: .character("W"), in: state) == .refresh)
        #expect(keyMap.refusal(for: .character("W"), in: state) == nil)
    }

    @Test func theWorkspacesOfTheConfigurationCountToo() {
        var state = state(isReadOnly: false)
        state.readOnlyWorkspaces = [Samples.workspace.id]
        #expect(keyMap.refusal(for: .character("W"), in: state) == .readOnlyRefused)
    }

    @Test func footerAndHelpSayWhichKeysRest() {
        let resting = context(state(isReadOnly: true)).footerEntries(of: keyMap).filter(\.isRefused)
        #expect(resting.map(\.key) == ["W"])
        #expect(context(state(isReadOnly: false)).footerEntries(of: keyMap).allSatisfy { !$0.isRefused })
        let help = context(state(isReadOnly: true)).entry(of: keyMap.bindings[0], keyWidth: 4).map(\.text).joined()
        #expect(help.contains("read-only: nothing may be changed here"))
        #expect(
            !context(state(isReadOnly: false)).entry(of: keyMap.bindings[0], keyWidth: 4).map(\.text).joined().contains(
                "read-only"
            )
        )
    }

    @Test func rotatingAKeyRestsThereAndSaysSo() {
        var walk = Walkthrough(state: state(isReadOnly: true))
        let effects = walk.press(.character("r"))
        #expect(walk.state.notice?.key == .rotateReadOnly && walk.state.dialog == nil)
        #expect(!effects.contains { if case .rotation = $0 { true } else { false } })
        walk.press(.character(":"))
        walk.play(.terminal(.paste("rotate")))
        walk.press(.enter)
        #expect(walk.state.notice?.key == .rotateReadOnly && walk.state.dialog == nil)
        let resting = context(state(isReadOnly: true)).footerEntries(of: .standard).filter(\.isRefused)
        #expect(resting.map(\.key) == ["r"])
    }

    @Test func askingForASecretChangesNothing() {
        for command in [Command.reveal, .copy, .inspect, .pasteToken] { #expect(!command.changesAzure) }
    }
}
