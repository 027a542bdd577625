import AzureCore
import HTTPTypes
import NIOSSL
import Synchronization
import Testing

/// One exchange at a time on a connection of its own, against servers that behave and others.
@Suite struct MeasuredTransportTests {
    private let client = MeasuringClient()

    @Test func everyPhaseIsMeasuredAndTogetherTheyAreAllOfIt() async throws {
        let response = try await TalkingServer.with(tls: TestTLS.server()) { server in
            _ = try await server.request()
            try await server.answer("hello")
        } _: { server in
            try await client.send(to: server.url)
        }
        let timings = try #require(response.timings)
        let phases = [
            timings.resolve, timings.connect, timings.secure, timings.send, timings.firstByte, timings.receive,
        ]
        #expect(phases.allSatisfy { $0.map { $0 > .zero } ?? false })
        #expect(phases.reduce(.zero) { $0 + ($1 ?? .zero) } == timings.total)
        #expect(!timings.isReused && String(decoding: response.body, as: UTF8.self) == "hello")
    }

    @Test func whatHappensIsToldInOrder() async throws {
        let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n"
        let steps = try await TalkingServer.with(tls: TestTLS.server()) { server in
            _ = try await server.request()
            try await server.say(answer)
        } _: { server in
            let events = Events()
            _ = try await client.send(to: server.url, progress: events.note)
            return events.all
        }
        #expect(Array(steps.prefix(4)) == [.resolved, .connected, .secured, .sent])
        #expect(steps.dropFirst(4).map(\.name) == ["head", "part"])
        #expect(steps.last == .part(Array("one".utf8)))
    }

    @Test func overPlainHTTPNothingIsSecured() async throws {
        let (response, steps) = try await TalkingServer.with { server in
            _ = try await server.request()
            try await server.answer("")
        } _: { server in
            let events = Events()
            return (try await client.send(to: server.url, progress: events.note), events.all)
        }
        #expect(response.timings?.secure == nil && response.timings?.connect != nil)
        #expect(steps.map(\.name) == ["resolved", "connected", "sent", "head"])
    }

    @Test func trailersCome() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: ms-azureml-bandwidth-request-delay-ms\r\n\r\n"
            + "2\r\nok\r\n0\r\nms-azureml-bandwidth-request-delay-ms: 17\r\n\r\n"
        let response = try await TalkingServer.with { server in
            _ = try await server.request()
            try await server.say(answer)
        } _: { server in
            try await client.send(to: server.url)
        }
        let name = try #require(HTTPField.Name("ms-azureml-bandwidth-request-delay-ms"))
        #expect(response.trailerFields[name] == "17" && response.headerFields[name] == nil)
        #expect(response.body == Array("ok".utf8))
    }

    /// The server says the second part only when the client has seen the first.
    @Test func aStreamedAnswerIsToldWhileItComes() async throws {
        let (seen, told) = AsyncStream.makeStream(of: Void.self)
        let response = try await TalkingServer.with { server in
            _ = try await server.request()
            try await server.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n")
            for await _ in seen { break }
            try await server.say("6\r\nsecond\r\n0\r\n\r\n")
        } _: { server in
            try await client.send(to: server.url) { event in
                if case .part = event { told.yield() }
            }
        }
        #expect(response.body == Array("firstsecond".utf8))
    }

    @Test func whatIsSentIsFramedByTheConnectionAndAsksForNoCompression() async throws {
        let requests = Texts()
        var fields: HTTPFields = [.contentLength: "9", .transferEncoding: "chunked", .connection: "close"]
        fields[.accept] = "*/*"
        fields[try #require(HTTPField.Name("Host"))] = "elsewhere"
        try await TalkingServer.with { server in
            requests.add(try await server.request() ?? "")
            try await server.answer("")
        } _: { [fields] server in
            _ = try await client.send(to: server.url + "?a=b", fields: fields, body: Array("body".utf8))
            let text = try #require(requests.all.first)
            let lines = text.split(separator: "\r\n").map(String.init)
            #expect(lines.first == "POST /score?a=b HTTP/1.1" && lines.last == "body")
            #expect(lines.filter { $0.lowercased().hasPrefix("host:") } == ["Host: 127.0.0.1:\(server.port)"])
            #expect(lines.filter { $0.lowercased().hasPrefix("content-length:") } == ["Content-Length: 4"])
            #expect(!text.lowercased().contains("transfer-encoding") && !text.lowercased().contains("connection:"))
            #expect(!text.lowercased().contains("accept-encoding") && text.contains("Accept: */*"))
        }
    }

    @Test func anEmptyBodySaysThatItIsEmpty() async throws {
        let requests = Texts()
        try await TalkingServer.with { server in
            requests.add(try await server.request() ?? "")
            try await server.answer("")
        } _: { server in
            let response = try await client.send(to: server.url, body: [])
            #expect(requests.all.first?.contains("Content-Length: 0") == true)
            #expect(response.body.isEmpty && !response.isBodyCut)
        }
    }

    @Test func aBodyOfManyMegabytesArrives() async throws {
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 12 << 20)
        let response = try await TalkingServer.with(tls: TestTLS.server()) { server in
            let request = try await server.request() ?? ""
            try await server.answer(String(request.utf8.count(where: { $0 == UInt8(ascii: "x") })))
        } _: { server in
            try await client.send(to: server.url, body: body)
        }
        #expect(String(decoding: response.body, as: UTF8.self) == "\(body.count)")
    }

    @Test func aServerMayAnswerBeforeItHasHeardAll() async throws {
        let response = try await TalkingServer.with { server in
            _ = try await server.bytes()
            try await server.answer("too large", status: "413 Content Too Large")
            while try await server.bytes() != nil {}
        } _: { server in
            try await client.send(to: server.url, body: [UInt8](repeating: 0, count: 64 << 20))
        }
        #expect(response.status == 413 && response.body == Array("too large".utf8))
        #expect(response.timings?.send != nil)
    }

    @Test(arguments: [(3, "hel", true), (5, "hello", false), (0, "", true)])
    func noMoreOfABodyIsReadThanWasAskedFor(_ limit: Int, _ text: String, _ isCut: Bool) async throws {
        let response = try await TalkingServer.with { server in
            _ = try await server.request()
            try await server.answer("hello")
        } _: { server in
            try await client.send(to: server.url, bodyLimit: limit)
        }
        #expect(String(decoding: response.body, as: UTF8.self) == text && response.isBodyCut == isCut)
    }

    @Test func aBodyWithoutLengthEndsWithTheConnection() async throws {
        let response = try await TalkingServer.with { server in
            _ = try await server.request()
            try await server.say("HTTP/1.1 200 OK\r\n\r\nall of it")
        } _: { server in
            try await client.send(to: server.url)
        }
        #expect(response.body == Array("all of it".utf8))
    }
}

extension TransferProgress {
    /// Without what it carries.
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}
