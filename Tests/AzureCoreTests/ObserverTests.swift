import AzureCore
import HTTPTypes
import Logging
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ObserverTests {
    @Test func everyTryIsToldWithWhatTheAnswerSaid() async throws {
        let seen = Mutex<[ExchangeFacts]>([])
        let time = ManualTime(passingSleepsBelow: .seconds(10))
        let fields: HTTPFields = [
            .testField("x-ms-ratelimit-remaining-subscription-reads"): "231", .date: "Thu, 01 May 2025 14:33:08 GMT",
            .testField("x-ms-request-id"): "r-1",
        ]
        let transport = FakeTransport([
            AzureResponse(503, "", [.retryAfter: "1"]), AzureResponse(200, "{}", fields),
        ])
        let settings = PipelineSettings(time: time.source, observer: { facts in seen.withLock { $0.append(facts) } })
        let connection = AzureConnection(
            cloud: .azureCloud,
            credential: FakeCredential(lifeSeconds: 3600),
            transport: transport,
            settings: settings
        )
        _ = try await connection.send(.read("/subscriptions/s?api-version=1"))
        let facts = seen.withLock { $0 }
        #expect(facts.map(\.attempt) == [1, 2])
        #expect(facts.map(\.status) == [503, 200])
        #expect(facts.map(\.failure) == [.serverError, nil])
        #expect(facts[0].retryAfter == .seconds(1))
        #expect(facts[1].remainingReads == 231)
        #expect(facts[1].serverDate == Date(timeIntervalSince1970: 1_746_109_988))
        #expect(facts[1].path == "/subscriptions/s")
        #expect(facts[1].requestID == "r-1")
        #expect(!facts[1].clientRequestID.isEmpty && facts[0].clientRequestID == facts[1].clientRequestID)
    }

    @Test func failuresWithoutAnAnswerAreToldToo() async throws {
        let seen = Mutex<[AzureError.Kind?]>([])
        let transport = FakeTransport { _, _ in throw AzureError(.unreachable(.refused)) }
        let settings = PipelineSettings(
            time: ManualTime().source,
            observer: { facts in seen.withLock { $0.append(facts.failure) } }
        )
        var request = try AzureRequest.read()
        request.audience = nil
        _ = try? await Pipeline(transport: transport, settings: settings).send(request)
        #expect(seen.withLock { $0 } == [.unreachable(.refused)])
    }

    @Test func logsHoldNoTokenAndNoHeaderBeyondTheList() async throws {
        let log = LogRecorder()
        let logger = Logger(label: "test") { _ in log.handler }
        let answer = AzureResponse(
            200,
            #"{"accessToken":"canary-body"}"#,
            [.setCookie: "canary-cookie", .retryAfter: "3"]
        )
        let settings = PipelineSettings(time: ManualTime().source, logger: logger)
        let connection = AzureConnection(
            cloud: .azureCloud,
            credential: FakeCredential { _, _ in AccessToken(secret: Secret("canary-token")) },
            transport: FakeTransport([answer]),
            settings: settings
        )
        _ = try await connection.send(.read("/subscriptions/s?sig=canary-query"))
        #expect(log.text.contains("/subscriptions/s"))
        #expect(log.text.lowercased().contains("retry-after"))
        #expect(!log.text.contains("canary"))
    }
}
