import AzureCore
import NIOCore
import NIOPosix
import Testing

/// Servers that misbehave, certificates that are wrong, and callers that change their mind.
@Suite struct MeasuredTroubleTests {
    private let client = MeasuringClient()

    private func failure(_ script: ServerScript) async throws -> AzureError.Kind? {
        try await ScriptedServer.with(script) { server in
            await #expect(throws: AzureError.self) { try await client.send(to: "http://127.0.0.1:\(server.port)/") }?
                .kind
        }
    }

    @Test func halfABodyIsAConnectionClosedEarly() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\":["
        #expect(try await failure(.sendAndClose(answer)) == .unreachable(.closedEarly))
    }

    @Test func noAnswerAtAllIsAConnectionClosedEarly() async throws {
        #expect(try await failure(.sendAndClose("")) == .unreachable(.closedEarly))
    }

    @Test func aConnectionBrokenOffIsAReset() async throws {
        #expect(try await failure(.reset) == .unreachable(.reset))
    }

    @Test func whoeverDoesNotSpeakHTTPIsNotHTTP() async throws {
        #expect(try await failure(.send("SSH-2.0-OpenSSH_9.2\r\n\r\n")) == .malformedAnswer(.notJSON(contentType: nil)))
    }

    @Test func aClosedPortRefusesAtOnce() async throws {
        let port = try await ScriptedServer.with(.silence) { $0.port }
        let error = await #expect(throws: AzureError.self) { try await client.send(to: "http://localhost:\(port)/") }
        #expect(error?.kind == .unreachable(.refused))
    }

    @Test func aNameThatDoesNotExistIsNotFound() async {
        let error = await #expect(throws: AzureError.self) { try await client.send(to: "http://nowhere.invalid/") }
        #expect(error?.kind == .unreachable(.nameNotFound))
    }

    @Test(arguments: [
        (TestCertificates.localhost, false, AzureError.CertificateProblem.unknownAuthority),
        (TestCertificates.otherName, true, .nameMismatch), (TestCertificates.expired, true, .expired),
    ])
    func aWrongCertificateIsRefused(
        _ certificate: String,
        _ trusting: Bool,
        _ problem: AzureError.CertificateProblem
    ) async throws {
        let error = try await TalkingServer.with(tls: TestTLS.server(certificate)) { server in
            while try await server.bytes() != nil {}
        } _: { server in
            await #expect(throws: AzureError.self) { try await client.send(to: server.url, trusting: trusting) }
        }
        #expect(error?.kind == .untrustedCertificate(problem))
    }

    @Test func aCertificateForANameIsNoneForAnAddress() async throws {
        let error = try await TalkingServer.with(tls: TestTLS.server()) { server in
            while try await server.bytes() != nil {}
        } _: { server in
            await #expect(throws: AzureError.self) { try await client.send(to: "https://127.0.0.1:\(server.port)/") }
        }
        #expect(error?.kind == .untrustedCertificate(.nameMismatch))
    }

    @Test func whoeverDoesNotSpeakTLSIsNotUnderstood() async throws {
        let error = try await TalkingServer.with { server in
            _ = try await server.bytes()
            try await server.answer("plain")
        } _: { server in
            await #expect(throws: AzureError.self) { try await client.send(to: "https://localhost:\(server.port)/") }
        }
        #expect(error?.kind == .unreachable(.other))
    }
}

/// Cancelling, whatever the exchange is at.
@Suite struct MeasuredCancellingTests {
    private let client = MeasuringClient()

    /// Cancels when the server says so, and waits for it to see the connection go.
    private func cancelled(
        https: Bool = false,
        body: [UInt8] = Array("{}".utf8),
        when talk:
            @escaping @Sendable (inout TalkingServer.Conversation, _ now: @Sendable () -> Void) async throws -> Void
    ) async throws {
        let (moments, moment) = AsyncStream.makeStream(of: Void.self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await TalkingServer.with(tls: https ? TestTLS.server() : nil) { server in
            defer { end.yield() }
            try await talk(&server) { moment.yield() }
            while try await server.bytes() != nil {}
        } _: { server in
            let transport = try HTTPClientTransport()
            let call = Task { try await client.send(to: server.url, over: transport, body: body) }
            for await _ in moments { break }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            // The transport still runs: it is the cancelling that closed the connection.
            for await _ in ends { break }
            await transport.shutdown()
        }
    }

    @Test func beforeAnythingHappened() async throws {
        let transport = try HTTPClientTransport()
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(to: "http://127.0.0.1:1/", over: transport)
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        await transport.shutdown()
    }

    /// The queue of the server is full, so that nobody answers a new connection.
    @Test func whileConnecting() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 0)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(server.localAddress)
        // One connection fits in; it is the last one that is answered.
        let guest = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(to: address).get()
        let (moments, moment) = AsyncStream.makeStream(of: Void.self)
        let transport = try HTTPClientTransport()
        let url = "http://127.0.0.1:\(address.port ?? 0)/"
        let call = Task {
            try await client.send(to: url, over: transport) { if $0 == .resolved { moment.yield() } }
        }
        for await _ in moments { break }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        await transport.shutdown()
        try await guest.close()
        try await server.close()
    }

    /// The server hears the client's first word of TLS and says nothing.
    @Test func whileAgreeingOnTLS() async throws {
        let (moments, moment) = AsyncStream.makeStream(of: Void.self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await TalkingServer.with { server in
            defer { end.yield() }
            _ = try await server.bytes()
            moment.yield()
            while try await server.bytes() != nil {}
        } _: { server in
            let transport = try HTTPClientTransport()
            let call = Task { try await client.send(to: "https://localhost:\(server.port)/", over: transport) }
            for await _ in moments { break }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            for await _ in ends { break }
            await transport.shutdown()
        }
    }

    @Test func whileSending() async throws {
        try await cancelled(body: [UInt8](repeating: 0, count: 64 << 20)) { server, now in
            _ = try await server.bytes()
            now()
        }
    }

    @Test func whileWaitingForTheAnswer() async throws {
        try await cancelled { server, now in
            _ = try await server.request()
            now()
        }
    }

    @Test func whileTheBodyComes() async throws {
        try await cancelled { server, now in
            _ = try await server.request()
            try await server.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            now()
        }
    }
}

/// Connections that carry one exchange after another.
@Suite struct ConnectionKeepingTests {
    private let client = MeasuringClient()

    /// How the second of two exchanges went, and how many connections the server saw.
    private func second(after firstAnswer: String) async throws -> (timings: TransferTimings?, connections: Int) {
        let connections = Texts()
        return try await TalkingServer.with { server in
            connections.add("")
            while try await server.request() != nil { try await server.say(firstAnswer) }
        } _: { server in
            let transport = try HTTPClientTransport()
            let keeper = ConnectionKeeper()
            _ = try await client.send(to: server.url, over: transport, keeper: keeper)
            let second = try await client.send(to: server.url, over: transport, keeper: keeper)
            await transport.shutdown()
            return (second.timings, connections.all.count)
        }
    }

    @Test func aReusedConnectionSaysSoAndHasNoPhasesOfConnecting() async throws {
        let (timings, connections) = try await second(after: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        #expect(connections == 1 && timings?.isReused == true)
        #expect(timings?.resolve == nil && timings?.connect == nil && timings?.secure == nil)
        #expect(timings?.send != nil && timings?.firstByte != nil && timings?.receive != nil)
    }

    @Test func aServerThatWantsToCloseGetsANewConnection() async throws {
        let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
        let (timings, connections) = try await second(after: answer)
        #expect(connections == 2 && timings?.isReused == false)
    }

    @Test func aConnectionWithARestOfAnAnswerIsNotUsedAgain() async throws {
        let connections = Texts()
        try await TalkingServer.with { server in
            connections.add("")
            while try await server.request() != nil { try await server.answer("a long answer") }
        } _: { server in
            let transport = try HTTPClientTransport()
            let keeper = ConnectionKeeper()
            for _ in 0..<2 {
                let answer = try await client.send(to: server.url, over: transport, bodyLimit: 3, keeper: keeper)
                #expect(answer.body == Array("a l".utf8))
            }
            await transport.shutdown()
        }
        #expect(connections.all.count == 2)
    }

    @Test func closingTheKeeperClosesTheConnection() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await TalkingServer.with(tls: TestTLS.server()) { server in
            defer { end.yield() }
            _ = try await server.request()
            try await server.answer("ok")
            while try await server.bytes() != nil {}
        } _: { server in
            let keeper = ConnectionKeeper()
            let transport = try HTTPClientTransport(trustFile: try AuthorityFile.path.get())
            _ = try await client.send(to: server.url, over: transport, keeper: keeper)
            keeper.close()
            for await _ in ends { break }
            await transport.shutdown()
        }
    }
}
