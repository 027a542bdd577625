import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct SecretTests {
    private static let key = "k3y-in-clear-text-0123456789abcdef"
    private let churn = Samples.id("churn")

    private func settled(_ width: Int = 80, _ height: Int = 24) -> Walkthrough {
        Walkthrough(state: Samples.state(Size(width: width, height: height)))
    }

    /// Shows the primary key of the first endpoint.
    private func revealed(_ width: Int = 80, _ height: Int = 24) -> Walkthrough {
        var walk = settled(width, height)
        walk.press(.character("v"))
        guard case .secret(.reveal(_, let request))? = walk.press(.character("p")).first else {
            Issue.record("nobody asked for the key")
            return walk
        }
        walk.play(.secret(.revealed(Secret(Self.key), request: request)))
        return walk
    }

    private func screen(_ walk: Walkthrough) -> String {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test func keysAreNotListedUnasked() {
        var walk = settled()
        walk.press(.character("v"))
        #expect(!screen(walk).contains(Self.key) && screen(walk).contains(Secret.mask))
        let effects = walk.press(.character("s"))
        #expect(effects.contains(.secret(.reveal(.endpointKey(churn, .secondary), request: walk.state.lastRequest))))
    }

    @Test func aSecretIsShownForTenSecondsAndThenGone() {
        var walk = revealed()
        #expect(walk.state.showsSecret && screen(walk).contains(Self.key))
        #expect(screen(walk).contains("masked again in 10 s"))
        walk.tick(after: 9)
        #expect(screen(walk).contains("masked again in 1 s"))
        walk.tick(after: 1)
        #expect(!walk.state.showsSecret && walk.state.dialog == nil && !screen(walk).contains(Self.key))
        #expect(walk.state.notice?.key == .secretMasked)
    }

    @Test(arguments: [
        Event.terminal(.focus(false)), .terminal(.resize(Size(width: 81, height: 24))), .terminal(.resumed),
        .terminal(.ended(.endOfInput)), .secret(.mustHide), .terminal(.key(.control("z"))),
        .terminal(.key(.control("c"))), .terminal(.key(.escape)), .terminal(.key(.character("x"))),
        .tick(now: Samples.now.addingTimeInterval(-3_600), zone: Samples.zone),
        .tick(now: Samples.now.addingTimeInterval(3_600), zone: Samples.zone),
    ])
    func whateverElseHappensItIsGoneAtOnce(_ event: Event) {
        var walk = revealed()
        walk.play(event)
        #expect(!walk.state.showsSecret && walk.state.dialog == nil && !screen(walk).contains(Self.key))
    }

    @Test func whatComesTooLateIsNotShown() {
        var walk = settled()
        walk.press(.character("v"), .character("p"))
        let request = walk.state.lastRequest
        walk.press(.escape)
        walk.play(.secret(.revealed(Secret(Self.key), request: request)))
        #expect(!walk.state.showsSecret && !screen(walk).contains(Self.key))
        walk.press(.character("v"), .character("p"))
        walk.play(.secret(.revealed(Secret(Self.key), request: request)))
        #expect(!walk.state.showsSecret, "the answer to an older question")
    }

    @Test func losingTheFocusGivesUpWhatIsOnItsWay() {
        var walk = settled()
        walk.press(.character("v"), .character("p"))
        let request = walk.state.lastRequest
        walk.play(.terminal(.focus(false)))
        walk.play(.secret(.revealed(Secret(Self.key), request: request)))
        #expect(!walk.state.showsSecret)
    }

    @Test func whatIsShownCanBeCopied() {
        var walk = revealed()
        #expect(walk.press(.character("y")) == [.secret(.copy(.endpointKey(churn, .primary)))])
        #expect(!walk.state.showsSecret)
    }

    @Test(arguments: [
        ("churn", Character("p"), SecretName.endpointKey(Samples.id("churn"), .primary)),
        ("churn", "s", .endpointKey(Samples.id("churn"), .secondary)),
        ("fraud-scoring", "e", .token(.machineLearning)),
        ("llm-gateway", "t", .endpointToken(Samples.id("llm-gateway"))),
    ])
    func theMenuCopiesWithoutShowing(endpoint: String, key: Character, name: SecretName) {
        var walk = settled(120, 40)
        while walk.state.selectedRecord?.endpoint.name != endpoint { walk.press(.down) }
        walk.press(.character("y"))
        #expect(screen(walk).contains(Secret.mask))
        #expect(walk.press(.character(key)) == [.secret(.copy(name))])
    }

    @Test func theTokensOfThePersonAreCopiedFromTheirPane() {
        var walk = settled()
        walk.press(.character("4"), .down, .character("y"))
        #expect(walk.state.selectedCredentialRow?.id == .token(.resourceManager))
        #expect(walk.press(.enter) == [.secret(.copy(.token(.resourceManager)))])
    }

    @Test(arguments: [
        (CopyOutcome(characterCount: 0, reachedTerminal: true), TextKey.secretCopiedTerminal),
        (CopyOutcome(characterCount: 0, reachedTerminal: true, program: "xclip"), .secretCopiedProgram),
        (CopyOutcome(characterCount: 0, reachedTerminal: false), .secretTooLong),
    ])
    func whatBecameOfACopyIsSaidByName(_ outcome: CopyOutcome, _ key: TextKey) {
        var walk = settled()
        walk.play(.secret(.copied(.endpointKey(churn, .primary), outcome)))
        #expect(walk.state.notice?.key == key && walk.state.notice?.values["name"] == "primary key of churn")
        walk.play(.secret(.notCopied(.endpointKey(churn, .primary), AzureError(.forbidden(action: nil, scope: nil)))))
        #expect(walk.state.notice?.key == .secretNotCopied && walk.state.notice?.isWarning == true)
    }

    @Test func aRefusalIsExplainedWhereTheKeyWouldStand() {
        var walk = settled()
        walk.press(.character("v"), .character("p"))
        let error = AzureError(
            .forbidden(action: "…/listKeys/action", scope: nil),
            operation: .init("onlineEndpoints.keys")
        )
        walk.play(.secret(.notRevealed(error, request: walk.state.lastRequest)))
        #expect(screen(walk).contains("Couldn't get the endpoint's keys"))
    }

    @Test func aLongTokenSaysHowMuchOfItIsNotShown() {
        var walk = settled()
        walk.press(.character("4"), .down, .character("v"))
        walk.play(.secret(.revealed(Secret(String(repeating: "x", count: 3_000)), request: walk.state.lastRequest)))
        #expect(screen(walk).contains("more characters") && screen(walk).contains("masked again in"))
    }

    @Test func nothingOfASecretIsInADumpOfTheState() {
        let walk = revealed()
        var dumped = ""
        dump(walk.state, to: &dumped)
        #expect(!dumped.contains(Self.key) && !"\(walk.state)".contains(Self.key))
    }

    @Test func framesOfSecrets() {
        expect(render(revealed().state, texts: .english), matchesGolden: "secret-80x24")
        expect(render(revealed().state, texts: .korean), matchesGolden: "korean-secret-80x24")
        var walk = settled()
        walk.press(.character("v"))
        expect(render(walk.state, texts: .english), matchesGolden: "secret-choice-80x24")
    }
}
