import AzureCore
import Testing

@Suite struct DeadlineTests {
    @Test func aTryThatNeverEndsIsEndedByItsDeadline() async throws {
        let time = ManualTime(passingSleepsBelow: .seconds(10))
        let transport = FakeTransport { _, _ in
            try await untilCancelled()
            return AzureResponse()
        }
        var request = try AzureRequest.read()
        request.audience = nil
        request.timeout = .seconds(9)
        let pipeline = Pipeline(transport: transport, settings: PipelineSettings(time: time.source))
        let error = await #expect(throws: AzureError.self) { try await pipeline.send(request) }
        #expect(error?.kind == .timedOut(after: .seconds(9)))
        #expect(transport.sent.count == 1)
    }

    @Test func cancellingTheCallerEndsTheCall() async throws {
        let transport = FakeTransport { _, _ in
            try await untilCancelled()
            return AzureResponse()
        }
        var request = try AzureRequest.read()
        request.audience = nil
        let pipeline = Pipeline(transport: transport, settings: PipelineSettings(time: ManualTime().source))
        let call = Task { [request] in try await pipeline.send(request) }
        #expect(await eventually { transport.sent.count == 1 })
        call.cancel()
        let error = await #expect(throws: AzureError.self) { try await call.value }
        #expect(error?.kind == .cancelled)
    }
}
