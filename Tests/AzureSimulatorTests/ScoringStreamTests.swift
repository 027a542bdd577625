import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// Answers that come part by part, and what bandwidth does to them.
@Suite struct ScoringStreamTests {
    private static func chat(_ more: String = "", simulate: String = "{}") -> String {
        #"{"messages":[{"role":"user","content":"Where is my order?"}],"stream":true\#(more),"simulate":\#(simulate)}"#
    }

    private static func completions(_ harness: Harness) async throws -> (url: String, token: String) {
        let (uri, token) = try await harness.door("llm-gateway")
        return (uri.replacing("/score", with: "/v1/chat/completions"), token)
    }

    /// The events of a stream, without the word before them.
    private static func events(_ body: [UInt8]) -> [String] {
        String(decoding: body, as: UTF8.self).split(separator: "\n\n").map { String($0.dropFirst("data: ".count)) }
    }

    @Test func aCompletionComesInEvents() async throws {
        try await Harness.run { harness in
            let (url, token) = try await Self.completions(harness)
            var connection = try await RawConnection(to: url, harness: harness)
            try await connection.send(
                url,
                credential: token,
                body: Self.chat(#","stream_options":{"include_usage":true}"#, simulate: #"{"tokens":6}"#)
            )
            let answer = try await connection.whole()
            await connection.close()
            let head = try #require(answer.head)
            #expect(head.status == .ok)
            #expect(head.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true)
            #expect(head.headers.first(name: "Transfer-Encoding") == "chunked")
            #expect(head.headers.first(name: "azureml-model-deployment") == "blue")
            #expect(head.headers.first(name: "Content-Length") == nil)
            #expect(answer.isWhole)
            let events = Self.events(answer.body)
            #expect(events.last == "[DONE]")
            let chunks = events.dropLast().compactMap { JSON.parse(Array($0.utf8)) }
            // Who speaks, six words, why it ended, what was used.
            #expect(chunks.count == 9)
            #expect(chunks.allSatisfy { $0["object"].string == "chat.completion.chunk" })
            #expect(chunks[0]["choices"][0]["delta"]["role"].string == "assistant")
            #expect(chunks[7]["choices"][0]["finish_reason"].string == "stop")
            #expect(chunks[8]["usage"]["completion_tokens"].int == 6)
            // The same words as in one piece.
            let whole = try await harness.send(
                .POST,
                url,
                headers: [("Authorization", "Bearer \(token)")],
                body: Self.chat(simulate: #"{"tokens":6}"#).replacing(#""stream":true"#, with: #""stream":false"#)
            )
            let words = chunks.compactMap { $0["choices"][0]["delta"]["content"].string }.joined()
            #expect(whole.json["choices"][0]["message"]["content"].string == words)
            #expect(whole.json["id"].string == chunks[0]["id"].string)
        }
    }

    /// Each event is its own part: with a clock that stands, the next one does not come.
    @Test func eventsComeOneByOne() async throws {
        let steps = StepClock()
        try await Harness.run({ $0.clock = steps.clock }) { harness in
            let (url, token) = try await Self.completions(harness)
            var connection = try await RawConnection(to: url, harness: harness)
            try await connection.send(
                url,
                credential: token,
                body: Self.chat(simulate: #"{"tokens":3,"delay_ms":1000}"#)
            )
            // The first word comes after three tenths of the time, at once with the head.
            try await eventually("the model thinks") { steps.isWaiting }
            steps.step()
            _ = try await connection.head()
            let first = try await connection.part()
            #expect(Self.events(first).count == 1)
            for _ in 0..<5 {
                try await eventually("the next word is waited for") { steps.isWaiting }
                #expect(try harness.load("llm-gateway", "blue").running == 1)
                steps.step()
                let part = try await connection.part()
                #expect(Self.events(part).count == 1)
            }
            let end = try await connection.next()
            if case .end? = end {} else { Issue.record("no end") }
            try await eventually("its place is free") { try harness.load("llm-gateway", "blue").running == 0 }
            await connection.close()
        }
    }

    @Test(arguments: [false, true])
    func aClientThatStopsListeningEndsTheWork(isKilled: Bool) async throws {
        let steps = StepClock()
        try await Harness.run({ $0.clock = steps.clock }) { harness in
            let (url, token) = try await Self.completions(harness)
            var connection = try await RawConnection(to: url, harness: harness)
            try await connection.send(url, credential: token, body: Self.chat())
            try await eventually("the model thinks") { steps.isWaiting }
            steps.step()
            let head = try await connection.head()
            try await eventually("the next word is waited for") { steps.isWaiting }
            #expect(try harness.load("llm-gateway", "blue").running == 1)
            if isKilled { try await connection.drop() } else { await connection.close() }
            try await eventually("its place is free") { try harness.load("llm-gateway", "blue").running == 0 }
            try await harness.waitForLog(of: 1)
            let services = try #require(harness.simulator.services)
            let endpoint = try #require(services.world.endpoint(named: "llm-gateway"))
            let minute = TrafficModel.minute(of: steps.now.ticks)
            let rows = services.world.served?.rows(of: services.world.keyName(of: endpoint), minute: minute) ?? []
            #expect(rows.map(\.requestID) == [head.headers.first(name: "x-request-id")])
            #expect(rows.first?.responseCode == 200)
            #expect(rows.first?.served?.facts.responseCodeReason == "client_closed_request")
        }
    }

    @Test(arguments: [#"{"break_after":3}"#, #"{"delay_ms":200000}"#])
    func aStreamMayBreakOff(simulate: String) async throws {
        try await Harness.run { harness in
            let (url, token) = try await Self.completions(harness)
            var connection = try await RawConnection(to: url, harness: harness)
            try await connection.send(url, credential: token, body: Self.chat(simulate: simulate))
            let answer = try await connection.whole()
            #expect(answer.head?.status == .ok)
            #expect(!answer.isWhole)
            let events = Self.events(answer.body)
            #expect(events.last != "[DONE]")
            #expect(!events.isEmpty)
            if simulate.contains("break_after") { #expect(events.count == 3) }
        }
    }

    @Test func aModelThatThinksTooLongSaysNothing() async throws {
        try await Harness.run { harness in
            let (url, token) = try await Self.completions(harness)
            let answer = try await harness.score(url, token, body: Self.chat(simulate: #"{"delay_ms":500000}"#))
            #expect(answer.status == 408)
        }
    }

    @Test func whatIsMoreThanTheBandwidthComesLaterAndSaysSo() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let before = harness.clock.now
            var connection = try await RawConnection(to: uri, harness: harness)
            let body = #"{"data":[[1]],"simulate":{"delay_ms":0,"response_bytes":6000000}}"#
            try await connection.send(uri, credential: key, body: body)
            let answer = try await connection.whole()
            await connection.close()
            #expect(answer.body.count == 6_000_000)
            let head = try #require(answer.head)
            #expect(
                head.headers.first(name: "Trailer")
                    == "ms-azureml-bandwidth-request-delay-ms, ms-azureml-bandwidth-response-delay-ms"
            )
            #expect(answer.trailers?.first(name: "ms-azureml-bandwidth-request-delay-ms") == "0")
            // A million at once, the rest at five million each second.
            let told = Int(answer.trailers?.first(name: "ms-azureml-bandwidth-response-delay-ms") ?? "") ?? 0
            #expect(abs(told - 1_000) <= 2)
            #expect(abs(harness.clock.now.timeIntervalSince(before) * 1_000 - Double(told)) <= 2)
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: 5)
            let row = try await LogTests.query(
                harness,
                "AmlOnlineEndpointTrafficLog | where XRequestId == '\(head.headers.first(name: "x-request-id") ?? "")' "
                    + "| project RequestThrottlingDelayMs, ResponseThrottlingDelayMs, TotalDurationMs, ResponsePayloadSize",
                timespan: "PT1H"
            ).json["tables"][0]["rows"][0]
            #expect(row[0].int == 0)
            #expect(row[1].int == told)
            #expect(abs((row[2].int ?? 0) - told) <= 1)
            #expect(row[3].int == 6_000_000)
        }
    }

    @Test func aRequestIsHeldUpToo() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            var connection = try await RawConnection(to: uri, harness: harness)
            let body =
                #"{"data":[[1]],"simulate":{"delay_ms":0}}"# + String(repeating: " ", count: 1_500_000 - 40)
            try await connection.send(uri, credential: key, body: body)
            let answer = try await connection.whole()
            await connection.close()
            #expect(answer.head?.status == .ok)
            let told = Int(answer.trailers?.first(name: "ms-azureml-bandwidth-request-delay-ms") ?? "") ?? 0
            #expect(abs(told - 100) <= 2)
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: 5)
            let row = try await LogTests.query(
                harness,
                "AmlOnlineEndpointTrafficLog "
                    + "| where XRequestId == '\(answer.head?.headers.first(name: "x-request-id") ?? "")' "
                    + "| project RequestThrottlingDelayMs, RequestDurationMs",
                timespan: "PT1H"
            ).json["tables"][0]["rows"][0]
            #expect(row[0].int == told)
            #expect(row[1].int == told)
        }
    }

    @Test func bandwidthIsSharedAndComesBack() {
        let meter = BandwidthMeter(bytesPerSecond: 1_000)
        let start = Date(timeIntervalSince1970: 0)
        #expect(meter.take(200, of: "a", now: start) == 0)
        #expect(meter.take(500, of: "a", now: start) == 0.5)
        #expect(meter.take(500, of: "a", now: start) == 1)
        #expect(meter.take(200, of: "b", now: start) == 0)
        #expect(meter.wouldHold(1, of: "a", now: start + 1))
        #expect(meter.take(100, of: "a", now: start + 1.2) == 0)
        #expect(!meter.wouldHold(200, of: "a", now: start + 100))
        #expect(meter.wouldHold(201, of: "a", now: start + 100))
    }

    @Test func aLargeBodyIsAskedForBeforeItIsSent() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            var connection = try await RawConnection(to: uri, harness: harness)
            try await connection.send(
                uri,
                credential: key,
                headers: [("Expect", "100-continue")],
                body: #"{"data":[[1]]}"#
            )
            #expect(try await connection.head().status == .continue)
            let answer = try await connection.whole()
            #expect(answer.head?.status == .ok)
            #expect(answer.isWhole)
            await connection.close()
        }
    }

    @Test func aConnectionAnswersOneRequestAfterAnother() async throws {
        try await Harness.run { harness in
            let (url, token) = try await Self.completions(harness)
            var connection = try await RawConnection(to: url, harness: harness)
            for _ in 0..<3 {
                try await connection.send(url, credential: token, body: Self.chat())
                #expect(try await connection.whole().isWhole)
            }
            await connection.close()
        }
    }
}
