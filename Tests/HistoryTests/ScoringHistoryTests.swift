@testable import History
import AzureCore
import AzureML
import Foundation
import GRDB
import HTTPTypes
import TestSupport
import Testing

/// What was sent to endpoints, kept as far as somebody agreed.
@Suite struct ScoringHistoryTests {
    private static let endpoint = ResourceID("/subscriptions/s/onlineEndpoints/e")
    private static let canary = "canary-7Qm2v8Zt4Kx1"

    private func record(
        _ number: Int,
        of endpoint: ResourceID = Self.endpoint,
        status: Int? = 200,
        body: String = "{}"
    ) -> ScoringRecord {
        var answer = ScoringAnswer(status: status ?? 0)
        answer.modelStatus = 500
        answer.reason = "model_error"
        answer.deployment = "blue"
        answer.requestID = "r-\(number)"
        answer.clientRequestID = "c-\(number)"
        answer.headerFields = [.contentType: "application/json", .server: "azureml-frontdoor"]
        answer.trailerFields = [.eTag: "1"]
        answer.body = Array("answer \(number)".utf8)
        answer.sentByteCount = body.utf8.count
        answer.timings = TransferTimings(
            resolve: .microseconds(1),
            connect: .milliseconds(2),
            send: .microseconds(3),
            firstByte: .milliseconds(40),
            receive: .microseconds(5),
            total: .microseconds(42_009)
        )
        return ScoringRecord(
            id: "c-\(number)",
            sentAt: Date(timeIntervalSince1970: 1_764_000_000 + Double(number)),
            endpoint: endpoint,
            pinnedDeployment: "green",
            credential: .secondary,
            uri: "https://e.ml.azure.com/score",
            contentType: "application/json",
            headers: [PayloadFile.Header("x-case", "7")],
            requestByteCount: body.utf8.count,
            requestBody: Array(body.utf8),
            answer: status == nil ? nil : answer,
            answerByteCount: status == nil ? 0 : answer.body.count,
            failure: status == nil ? "timedOut" : nil
        )
    }

    private func history(_ folder: TemporaryFolder, _ consent: ScoringConsent = .withBodies) async -> HistoryFile {
        let history = HistoryFile(path: folder.file)
        #expect(await history.setScoringConsent(consent) == nil)
        return history
    }

    @Test func whatIsKeptIsReadByTheNextProcessNewestFirst() async throws {
        let folder = try TemporaryFolder()
        let first = await history(folder)
        let records = [record(1), record(2, status: nil), record(3, status: 424)]
        for record in records { #expect(await first.record(record) == nil) }
        await first.close()
        let second = HistoryFile(path: folder.file)
        #expect(await second.scoringConsent() == .withBodies)
        #expect(await second.scoringRecords(of: Self.endpoint) == records.reversed())
        #expect(await second.scoringRecords(of: ResourceID(Self.endpoint.text.uppercased())).count == 3)
        #expect(try folder.mode(folder.file) == 0o600)
    }

    @Test(arguments: [ScoringConsent.unasked, .no])
    func withoutConsentNothingIsKept(_ consent: ScoringConsent) async throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file)
        if consent != .unasked { _ = await history.setScoringConsent(consent) }
        #expect(await history.scoringConsent() == consent)
        #expect(await history.record(record(1)) == nil)
        #expect(await history.scoringRecords(of: Self.endpoint).isEmpty)
    }

    @Test func bodiesAreKeptOnlyWhereThatWasAgreedTo() async throws {
        let folder = try TemporaryFolder()
        let history = await history(folder, .withoutBodies)
        _ = await history.record(record(1, body: "0123456789"))
        let kept = try #require(await history.scoringRecords(of: Self.endpoint).first)
        #expect(kept.requestBody == nil && kept.answer?.body == [] && kept.requestByteCount == 10)
        #expect(kept.answerByteCount == "answer 1".utf8.count && kept.answer?.status == 200)
    }

    @Test func consentThatIsTakenBackTakesWhatWasKeptWithIt() async throws {
        let folder = try TemporaryFolder()
        let history = await history(folder)
        _ = await history.record(record(1, body: Self.canary))
        _ = await history.setScoringConsent(.withoutBodies)
        #expect(await history.scoringRecords(of: Self.endpoint).map(\.requestBody) == [nil])
        _ = await history.setScoringConsent(.no)
        #expect(await history.scoringRecords(of: Self.endpoint).isEmpty)
        await history.close()
        try expectNothing(of: Self.canary, in: folder)
    }

    @Test func theNewestOfEachEndpointStay() async throws {
        let history = await history(try TemporaryFolder())
        let other = ResourceID("/subscriptions/s/onlineEndpoints/other")
        _ = await history.record(record(0, of: other))
        for number in 1...ScoringTable.mostRecords + 5 { _ = await history.record(record(number)) }
        let ids = await history.scoringRecords(of: Self.endpoint).map(\.id)
        #expect(ids.count == ScoringTable.mostRecords && ids.first == "c-205" && ids.last == "c-6")
        #expect(await history.scoringRecords(of: other).count == 1)
    }

    @Test func aRecordIsThereOnce() async throws {
        let history = await history(try TemporaryFolder())
        for status in [401, 200] { _ = await history.record(record(1, status: status)) }
        #expect(await history.scoringRecords(of: Self.endpoint).map(\.answer?.status) == [200])
    }

    @Test func theLastBodyThatWorkedIsFound() async throws {
        let history = await history(try TemporaryFolder())
        #expect(await history.lastScoringSuccess(of: Self.endpoint) == nil)
        _ = await history.record(record(1, status: 201, body: "good"))
        _ = await history.record(record(2, status: 424, body: "bad"))
        _ = await history.record(record(3, status: nil, body: "lost"))
        let found = try #require(await history.lastScoringSuccess(of: Self.endpoint))
        #expect(found.requestBody == Array("good".utf8))
    }

    @Test func aLongBodyIsNotKept() async throws {
        let history = await history(try TemporaryFolder())
        let body = String(repeating: "x", count: ScoringTable.mostBodyBytes + 1)
        _ = await history.record(record(1, body: body))
        let kept = try #require(await history.scoringRecords(of: Self.endpoint).first)
        #expect(
            kept.requestBody == nil && kept.requestByteCount == body.utf8.count && kept.answer?.body.isEmpty == false
        )
    }

    @Test func oneIsForgottenOrAllOfAnEndpoint() async throws {
        let history = await history(try TemporaryFolder())
        let other = ResourceID("/subscriptions/s/onlineEndpoints/other")
        for number in 1...3 { _ = await history.record(record(number)) }
        _ = await history.record(record(9, of: other))
        _ = await history.forgetScoring("c-2", of: Self.endpoint)
        #expect(await history.scoringRecords(of: Self.endpoint).map(\.id) == ["c-3", "c-1"])
        _ = await history.forgetScoring(nil, of: Self.endpoint)
        #expect(await history.scoringRecords(of: Self.endpoint).isEmpty)
        #expect(await history.scoringRecords(of: other).count == 1)
    }

    @Test(arguments: [
        "Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Ocp-Apim-Subscription-Key",
        "x-amz-security-token",
        "X-Secret", "X-Auth", "x-functions-key", "password",
    ])
    func noSecretGetsIn(_ name: String) async throws {
        let folder = try TemporaryFolder()
        let history = await history(folder)
        var record = record(1)
        record.headers.append(PayloadFile.Header(name, Self.canary))
        record.uri += "?code=\(Self.canary)"
        record.answer?.headerFields[.setCookie] = Self.canary
        let field = try #require(HTTPField.Name(name))
        record.answer?.headerFields[field] = Self.canary
        record.answer?.trailerFields[field] = Self.canary
        _ = await history.record(record)
        let kept = try #require(await history.scoringRecords(of: Self.endpoint).first)
        #expect(kept.headers.map(\.value) == ["7", "…"] && kept.uri == "https://e.ml.azure.com/score?…")
        #expect(kept.answer?.headerFields[field] == "…" && kept.answer?.deployment == "blue")
        await history.close()
        try expectNothing(of: Self.canary, in: folder)
    }

    private func expectNothing(of canary: String, in folder: TemporaryFolder) throws {
        let place = folder.path + "/state/amltop"
        for name in try FileManager.default.contentsOfDirectory(atPath: place) {
            let bytes = FileManager.default.contents(atPath: place + "/" + name) ?? Data()
            #expect(bytes.firstRange(of: Data(canary.utf8)) == nil, "\(name)")
        }
    }

    @Test func withoutAFileItLivesInMemory() async {
        let history = HistoryFile(path: nil)
        _ = await history.setScoringConsent(.withBodies)
        #expect(await history.record(record(1)) == nil)
        #expect(await history.scoringRecords(of: Self.endpoint) == [record(1)])
        #expect(await history.journal().trouble == nil)
    }

    @Test func theJournalOfAnOlderVersionStays() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/state/amltop",
            withIntermediateDirectories: true
        )
        try writeJournalAlone(to: folder.file)
        let history = HistoryFile(path: folder.file)
        #expect(await history.journal().entries == [entry(1)])
        #expect(await history.scoringConsent() == .unasked)
    }

    private func writeJournalAlone(to path: String) throws {
        let database = try DatabaseQueue(path: path)
        var older = DatabaseMigrator()
        older.registerMigration("journal") { try JournalTable.create(in: $0) }
        try older.migrate(database)
        try database.write { try JournalTable.append([entry(1)], to: $0) }
        try database.close()
    }
}
