@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// How old keys are: who is asked, how often, and what is said of it.
@Suite struct KeyAgeTests {
    private static let churn = Samples.id("churn")

    private func settled(_ size: Size = Size(width: 200, height: 60)) -> Walkthrough {
        Walkthrough(state: Samples.state(size))
    }

    private func credentials(_ state: DashboardState, _ language: Language = .english) -> String {
        let frame = render(state, texts: Catalogue(language))
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test func onlyEndpointsWithKeysAreAskedFor() {
        var walk = Walkthrough(state: DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 40)))
        walk.tick()
        var asked: [ResourceID] = []
        walk.answerAll { request in
            if case .activity(let id) = request.source { asked.append(id) }
            return Samples.answer(to: request)
        }
        let withKeys = walk.state.records.filter { $0.endpoint.authMode == .key }.map(\.id)
        #expect(Set(asked) == Set(withKeys) && !asked.isEmpty)
    }

    @Test func theLogIsAskedAgainAfterTenMinutesAndAsFarBackAsItGoes() throws {
        var walk = settled()
        let source = Source.activity(of: Self.churn)
        #expect(source.cadenceSeconds == 600)
        var requests: [Request] = []
        for _ in 0..<12 {
            walk.tick(after: 60)
            walk.answerAll { request in
                if request.source == source { requests.append(request) }
                return Samples.answer(to: request)
            }
        }
        #expect(requests.count == 1)
        let start = try #require(requests.first?.from)
        #expect(abs(walk.state.serverNow.timeIntervalSince(start) - 90 * 86_400) < 180)
    }

    @Test func thePaneSaysHowLongAgoAndWho() {
        let text = credentials(settled().state)
        #expect(text.contains("rotated 12 d ago · Ji"))
        #expect(credentials(settled().state, .korean).contains("12일 전 교체"))
    }

    @Test func whoIsSignedInIsCalledSo() {
        var state = settled().state
        state.tokens[.resourceManager]?.claims?.objectID = "OID-JISOO"
        #expect(credentials(state).contains("rotated 12 d ago · you"))
    }

    @Test func beyondTheThresholdThereIsAMarkAndAFinding() throws {
        var walk = settled()
        walk.state.thresholds.keyAgeSeconds = (warning: 10 * 86_400, alert: 12 * 86_400)
        walk.state.refreshFindings(walk.state.records.indices)
        #expect(credentials(walk.state).contains("▲ rotated 12 d ago"))
        let record = try #require(walk.state.record(Self.churn))
        #expect(record.severity == .alert && record.findings.first == Finding(.keyAge, .alert))
        let report = walk.state.statusReport(texts: .english)
        #expect(report.items.contains { $0.endpoint == "churn" && $0.text == "keys rotated 12 d ago" })
    }

    @Test func whatTheLogDoesNotReachIsOlderThanNinetyDays() throws {
        var state = settled().state
        let index = try #require(state.recordIndex[Self.churn])
        state.records[index].keyActivity?.regenerations = []
        state.records[index].endpoint.systemData = nil
        state.refreshFindings(of: Self.churn)
        #expect(credentials(state).contains("◆ older than 90 d"))
        #expect(state.records[index].findings.contains(Finding(.keyAge, .warning)))
    }

    @Test func whereTheLogMayNotBeReadTheAgeIsUnknownAndTheSourceInTrouble() {
        var walk = Walkthrough(state: DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 40)))
        walk.tick()
        walk.answerAll { request in
            guard case .activity = request.source else { return Samples.answer(to: request) }
            return .failed(
                AzureError(
                    .forbidden(action: "Microsoft.Insights/eventtypes/values/Read", scope: "/subscriptions/s"),
                    operation: .activityLogList,
                    status: 403,
                    code: "AuthorizationFailed"
                )
            )
        }
        #expect(credentials(walk.state).contains("age unknown"))
        #expect(walk.state.record(Self.churn)?.keyAge == nil)
        let report = walk.state.statusReport(texts: .english)
        #expect(report.items.contains { $0.endpoint == nil && $0.text.hasPrefix("Couldn't read the Activity Log") })
    }

    @Test func theDetailsTellWhenAndWhoWithTheAddress() throws {
        var walk = settled()
        walk.state.selectedEndpoint = Self.churn
        walk.press(.enter)
        let text = credentials(walk.state)
        #expect(text.contains("rotated 12 d ago · Jisoo Park (jisoo.park@contoso.com)"))
    }
}
