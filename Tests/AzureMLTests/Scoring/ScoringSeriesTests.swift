import AzureCore
import AzureML
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// The same payload many times.
@Suite struct ScoringSeriesTests {
    private static let uri = "https://e.koreacentral.inference.ml.azure.com/score"
    private static let deployment = HTTPField.Name("azureml-model-deployment")
    private let request = ScoringRequest(uri: uri, body: Array("{}".utf8))

    /// Answers payloads as the closure says, and everything else with two keys.
    private static func azure(
        _ answer: @escaping @Sendable (AzureRequest, Int) throws -> AzureResponse = { _, _ in
            AzureResponse(status: 200)
        }
    ) -> CannedAzure {
        CannedAzure(responding: { request, index in
            if request.operation == .scoring { return try answer(request, index) }
            let body = #"{"primaryKey": "k", "secondaryKey": "l", "accessToken": "t \#(index)"}"#
            return AzureResponse(status: 200, body: Array(body.utf8))
        })
    }

    private func pins(_ azure: CannedAzure) -> [String?] {
        azure.sent.filter { $0.operation == .scoring }.map { sent in Self.deployment.flatMap { sent.headerFields[$0] } }
    }

    @Test func twoLanesTakeTurns() async throws {
        let azure = Self.azure()
        let series = ScoringSeries(lanes: ["blue", nil], countPerLane: 3)
        let report = try await azure.client.scoreSeries(request, of: "e", with: .primary, plan: series) { _ in }
        #expect(pins(azure) == ["blue", nil, "blue", nil, "blue", nil])
        #expect(report.state == .finished && report.lanes.map(\.statistics.sampleCount) == [3, 3])
        #expect(azure.sent.count { $0.url.path.hasSuffix("/listKeys") } == 1)
    }

    @Test func everyRequestHasAnIdentifierOfItsOwn() async throws {
        let azure = Self.azure()
        let series = ScoringSeries(countPerLane: 40, parallel: 8)
        _ = try await azure.client.scoreSeries(request, of: "e", with: .none, plan: series) { _ in }
        let name = try #require(HTTPField.Name("x-ms-client-request-id"))
        #expect(Set(azure.sent.map { $0.headerFields[name] ?? "" }).count == 40)
    }

    @Test func answersAndFailuresAreCounted() async throws {
        let number = Mutex(0)
        let azure = Self.azure { _, _ in
            let number = number.withLock { number in
                defer { number += 1 }
                return number
            }
            switch number % 4 {
            case 0: throw AzureError(.unreachable(.reset))
            case 1: return AzureResponse(status: 429)
            default: return AzureResponse(status: 200)
            }
        }
        let reports = Mutex<[ScoringSeriesReport]>([])
        let series = ScoringSeries(countPerLane: 20)
        let report = try await azure.client.scoreSeries(request, of: "e", with: .none, plan: series) { report in
            reports.withLock { $0.append(report) }
        }
        let statistics = report.lanes[0].statistics
        #expect(statistics.countsByStatus == [200: 10, 429: 5] && statistics.failureCount == 5)
        #expect(report.endedCount == 20 && report.lastFailure?.kind == .unreachable(.reset))
        #expect(reports.withLock { $0.last } == report && report.lanes[0].lastAnswer?.status == 200)
    }

    @Test func whatMayNotBeSentEndsItAtOnce() async throws {
        let azure = Self.azure()
        let plain = ScoringRequest(uri: "http://10.0.0.1/score", body: [])
        let series = ScoringSeries(countPerLane: 100)
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.scoreSeries(plain, of: "e", with: .none, plan: series) { _ in }
        }
        #expect(error?.kind == .insecureTransport(host: "10.0.0.1") && azure.sent.isEmpty)
    }

    @Test func stoppingItKeepsWhatCameUntilThen() async throws {
        let (moments, moment) = AsyncStream.makeStream(of: Void.self)
        let azure = Self.azure { _, index in
            if index == 3 { moment.yield() }
            return AzureResponse(status: 200)
        }
        let request = request
        let run = Task {
            try await azure.client.scoreSeries(
                request,
                of: "e",
                with: .none,
                plan: ScoringSeries(countPerLane: 10_000)
            ) { _ in }
        }
        for await _ in moments { break }
        run.cancel()
        let report = try await run.value
        #expect(report.state == .stopped || report.state == .finished)
        #expect(report.state == .finished || report.endedCount < 10_000)
    }

    @Test func aRefusedTokenIsRenewedOnceForAll() async throws {
        let first = Mutex<String?>(nil)
        let azure = Self.azure { request, _ in
            let used = request.headerFields[.authorization]
            let isFirst = first.withLock { first in
                first = first ?? used
                return first == used
            }
            return AzureResponse(status: isFirst ? 401 : 200)
        }
        let series = ScoringSeries(countPerLane: 30, parallel: 4)
        let report = try await azure.client.scoreSeries(request, of: "e", with: .amlToken, plan: series) { _ in }
        #expect(report.lanes[0].statistics.countsByStatus == [200: 30])
        #expect(azure.sent.count { $0.url.path.hasSuffix("/token") } == 2)
    }

    @Test func whatIsOutOfRangeIsBroughtIntoIt() {
        let series = ScoringSeries(lanes: ["a", "b", "c"], countPerLane: 1_000_000, parallel: 1_000)
        #expect(series.lanes == ["a", "b"] && series.count == ScoringSeries.mostRequests && series.parallel == 16)
        #expect(ScoringSeries(lanes: [], countPerLane: 0, parallel: 0) == ScoringSeries(countPerLane: 1))
        #expect(ScoringSeries(countPerLane: 2, parallel: 9).parallel == 2)
    }
}

/// Over any sequence of sends each request carries what was said for it, and nothing of another.
@Suite struct PinningTests {
    private static let pins: [String?] = [nil, "blue", "green", "shadow"]
    private static let values = ["one", "two", nil]

    @Test(arguments: 1...40) func pinningNeverLeaks(_ seed: UInt64) async throws {
        let azure = CannedAzure(responding: { _, _ in AzureResponse(status: 200) })
        let deployment = try #require(HTTPField.Name("azureml-model-deployment"))
        let extra = try #require(HTTPField.Name("x-extra"))
        let keeper = ConnectionKeeper()
        var random = SplitMix(state: seed)
        var wanted: [[String?]] = []
        for _ in 0..<30 {
            var request = ScoringRequest(uri: "https://e.ml.azure.com/score", body: [])
            request.deployment = Self.pins.randomElement(using: &random) ?? nil
            request.headerFields[extra] = Self.values.randomElement(using: &random) ?? nil
            if Bool.random(using: &random) { request.headerFields[deployment] = "smuggled" }
            request.contentType = Bool.random(using: &random) ? "text/csv" : "application/json"
            let key = "key \(UInt8.random(in: 0...9, using: &random))"
            if Bool.random(using: &random) {
                _ = try await azure.client.score(request, credential: .key(Secret(key)), keeper: keeper)
                wanted.append([request.deployment, request.headerFields[extra], request.contentType, "Bearer " + key])
            } else {
                let lanes = [request.deployment, Self.pins.randomElement(using: &random) ?? nil]
                _ = try await azure.client.scoreSeries(
                    request,
                    of: "e",
                    with: .none,
                    plan: ScoringSeries(lanes: lanes, countPerLane: 2)
                ) { _ in }
                wanted += (lanes + lanes).map { [$0, request.headerFields[extra], request.contentType, nil] }
            }
        }
        let sent = azure.sent.map(\.headerFields).map {
            [$0[deployment], $0[extra], $0[.contentType], $0[.authorization]]
        }
        #expect(sent == wanted)
    }
}
