import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct CredentialAlertTests {
    private let refusal = AzureError(.signedOut(credential: "c"), operation: .token, code: "AADSTS7000222")

    private func settled(_ width: Int = 80, _ height: Int = 24) -> Walkthrough {
        Walkthrough(state: Samples.state(Size(width: width, height: height)))
    }

    /// A token that was given to us, with so much time left.
    private func given(_ seconds: Double, _ walk: inout Walkthrough) {
        var facts = Samples.token(.resourceManager, livesSeconds: 0)
        facts.expiresAt = walk.state.serverNow.addingTimeInterval(seconds)
        facts.isRenewable = false
        walk.play(.tokenChanged(.resourceManager, facts))
    }

    private func screen(_ walk: Walkthrough) -> String {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test(arguments: [(601.0, nil as Severity?), (600, .warning), (121, .warning), (120, .alert), (1, .alert)])
    func theThresholdsDecideOfATokenThatIsNotRenewed(left: Double, severity: Severity?) {
        var walk = settled()
        given(left, &walk)
        #expect(walk.state.alert?.severity == severity)
        #expect(walk.state.severity(of: walk.state.credentialRow(of: .resourceManager)) == severity)
    }

    @Test func theConfigurationSetsTheThresholds() {
        var walk = settled()
        walk.state.thresholds.tokenExpirySeconds = (60, 10)
        given(61, &walk)
        #expect(walk.state.alert == nil)
        given(59, &walk)
        #expect(walk.state.alert?.severity == .warning && walk.state.alert?.reason == .notRenewable)
    }

    @Test func whatIsRenewedByItselfIsNoAlert() {
        var walk = settled()
        var facts = Samples.token(.resourceManager, livesSeconds: 0)
        facts.expiresAt = walk.state.serverNow.addingTimeInterval(30)
        walk.play(.tokenChanged(.machineLearning, facts))
        #expect(walk.state.alert == nil)
    }

    @Test func aFailedRenewalIsOneAndGoesWithItsReason() {
        var walk = settled()
        var facts = Samples.token(.resourceManager, livesSeconds: 0)
        facts.expiresAt = walk.state.serverNow.addingTimeInterval(100)
        walk.play(.tokenChanged(.machineLearning, facts))
        walk.tick(after: 90)
        walk.answer(.token(.machineLearning), .failed(refusal))
        #expect(walk.state.alert?.reason == .renewalFailed(refusal) && walk.state.alert?.severity == .alert)
        #expect(screen(walk).contains("data plane: lapses in 00:10, not renewed"))
        #expect(walk.state.summary.alertCount > 0)
        walk.play(.tokenChanged(.machineLearning, Samples.token(.resourceManager, livesSeconds: 3_600)))
        #expect(walk.state.alert == nil, "time enough again")
    }

    @Test func itIsPutAsideAndComesBackWhenItGetsWorse() {
        var walk = settled()
        given(500, &walk)
        #expect(walk.state.alert != nil && walk.state.canGoBack)
        walk.press(.escape)
        #expect(walk.state.alert == nil)
        walk.tick(after: 1)
        #expect(walk.state.alert == nil)
        given(100, &walk)
        #expect(walk.state.alert?.severity == .alert)
    }

    @Test func itTakesALineAndGivesItBack() {
        for (width, height) in [(80, 24), (120, 36), (200, 60), (20, 5), (1, 1), (0, 0)] {
            var walk = settled(width, height)
            given(100, &walk)
            let frame = render(walk.state, texts: .english)
            if height >= 12, width >= 40 { #expect(frame.text(ofRow: 1).contains("▲ control plane")) }
            walk.press(.escape)
            #expect(!screen(walk).contains("given and not renewed"))
        }
    }

    @Test func severalAreCounted() {
        var walk = settled()
        given(100, &walk)
        var facts = Samples.token(.resourceManager, livesSeconds: 0)
        facts.expiresAt = walk.state.serverNow.addingTimeInterval(50)
        facts.isRenewable = false
        walk.play(.tokenChanged(.logAnalytics, facts))
        #expect(walk.state.alert?.id == .token(.logAnalytics) && walk.state.alert?.othersCount == 1)
        #expect(screen(walk).contains("and 1 more"))
    }

    @Test(arguments: [(80, 24), (200, 60)])
    func frames(_ width: Int, _ height: Int) {
        var walk = settled(width, height)
        given(100, &walk)
        walk.press(.character("4"))
        expect(render(walk.state, texts: .english), matchesGolden: "alert-\(width)x\(height)")
        expect(render(walk.state, texts: .korean), matchesGolden: "korean-alert-\(width)x\(height)")
    }
}
