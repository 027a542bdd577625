package import AzureCore
package import AzureML
package import JSONValue

/// What the scoring form needs of the outside world.
package struct ScoringActions: Sendable {
    /// Fetches the credential and sends; reports until the answer or the failure is there.
    package var send: @Sendable (ScoringTask, _ report: @escaping @Sendable (ScoringReport) -> Void) async -> Void
    package var repeatSending:
        @Sendable (RepeatTask, _ report: @escaping @Sendable (ScoringReport) -> Void) async -> Void
    /// The endpoint's OpenAPI document.
    package var schema: @Sendable (ResourceID, ScoringCredential, _ allowsPlainHTTP: Bool) async throws -> JSONValue
    package var history: HistoryActions

    package init(
        send: @escaping @Sendable (ScoringTask, @escaping @Sendable (ScoringReport) -> Void) async -> Void,
        repeatSending: @escaping @Sendable (RepeatTask, @escaping @Sendable (ScoringReport) -> Void) async -> Void,
        schema: @escaping @Sendable (ResourceID, ScoringCredential, Bool) async throws -> JSONValue,
        history: HistoryActions = .none
    ) {
        self.send = send
        self.repeatSending = repeatSending
        self.schema = schema
        self.history = history
    }

    /// The scoring history.
    package struct HistoryActions: Sendable {
        package var consent: @Sendable () async -> ScoringConsent
        package var setConsent: @Sendable (ScoringConsent) async -> Void
        package var records: @Sendable (ResourceID) async -> [ScoringRecord]
        package var record: @Sendable (ScoringRecord) async -> Void
        package var forget: @Sendable (ScoringRecord.ID, ResourceID) async -> Void

        package init(
            consent: @escaping @Sendable () async -> ScoringConsent,
            setConsent: @escaping @Sendable (ScoringConsent) async -> Void,
            records: @escaping @Sendable (ResourceID) async -> [ScoringRecord],
            record: @escaping @Sendable (ScoringRecord) async -> Void,
            forget: @escaping @Sendable (ScoringRecord.ID, ResourceID) async -> Void
        ) {
            self.consent = consent
            self.setConsent = setConsent
            self.records = records
            self.record = record
            self.forget = forget
        }

        package static let none = HistoryActions(
            consent: { .no },
            setConsent: { _ in },
            records: { _ in [] },
            record: { _ in },
            forget: { _, _ in }
        )
    }

    /// Where there is no Azure to score with.
    package static let none = ScoringActions(
        send: { task, report in report(.failed(run: task.run, AzureError(.cancelled))) },
        repeatSending: { task, report in report(.failed(run: task.run, AzureError(.cancelled))) },
        schema: { _, _, _ in throw AzureError(.cancelled) }
    )
}
