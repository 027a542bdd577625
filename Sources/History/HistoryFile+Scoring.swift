package import AzureCore
package import AzureML
import GRDB

/// The scoring history: by consent, bounded, without a secret.
///
/// Where the file cannot be used it lives in memory until the end of the process.
extension HistoryFile {
    /// Whether payloads are kept; `.unasked` until somebody said.
    package func scoringConsent() async -> ScoringConsent {
        await read { try ScoringTable.consent(in: $0) } ?? .unasked
    }

    /// What is no longer agreed to is deleted: with `.withoutBodies` the bodies, with `.no` everything.
    ///
    /// - Returns: What is wrong where that could not be written.
    package func setScoringConsent(_ consent: ScoringConsent) async -> JournalTrouble? {
        await write { try ScoringTable.set(consent, in: $0) }
    }

    /// Keeps what was agreed to of a record, without what may be a secret: the values of headers with such names, the
    /// query of the address. The newest 200 of each endpoint stay, and bodies of up to 256 KiB.
    ///
    /// - Returns: What is wrong where it could not be written.
    package func record(_ record: ScoringRecord) async -> JournalTrouble? {
        await write { try ScoringTable.insert(record, in: $0) }
    }

    /// Newest first.
    package func scoringRecords(of endpoint: ResourceID) async -> [ScoringRecord] {
        await read { try ScoringTable.records(of: endpoint, in: $0) } ?? []
    }

    /// The newest record of a success whose body was kept.
    package func lastScoringSuccess(of endpoint: ResourceID) async -> ScoringRecord? {
        await read { try ScoringTable.lastSuccess(of: endpoint, in: $0) } ?? nil
    }

    /// Forgets one record of an endpoint; nil for all of them.
    ///
    /// - Returns: What is wrong where it could not be written.
    package func forgetScoring(_ id: ScoringRecord.ID?, of endpoint: ResourceID) async -> JournalTrouble? {
        await write { try ScoringTable.delete(id, of: endpoint, in: $0) }
    }
}
