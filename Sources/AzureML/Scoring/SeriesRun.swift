import AzureCore
import Synchronization

/// What the workers of one repeated sending share.
final class SeriesRun: Sendable {
    /// Between two reports.
    private static let reportInterval = Duration.milliseconds(100)

    private struct State {
        var report: ScoringSeriesReport
        var nextIndex = 0
        var nextReportAt = Duration.zero
    }

    private let plan: ScoringSeries
    private let uptime: @Sendable () -> Duration
    private let start: Duration
    private let state: Mutex<State>
    private let tell: @Sendable (ScoringSeriesReport) -> Void

    init(
        _ plan: ScoringSeries,
        uptime: @escaping @Sendable () -> Duration,
        tell: @escaping @Sendable (ScoringSeriesReport) -> Void
    ) {
        self.plan = plan
        self.uptime = uptime
        self.tell = tell
        start = uptime()
        state = Mutex(State(report: ScoringSeriesReport(plan: plan)))
    }

    /// The lane of the next request, by turns; nil when all are under way.
    func nextLane() -> Int? {
        state.withLock { state in
            guard state.nextIndex < plan.count else { return nil }
            defer { state.nextIndex += 1 }
            return state.nextIndex % plan.lanes.count
        }
    }

    func note(_ result: Result<ScoringAnswer, AzureError>, lane: Int) {
        let elapsed = uptime() - start
        let report = state.withLock { state -> ScoringSeriesReport? in
            switch result {
            case .success(let answer):
                state.report.lanes[lane].statistics.record(answer)
                state.report.lanes[lane].lastAnswer = answer
            case .failure(let error):
                state.report.lanes[lane].statistics.recordFailure()
                state.report.lastFailure = error
            }
            state.report.elapsed = elapsed
            guard elapsed >= state.nextReportAt else { return nil }
            state.nextReportAt = elapsed + Self.reportInterval
            return state.report
        }
        if let report { tell(report) }
    }

    /// The last report, told too.
    func end(_ ending: ScoringSeriesReport.State) -> ScoringSeriesReport {
        let elapsed = uptime() - start
        let report = state.withLock { state in
            state.report.state = ending
            state.report.elapsed = elapsed
            return state.report
        }
        tell(report)
        return report
    }
}
