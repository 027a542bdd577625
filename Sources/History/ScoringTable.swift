import AzureCore
import AzureML
import FoundationEssentials
import GRDB
import HTTPTypes
import JSONValue

/// What was sent to endpoints and what came back, the newest of each endpoint; and whether that is wanted at all.
enum ScoringTable {
    /// Of each endpoint.
    static let mostRecords = 200
    /// A longer body is not kept.
    static let mostBodyBytes = 256 << 10

    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
                CREATE TABLE scoring (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL,
                    endpoint TEXT NOT NULL,
                    endpoint_key TEXT NOT NULL,
                    at REAL NOT NULL,
                    pinned TEXT,
                    credential TEXT NOT NULL,
                    uri TEXT NOT NULL,
                    content_type TEXT NOT NULL,
                    headers TEXT NOT NULL,
                    request_bytes INTEGER NOT NULL,
                    request_body BLOB,
                    status INTEGER,
                    answer TEXT,
                    answer_bytes INTEGER NOT NULL,
                    answer_body BLOB,
                    failure TEXT,
                    UNIQUE (endpoint_key, id)
                );
                """
        )
    }

    // MARK: Consent

    static func consent(in database: Database) throws -> ScoringConsent {
        let text = try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'scoring'")
        return text.flatMap(ScoringConsent.init(rawValue:)) ?? .unasked
    }

    /// What is no longer agreed to goes at once.
    static func set(_ consent: ScoringConsent, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('scoring', ?)",
            arguments: [consent.rawValue]
        )
        switch consent {
        case .withBodies: break
        case .withoutBodies: try database.execute(sql: "UPDATE scoring SET request_body = NULL, answer_body = NULL")
        case .no, .unasked: try database.execute(sql: "DELETE FROM scoring")
        }
    }

    // MARK: Records

    /// Keeps what was agreed to; without consent nothing.
    static func insert(_ record: ScoringRecord, in database: Database) throws {
        let consent = try consent(in: database)
        guard consent == .withBodies || consent == .withoutBodies else { return }
        let keepsBodies = consent == .withBodies
        let values: [(any DatabaseValueConvertible)?] = [
            record.id, record.endpoint.text, key(record.endpoint), record.sentAt.timeIntervalSince1970,
            record.pinnedDeployment, record.credential.rawValue, SecretField.redacted(uri: record.uri),
            record.contentType, SecretField.json(record.headers).text(), record.requestByteCount,
            keepsBodies ? blob(record.requestBody) : nil, record.answer?.status, record.answer?.json.text(),
            max(record.answerByteCount, record.answer?.body.count ?? 0), keepsBodies ? blob(record.answer?.body) : nil,
            record.failure,
        ]
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO scoring (
                    id, endpoint, endpoint_key, at, pinned, credential, uri, content_type, headers, request_bytes,
                    request_body, status, answer, answer_bytes, answer_body, failure
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: StatementArguments(values)
        )
        try database.execute(
            sql: """
                DELETE FROM scoring WHERE endpoint_key = ? AND number <= (
                    SELECT number FROM scoring WHERE endpoint_key = ? ORDER BY number DESC LIMIT 1 OFFSET ?
                )
                """,
            arguments: [key(record.endpoint), key(record.endpoint), mostRecords]
        )
    }

    /// Newest first.
    static func records(of endpoint: ResourceID, in database: Database) throws -> [ScoringRecord] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM scoring WHERE endpoint_key = ? ORDER BY number DESC",
            arguments: [key(endpoint)]
        ).compactMap(record)
    }

    /// The newest whose answer was a success and whose body was kept.
    static func lastSuccess(of endpoint: ResourceID, in database: Database) throws -> ScoringRecord? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM scoring WHERE endpoint_key = ? AND status BETWEEN 200 AND 299
                    AND request_body IS NOT NULL ORDER BY number DESC LIMIT 1
                """,
            arguments: [key(endpoint)]
        ).flatMap(record)
    }

    /// One record of an endpoint, or all where none is named.
    static func delete(_ id: ScoringRecord.ID?, of endpoint: ResourceID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM scoring WHERE endpoint_key = ? AND (?2 IS NULL OR id = ?2)",
            arguments: [key(endpoint), id]
        )
    }

    /// Resource Manager compares without regard to case.
    private static func key(_ endpoint: ResourceID) -> String { endpoint.text.lowercased() }

    private static func blob(_ bytes: [UInt8]?) -> Data? {
        bytes.flatMap { $0.count <= mostBodyBytes ? Data($0) : nil }
    }

    /// Nil for a row that holds words this version does not know.
    private static func record(_ row: Row) -> ScoringRecord? {
        guard let credential = ScoringCredential(rawValue: row["credential"]) else { return nil }
        let requestBody: Data? = row["request_body"]
        let answerBody: Data? = row["answer_body"]
        let answer: String? = row["answer"]
        return ScoringRecord(
            id: row["id"],
            sentAt: Date(timeIntervalSince1970: row["at"]),
            endpoint: ResourceID(row["endpoint"]),
            pinnedDeployment: row["pinned"],
            credential: credential,
            uri: row["uri"],
            contentType: row["content_type"],
            headers: SecretField.headers(row["headers"]),
            requestByteCount: row["request_bytes"],
            requestBody: requestBody.map { Array($0) },
            answer: answer.flatMap { ScoringAnswer(text: $0, body: answerBody.map { Array($0) } ?? []) },
            answerByteCount: row["answer_bytes"],
            failure: row["failure"]
        )
    }
}
