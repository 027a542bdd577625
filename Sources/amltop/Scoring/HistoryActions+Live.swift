import Dashboard
import History

extension ScoringActions.HistoryActions {
    /// In the file that the journal is in too.
    static func live(_ history: HistoryFile) -> ScoringActions.HistoryActions {
        ScoringActions.HistoryActions(
            consent: { await history.scoringConsent() },
            setConsent: { _ = await history.setScoringConsent($0) },
            records: { await history.scoringRecords(of: $0) },
            record: { _ = await history.record($0) },
            forget: { _ = await history.forgetScoring($0, of: $1) }
        )
    }
}
