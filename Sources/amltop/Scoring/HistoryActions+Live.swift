import AzureML
import Dashboard
import History

extension ScoringActions.HistoryActions {
    /// What was agreed to is kept in that file; what is wrong with it is told by the journal, which lives there too.
    init(keptIn history: HistoryFile) {
        self.init(
            consent: { await history.scoringConsent() },
            setConsent: { _ = await history.setScoringConsent($0) },
            records: { await history.scoringRecords(of: $0) },
            record: { _ = await history.record($0) },
            forget: { _ = await history.forgetScoring($0, of: $1) }
        )
    }
}
