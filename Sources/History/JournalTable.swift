import AzureCore
import AzureML
import FoundationEssentials
import GRDB
import JSONValue

/// The journal as a table that only grows.
enum JournalTable {
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE journal (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    rotation TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    at REAL NOT NULL,
                    who TEXT NOT NULL,
                    event TEXT NOT NULL,
                    workspace TEXT NOT NULL,
                    endpoint TEXT NOT NULL,
                    slot TEXT NOT NULL,
                    before_primary TEXT,
                    before_secondary TEXT,
                    after_primary TEXT,
                    after_secondary TEXT,
                    verdicts TEXT NOT NULL,
                    old_key_worked_seconds REAL,
                    request_ids TEXT NOT NULL,
                    operation TEXT,
                    outcome TEXT,
                    reason TEXT,
                    detail TEXT,
                    UNIQUE (rotation, number)
                );
                CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
                BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
                CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
                BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
                """
        )
    }

    /// Entries that are there already are passed over: one may be written twice when nobody learned of the first time.
    static func append(_ entries: [JournalEntry], to database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO journal (
                    rotation, number, at, who, event, workspace, endpoint, slot, before_primary, before_secondary,
                    after_primary, after_secondary, verdicts, old_key_worked_seconds, request_ids, operation, outcome,
                    reason, detail
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (rotation, number) DO NOTHING
                """
        )
        for entry in entries { try statement.execute(arguments: arguments(entry)) }
    }

    private static func arguments(_ entry: JournalEntry) -> StatementArguments {
        let values: [(any DatabaseValueConvertible)?] = [
            entry.rotation, entry.number, entry.at.timeIntervalSince1970, entry.who, entry.event.rawValue,
            entry.endpoint.parent?.text ?? "", entry.endpoint.text, entry.slot.rawValue,
            entry.before?.primary.text, entry.before?.secondary.text, entry.after?.primary.text,
            entry.after?.secondary.text, KeyVerdict.json(entry.verdicts).text(), entry.oldKeyWorkedSeconds,
            JSONValue.array(entry.requestIDs.map(JSONValue.string)).text(), entry.operation?.json.text(),
            entry.outcome?.state, entry.outcome?.reason, entry.detail,
        ]
        return StatementArguments(values)
    }

    static func entries(in database: Database) throws -> [JournalEntry] {
        try Row.fetchAll(database, sql: "SELECT * FROM journal ORDER BY id").compactMap(entry)
    }

    /// Nil for a row that holds words this version does not know.
    private static func entry(_ row: Row) -> JournalEntry? {
        guard let event = JournalEntry.Event(rawValue: row["event"]), let slot = KeySlot(rawValue: row["slot"])
        else { return nil }
        let state: String? = row["outcome"]
        return JournalEntry(
            rotation: row["rotation"],
            number: row["number"],
            at: Date(timeIntervalSince1970: row["at"]),
            who: row["who"],
            event: event,
            endpoint: ResourceID(row["endpoint"]),
            slot: slot,
            before: fingerprints(row["before_primary"], row["before_secondary"]),
            after: fingerprints(row["after_primary"], row["after_secondary"]),
            verdicts: json(row["verdicts"]).map(KeyVerdict.verdicts) ?? [:],
            oldKeyWorkedSeconds: row["old_key_worked_seconds"],
            requestIDs: json(row["request_ids"])?.arrayValue?.compactMap(\.stringValue) ?? [],
            operation: json(row["operation"]).flatMap(OperationHandle.init(json:)),
            outcome: state.flatMap { RotationOutcome(state: $0, reason: row["reason"]) },
            detail: row["detail"]
        )
    }

    private static func fingerprints(_ primary: String?, _ secondary: String?) -> KeyFingerprints? {
        guard let primary = primary.flatMap(KeyFingerprint.init(text:)),
            let secondary = secondary.flatMap(KeyFingerprint.init(text:))
        else { return nil }
        return KeyFingerprints(primary: primary, secondary: secondary)
    }

    private static func json(_ text: String?) -> JSONValue? { text.flatMap { try? JSONValue.parse($0) } }
}
