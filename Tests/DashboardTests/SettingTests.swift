@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// What the configuration sets shows on the dashboard, and in the report of its status.
@Suite struct SettingTests {
    private func header(_ state: DashboardState, _ language: Language = .english) -> String {
        render(state, texts: Catalogue(language)).text(ofRow: 0)
    }

    @Test(arguments: [(Size(width: 80, height: 24)), Size(width: 120, height: 36)])
    func aReadOnlyDashboardSaysSo(_ size: Size) {
        var state = Samples.state(size)
        #expect(!header(state).contains("read-only"))
        state.isReadOnly = true
        #expect(header(state).contains("read-only") && header(state, .korean).contains("읽기 전용"))
    }

    @Test func aWorkspaceThatIsReadOnlySaysSoWhereverItWasChosen() {
        var state = Samples.state(Size(width: 120, height: 36))
        state.readOnlyWorkspaces = [Samples.workspace.id]
        #expect(header(state).contains("read-only"))
        state.workspaceAddress = Samples.otherWorkspace
        #expect(!header(state).contains("read-only"))
    }

    @Test func theThresholdsDecideWhatIsAnAlert() {
        var record = EndpointRecord(endpoint: Samples.endpoint("e"))
        record.metrics = EndpointMetrics(
            errorShare: 0.02,
            p95Milliseconds: 300,
            lastTrafficAt: Samples.now.addingTimeInterval(-60),
            measuredAt: Samples.now
        )
        var thresholds = Thresholds()
        #expect(
            record.findings(at: Samples.now, thresholds: thresholds, renewalFailed: false)
                == [Finding(.errorShare, .warning)]
        )
        thresholds.errorShare = (0.1, 0.2)
        thresholds.p95Milliseconds = (100, 200)
        thresholds.silenceSeconds = 30
        #expect(
            record.findings(at: Samples.now, thresholds: thresholds, renewalFailed: false)
                == [Finding(.p95, .alert), Finding(.silent, .warning)]
        )
    }

    @Test(arguments: Language.allCases)
    func theHelpNamesTheLimitsAsTheyAreSet(_ language: Language) {
        var state = Samples.state(Size(width: 200, height: 60))
        state.thresholds.errorShare = (0.025, 0.3)
        state.thresholds.p95Milliseconds = (750, 4_500)
        let context = ViewContext(state: state, texts: Catalogue(language), layout: HomeLayout(state))
        let help = context.lines(of: .help).map { $0.spans.map(\.text).joined() }.joined(separator: "\n")
        for limit in ["2.5", "30", "750 ms", "4.5 s"] { #expect(help.contains(limit), "\(limit)") }
        #expect(!help.contains("{"))
    }

    @Test func theWindowOfTheLogIsWhatIsAskedForAndKept() {
        var log = RecentTraffic()
        log.windowSeconds = 600
        let workspace = Samples.logWorkspace.id
        #expect(log.nextStart(in: workspace, now: Samples.now) == Samples.now.addingTimeInterval(-600))
        log.merge(
            [Samples.row(1, secondsAgo: 500), Samples.row(2, secondsAgo: 700)],
            from: Samples.now.addingTimeInterval(-800),
            workspace: workspace,
            isFrom: { _ in true },
            now: Samples.now
        )
        #expect(log.rows.count == 1)
    }

    // MARK: Status

    @Test func theReportCountsAsTheHeaderDoesAndNamesTheWorstFirst() {
        var state = DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 36))
        state.isListComplete = true
        _ = update(&state, .tick(now: Samples.now, zone: .utc))
        let before = state.requestsInFlight
        #expect(!state.statusReport(texts: .english).isComplete, "something is on its way")
        for number in before.keys {
            _ = update(&state, .answered(request: number, .failed(AzureError(.signedOut(credential: "c")))))
        }
        _ = update(&state, .tick(now: Samples.now.addingTimeInterval(1), zone: .utc))
        let report = state.statusReport(texts: .english)
        #expect(report.severity == .alert && report.summary.alertCount == 1)
        #expect(report.items.first?.endpoint == nil && report.items.first?.text.contains("sign-in") == true)
        #expect(report.summary == state.summary)
    }

    @Test func aListThatNeverCameIsAWarning() {
        let state = DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 36))
        let report = state.statusReport(texts: .english)
        #expect(!report.isComplete && report.severity == .warning)
    }

    @Test func notesAloneAreCalm() {
        let report = StatusReport(
            summary: Summary(),
            items: [.init(severity: .note, endpoint: "e", text: "t")],
            isComplete: true
        )
        #expect(report.severity == nil)
    }
}
