import AzureCore
import FoundationEssentials
import TerminalUI
import Testing

@testable import Dashboard

/// Signing in from the dashboard: what the dialog asks the world for, and what it makes of the answers.
@Suite struct SignInDialogTests {
    private func signedOut(_ size: Size = Size(width: 80, height: 24)) -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(size))
        walk.tick()
        walk.play(.terminal(.key(.function(5))))
        let failed = AzureError(.signedOut(credential: "X"), operation: .token)
        for request in walk.open where request.source == .endpoints { walk.answer(.endpoints, .failed(failed)) }
        return walk
    }

    private var code: DeviceCode {
        DeviceCode(
            userCode: "A1B2C3D4",
            verificationURL: "https://microsoft.com/devicelogin",
            expiresAt: Samples.now.addingTimeInterval(900)
        )
    }

    private func text(_ walk: Walkthrough, _ language: Language = .english) -> String {
        let frame = render(walk.state, texts: Catalogue(language))
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test func theSignedOutStateShowsTheKeyAndTheDialogSaysWhy() {
        var walk = signedOut()
        #expect(text(walk).contains("S signs in"))
        #expect(walk.press(.character("S")).contains(.signIn(.explain)))
        walk.play(
            .signIn(
                .explained([
                    CredentialVerdict(name: "ClientSecretCredential", .unavailable(.missingVariables(["AZURE_X"]))),
                    CredentialVerdict(name: "AzureCliCredential", .notAsked),
                ])
            )
        )
        #expect(text(walk).contains("ClientSecretCredential: not set: AZURE_X"))
        #expect(text(walk).contains("AzureCliCredential: not asked"))
    }

    @Test func aCodeIsShownCountsDownAndIsCopied() {
        var walk = signedOut()
        walk.press(.character("S"))
        #expect(walk.press(.character("d")) == [.signIn(.beginDeviceCode)])
        walk.play(.signIn(.code(code)))
        #expect(text(walk).contains("A1B2C3D4") && text(walk).contains("microsoft.com/devicelogin"))
        let before = text(walk)
        walk.tick(after: 10)
        #expect(text(walk) != before && text(walk).contains("A1B2C3D4"))
        #expect(walk.press(.character("y")) == [.copy("A1B2C3D4")])
        #expect(walk.press(.character("u")) == [.copy("https://microsoft.com/devicelogin")])
        // While it waits, the other ways are closed.
        #expect(walk.press(.character("a")) == [])
    }

    @Test func successClosesTheDialogAndAsksForEverythingAnew() {
        var walk = signedOut()
        walk.press(.character("S"), .character("d"))
        walk.play(.signIn(.code(code)))
        #expect(walk.state.feeds.values.contains { $0.failure != nil && !$0.isForced })
        walk.play(.signIn(.signedIn))
        #expect(walk.state.dialog == nil)
        // At once, or as soon as there is room among the requests that are out.
        #expect(walk.state.feeds.values.allSatisfy { $0.failure == nil || $0.isForced || $0.isWaiting })
    }

    @Test func escGivesUpWhatIsUnderWayAndALateCodeIsNobodys() {
        var walk = signedOut()
        walk.press(.character("S"), .character("d"))
        #expect(walk.press(.escape) == [.signIn(.cancelDeviceCode)])
        walk.play(.signIn(.code(code)))
        #expect(walk.state.dialog == nil)
        walk.press(.character("S"))
        #expect(walk.press(.escape) == [])
    }

    @Test func aFailureSaysWhyAndMayBeTriedAgain() {
        var walk = signedOut()
        walk.press(.character("S"), .character("d"))
        walk.play(.signIn(.failed(AzureError(.signedOut(credential: "X"), code: "authorization_declined"))))
        #expect(text(walk).contains("declined in the browser"))
        #expect(walk.press(.character("d")) == [.signIn(.beginDeviceCode)])
    }

    @Test func theAzureCLIGetsTheTerminalAndItsEndIsTold() {
        var walk = signedOut()
        walk.press(.character("S"))
        #expect(walk.press(.character("a")) == [.signIn(.runAzureCLI)])
        walk.play(.signIn(.azureCLIEnded(status: 1)))
        #expect(text(walk).contains("`az login` ended with 1"))
        walk.play(.signIn(.azureCLIEnded(status: nil)))
        #expect(text(walk).contains("no program az"))
        walk.play(.signIn(.azureCLIEnded(status: 0)))
        #expect(walk.state.dialog == nil)
    }

    @Test func theCredentialsPaneAndTheCommandLineLeadThereToo() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.press(.character("4"), .home)
        while case .endpoint? = walk.state.selectedCredentialRow?.id { walk.press(.down) }
        #expect(walk.press(.enter).contains(.signIn(.explain)))
        walk.press(.escape)
        walk.press(.character(":"))
        walk.play(.terminal(.paste("signin")))
        #expect(walk.press(.enter).contains(.signIn(.explain)))
    }

    @Test(arguments: Language.allCases, [Size(width: 20, height: 5), Size(width: 80, height: 24)])
    func itIsDrawnAtEverySizeAndHostileTextStaysText(_ language: Language, _ size: Size) {
        var walk = signedOut(size)
        walk.press(.character("S"))
        let hostile = UnavailableCredential.Reason.programFailed(exitCode: 1, message: "\u{1B}[2J\u{202E}boom")
        walk.play(.signIn(.explained((0..<40).map { CredentialVerdict(name: "C\($0)", .unavailable(hostile)) })))
        for _ in 0..<60 { walk.press(.down) }
        #expect(!text(walk, language).contains("\u{1B}"))
    }
}
