import AzureCore
import HTTPTypes
import Testing

@Suite struct RetryTests {
    /// Waits between tries pass at once, the deadlines of the tries do not.
    private let time = ManualTime(passingSleepsBelow: .seconds(10))

    private func send(through transport: FakeTransport, repeatable: Bool? = nil) async throws {
        var request = try AzureRequest.read(repeatable: repeatable)
        request.audience = nil
        let pipeline = Pipeline(transport: transport, settings: PipelineSettings(time: time.source))
        _ = try await pipeline.send(request)
    }

    private func waits(_ answers: [AzureResponse], repeatable: Bool? = nil) async -> (Int, [Duration]) {
        let transport = FakeTransport(answers)
        _ = try? await send(through: transport, repeatable: repeatable)
        return (transport.sent.count, time.slept)
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func aReadIsTriedThreeTimesWithGrowingWaits(_ status: Int) async throws {
        let (tries, waits) = await waits([AzureResponse(status)])
        #expect(tries == 3)
        #expect(waits == [.milliseconds(400), .milliseconds(800)])
    }

    @Test(arguments: [400, 401, 403, 404, 409, 501])
    func whatWillNotPassIsNotTriedAgain(_ status: Int) async throws {
        #expect(await waits([AzureResponse(status)]).0 == 1)
    }

    @Test func aWriteIsNeverTriedAgain() async throws {
        #expect(await waits([AzureResponse(503)], repeatable: false).0 == 1)
    }

    @Test func aSuccessEndsTheTries() async throws {
        let (tries, waits) = await waits([AzureResponse(503), AzureResponse(200)])
        #expect(tries == 2)
        #expect(waits.count == 1)
    }

    @Test(
        arguments: [
            ("Retry-After", "2", .seconds(2)), ("Retry-After", "1.5", .milliseconds(1500)),
            ("Retry-After", "Thu, 01 May 2025 14:33:09 GMT", .seconds(3)),
            ("Retry-After", "Thu, 01 May 2025 14:00:00 GMT", .zero), ("retry-after-ms", "250", .milliseconds(250)),
            ("x-ms-retry-after-ms", "120", .milliseconds(120)), ("Retry-After", "soon", .milliseconds(400)),
            ("Retry-After", "-5", .milliseconds(400)),
        ] as [(String, String, Duration)]
    )
    func theServicesWaitIsObeyedInEverySpelling(_ name: String, _ value: String, _ wait: Duration) async throws {
        let fields: HTTPFields = [.testField(name): value]
        let (tries, waits) = await waits([AzureResponse(429, "", fields), AzureResponse(200)])
        #expect(tries == 2)
        #expect(waits == [wait])
    }

    @Test func aWaitBeyondTheCapIsHandedToTheCaller() async throws {
        let transport = FakeTransport([AzureResponse(429, "", [.retryAfter: "17"])])
        let error = await #expect(throws: AzureError.self) { try await send(through: transport) }
        #expect(error?.kind == .throttled(retryAfter: .seconds(17)))
        #expect(transport.sent.count == 1)
        #expect(time.slept.isEmpty)
    }

    @Test(
        arguments: [
            (.reset, 3), (.closedEarly, 3), (.refused, 1), (.nameNotFound, 1), (.noRoute, 1),
        ] as [(AzureError.Unreachable, Int)]
    )
    func aBrokenConnectionIsTriedAgainAMissingHostIsNot(_ why: AzureError.Unreachable, _ tries: Int) async throws {
        let transport = FakeTransport { _, _ in throw AzureError(.unreachable(why)) }
        _ = try? await send(through: transport)
        #expect(transport.sent.count == tries)
    }

    @Test func triesAreNumberedAndShareOneIdentifier() async throws {
        let transport = FakeTransport([AzureResponse(503)])
        _ = try? await send(through: transport)
        #expect(transport.sent.map(\.attempt) == [1, 2, 3])
        #expect(Set(transport.sent.map { $0.headerFields[.testField("x-ms-client-request-id")] }).count == 1)
    }
}
