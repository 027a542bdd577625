import AzureCore
import HTTPTypes
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite(.timeLimit(.minutes(1))) struct BudgetTests {
    private let time = StandingTime()

    private func connection(_ transport: FakeTransport, time: TimeSource? = nil) -> AzureConnection {
        AzureConnection(
            cloud: .azureCloud,
            credential: FakeCredential(lifeSeconds: 36_000),
            transport: transport,
            settings: PipelineSettings(retry: .never, time: time ?? self.time.source)
        )
    }

    private static func request(
        _ method: HTTPRequest.Method = .get,
        _ path: String = "/subscriptions/S/x",
        _ priority: RequestPriority = .essential
    ) throws -> AzureRequest {
        AzureRequest(
            OperationName("test"),
            method: method,
            url: try address("https://management.azure.com\(path)"),
            audience: .resourceManager,
            priority: priority
        )
    }

    private static func left(_ count: Int, status: Int = 200, retryAfter: String? = nil) throws -> AzureResponse {
        let name = try #require(HTTPField.Name("x-ms-ratelimit-remaining-subscription-reads"))
        var fields: HTTPFields = [name: String(count)]
        fields[.retryAfter] = retryAfter
        return AzureResponse(status, "{}", fields)
    }

    @Test func aBucketIsCountedDownAndFillsUpAgain() async throws {
        let connection = connection(FakeTransport([AzureResponse()]))
        for _ in 0..<100 { _ = try await connection.send(try Self.request()) }
        var status = connection.budget.status(of: .read, in: "s")
        #expect(status.remaining == 150 && status.capacity == 250 && status.refillPerSecond == 25)
        #expect(connection.budget.status(of: .write, in: "S").remaining == 200)
        #expect(connection.budget.status(of: .read, in: "other").remaining == 250)
        time.advance(by: 2)
        status = connection.budget.status(of: .read, in: "s")
        #expect(status.remaining == 200)
        time.advance(by: 100)
        #expect(connection.budget.status(of: .read, in: "s").remaining == 250)
    }

    @Test(
        arguments: [
            (.get, RequestKind.read, 249), (.head, .read, 249), (.post, .write, 199), (.put, .write, 199),
            (.patch, .write, 199), (.delete, .delete, 199),
        ] as [(HTTPRequest.Method, RequestKind, Int)]
    )
    func theMethodDecidesWhichBucketPays(_ method: HTTPRequest.Method, _ kind: RequestKind, _ left: Int) async throws {
        let connection = connection(FakeTransport([AzureResponse()]))
        _ = try await connection.send(try Self.request(method))
        for other in RequestKind.allCases {
            let status = connection.budget.status(of: other, in: "s")
            #expect(status.remaining == (other == kind ? left : status.capacity))
        }
    }

    @Test func whatTheServiceSaysIsLeftHolds() async throws {
        let answers = [try Self.left(40), try Self.left(200), try Self.left(11_999)]
        let connection = connection(FakeTransport(answers))
        for expected in [40, 200, 11_999] {
            _ = try await connection.send(try Self.request())
            #expect(connection.budget.status(of: .read, in: "s").remaining == expected)
        }
        #expect(connection.budget.status(of: .read, in: "s").capacity == 11_999)
    }

    @Test func theMoreUrgentGoFirstAndLeaveSomethingBehindThem() async throws {
        let answer = try Self.left(0)
        let sent = Mutex<[RequestPriority]>([])
        let connection = connection(
            FakeTransport { request, index in
                if index == 0 { return answer }
                sent.withLock { $0.append(request.priority) }
                return AzureResponse()
            }
        )
        _ = try await connection.send(try Self.request())
        func waiting() -> Int { connection.budget.status(of: .read, in: "s").waiting }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, priority) in RequestPriority.allCases.enumerated() {
                group.addTask { _ = try await connection.send(try Self.request(.get, "/subscriptions/s/y", priority)) }
                #expect(await eventually { waiting() == index + 1 && time.sleeping == index + 1 })
            }
            time.advance(by: 0.3)
            #expect(await eventually { sent.withLock { $0 } == [.essential] })
            #expect(waiting() == 2)
            for expected in [[RequestPriority.essential, .visible], [.essential, .visible, .background]] {
                // Enough for the next in turn, and for nobody behind.
                while sent.withLock({ $0.count }) < expected.count {
                    let before = time.now
                    time.advance(by: 0.5)
                    #expect(await eventually { time.sleeping == waiting() })
                    try #require(before.timeIntervalSince1970 < 1_746_109_986 + 60)
                }
                #expect(sent.withLock { $0 } == expected)
            }
            try await group.waitForAll()
        }
        #expect(waiting() == 0)
    }

    @Test func nothingIsSentBeforeTheTimeTheServiceAskedFor() async throws {
        let refusal = try Self.left(0, status: 429, retryAfter: "30")
        let transport = FakeTransport { _, index in index == 0 ? refusal : AzureResponse() }
        let connection = connection(transport)
        for _ in 0..<2 {
            let error = await #expect(throws: AzureError.self) { try await connection.send(try Self.request()) }
            #expect(error?.kind == .throttled(retryAfter: .seconds(30)))
            #expect(error?.operation == OperationName("test"))
        }
        #expect(transport.sent.count == 1)
        let status = connection.budget.status(of: .read, in: "s")
        #expect(status.remaining == 0 && status.closedUntil == time.now.addingTimeInterval(30))
        _ = try await connection.send(try Self.request(.post))
        _ = try await connection.send(try Self.request(.get, "/subscriptions/other"))
        time.advance(by: 31)
        _ = try await connection.send(try Self.request())
        #expect(transport.sent.count == 4)
        #expect(connection.budget.status(of: .read, in: "s").closedUntil == nil)
    }

    @Test func whoDoesNotWaitAnyMoreLeavesTheQueue() async throws {
        let answer = try Self.left(0)
        let connection = connection(FakeTransport([answer]))
        _ = try await connection.send(try Self.request())
        let task = Task { try await connection.send(try Self.request()) }
        #expect(await eventually { connection.budget.status(of: .read, in: "s").waiting == 1 })
        task.cancel()
        let error = await #expect(throws: AzureError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(connection.budget.status(of: .read, in: "s").waiting == 0)
    }

    @Test func requestsOfOtherServicesDoNotPay() async throws {
        let connection = connection(FakeTransport([AzureResponse()]))
        var request = try Self.request(.post)
        request.audience = .logAnalytics
        request.url = try address("https://api.loganalytics.io/subscriptions/s/query")
        _ = try await connection.send(request)
        #expect(connection.budget.status(of: .write, in: "s").remaining == 200)
    }

    @Test func resourceGraphHasWindowsOfItsOwn() async throws {
        let path = "/providers/Microsoft.ResourceGraph/resources"
        let names = try ["x-ms-user-quota-remaining", "x-ms-user-quota-resets-after"].map {
            try #require(HTTPField.Name($0))
        }
        let answer = AzureResponse(200, "{}", [names[0]: "3", names[1]: "00:00:04"])
        let connection = connection(FakeTransport([answer]))
        _ = try await connection.send(try Self.request(.post, path))
        #expect(connection.budget.status(of: .graphQuery, in: "").remaining == 3)
        #expect(connection.budget.status(of: .write, in: "").remaining == 200)
        time.advance(by: 3.9)
        #expect(connection.budget.status(of: .graphQuery, in: "s").remaining == 3)
        time.advance(by: 0.2)
        #expect(connection.budget.status(of: .graphQuery, in: "s").remaining == 15)
    }

    /// The service's own count, kept by the test: whatever is asked, it never has to refuse.
    @Test func aCrowdIsNeverRefused() async throws {
        let clock = ManualTime(passingSleepsBelow: .seconds(10))
        let server = Mutex((left: 250.0, at: clock.now, refused: 0))
        let transport = FakeTransport { _, _ in
            try server.withLock { server in
                let now = clock.now
                server.left = min(250, server.left + 25 * now.timeIntervalSince(server.at))
                server.at = now
                guard server.left >= 1 else {
                    server.refused += 1
                    return AzureResponse(429)
                }
                server.left -= 1
                return try Self.left(Int(server.left))
            }
        }
        let connection = connection(transport, time: clock.source)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<900 {
                let priority = RequestPriority.allCases[index % 3]
                group.addTask { _ = try await connection.send(try Self.request(.get, "/subscriptions/s/z", priority)) }
            }
            try await group.waitForAll()
        }
        #expect(server.withLock { $0.refused } == 0)
        #expect(transport.sent.count == 900)
        // 250 at once, the rest at 25 a second.
        #expect(clock.now.timeIntervalSince1970 >= 1_746_109_986 + (900 - 250) / 25)
    }
}
