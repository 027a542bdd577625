import AzureCore
import HTTPTypes
import NIOSSL
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Certificates that are right and wrong.
@Suite struct CertificateTests {
    /// Asks `localhost` with the test authority trusted or not.
    private func send(to certificate: String, trusting: Bool) async throws -> AzureResponse {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem))
        )
        tls.applicationProtocols = ["http/1.1"]
        let trustFile = try TrustFile()
        let transport = try HTTPClientTransport(trustFile: trusting ? trustFile.path : nil)
        return try await ScriptedServer.with(.answer("{}"), tls: NIOSSLContext(configuration: tls)) { server in
            let url = try address("https://localhost:\(server.port)/")
            let request = AzureRequest(OperationName("test"), url: url)
            let result = await Result.of {
                try await Pipeline(transport: transport, settings: PipelineSettings(retry: .never)).send(request)
            }
            await transport.shutdown()
            return try result.get()
        }
    }

    private func problem(_ certificate: String, trusting: Bool) async -> AzureError.Kind? {
        await #expect(throws: AzureError.self) { try await send(to: certificate, trusting: trusting) }?.kind
    }

    @Test func anAuthorityFromTheTrustFileIsTrusted() async throws {
        #expect(try await send(to: TestCertificates.localhost, trusting: true).status == 200)
    }

    @Test func anUnknownAuthorityIsNot() async {
        let problem = await problem(TestCertificates.localhost, trusting: false)
        #expect(problem == .untrustedCertificate(.unknownAuthority))
    }

    @Test func aCertificateForAnotherNameIsNot() async {
        #expect(await problem(TestCertificates.otherName, trusting: true) == .untrustedCertificate(.nameMismatch))
    }

    @Test func aLapsedCertificateSaysThatItLapsed() async {
        for trusting in [true, false] {
            #expect(await problem(TestCertificates.expired, trusting: trusting) == .untrustedCertificate(.expired))
        }
    }
}

/// The test authority's certificate in a file that goes away with this value.
private final class TrustFile {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/amltop-\(UUID().uuidString).pem"
        try TestCertificates.authority.write(toFile: path, atomically: true, encoding: .utf8)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// The transport against a server that really misbehaves.
@Suite struct TransportTests {
    private func send(to server: ScriptedServer, host: String = "127.0.0.1") async throws -> AzureResponse {
        try await send(to: "http://\(host):\(server.port)/x")
    }

    private func send(to text: String, timeout: Duration = .seconds(20)) async throws -> AzureResponse {
        let transport = try HTTPClientTransport()
        let settings = PipelineSettings(timeout: timeout, retry: .never)
        let request = AzureRequest(OperationName("test"), url: try address(text))
        let result = await Result.of {
            try await Pipeline(transport: transport, settings: settings).send(request)
        }
        await transport.shutdown()
        return try result.get()
    }

    private func failure(_ script: ServerScript) async throws -> AzureError.Kind? {
        try await ScriptedServer.with(script) { server in
            await #expect(throws: AzureError.self) { try await send(to: server) }?.kind
        }
    }

    @Test func anAnswerArrivesWhole() async throws {
        let body = String(repeating: #"{"a":"é"}"#, count: 50_000)
        let response = try await ScriptedServer.with(.answer(body)) { try await send(to: $0) }
        #expect(response.status == 200 && String(decoding: response.body, as: UTF8.self) == body)
        #expect(response.headerFields[.contentType] == "application/json")
    }

    @Test(arguments: [(10, 10, true), (11, 11, false), (1_000, 11, false), (0, 0, true)])
    func noMoreOfABodyIsReadThanWasAskedFor(_ limit: Int, _ count: Int, _ isCut: Bool) async throws {
        let transport = try HTTPClientTransport()
        let response = try await ScriptedServer.with(.answer(#"{"a": "bc"}"#)) { server in
            var request = AzureRequest(OperationName("test"), url: try address("http://127.0.0.1:\(server.port)/x"))
            request.bodyLimit = limit
            return await Result.of { try await transport.send(request) }
        }.get()
        await transport.shutdown()
        #expect(response.status == 200 && response.body.count == count && response.isBodyCut == isCut)
    }

    @Test func aCompressedAnswerIsUnpacked() async throws {
        // {"a":1…1} with three thousand digits: it shrinks more than sixtyfold.
        let body: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 65, 17, 0, 0, 4, 0, 176, 46, 26, 248, 106, 35, 135, 211, 93, 13,
            143, 109, 19, 29, 149, 0, 0, 192, 123, 123, 100, 189, 119, 224, 190, 11, 0, 0,
        ]
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
        let response = try await ScriptedServer.with(.sendBytes(head: head, body: body)) { try await send(to: $0) }
        #expect(String(decoding: response.body, as: UTF8.self) == "{\"a\":" + String(repeating: "1", count: 3000) + "}")
    }

    @Test func redirectsAreNotFollowed() async throws {
        let answer = "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n"
        #expect(try await failure(.send(answer)) == .malformedAnswer(.unexpectedShape(field: "status")))
    }

    @Test func halfABodyIsAConnectionClosedEarly() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\":["
        #expect(try await failure(.sendAndClose(answer)) == .unreachable(.closedEarly))
    }

    @Test func noAnswerAtAllIsAConnectionClosedEarly() async throws {
        #expect(try await failure(.sendAndClose("")) == .unreachable(.closedEarly))
    }

    @Test func aConnectionBrokenOffIsAReset() async throws {
        let kind = try await failure(.reset)
        #expect(kind == .unreachable(.reset) || kind == .unreachable(.closedEarly))
    }

    @Test func whoeverDoesNotSpeakHTTPIsNotHTTP() async throws {
        #expect(try await failure(.send("SSH-2.0-OpenSSH_9.2\r\n\r\n")) == .malformedAnswer(.notJSON(contentType: nil)))
    }

    @Test func theDeadlineCoversTheBody() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        try await ScriptedServer.with(.send(answer)) { server in
            let error = await #expect(throws: AzureError.self) {
                try await send(to: "http://127.0.0.1:\(server.port)/", timeout: .milliseconds(200))
            }
            #expect(error?.kind == .timedOut(after: .milliseconds(200)))
        }
    }

    @Test func aClosedPortRefusesAtOnce() async throws {
        let port = try await ScriptedServer.with(.silence) { $0.port }
        let error = await #expect(throws: AzureError.self) { try await send(to: "http://127.0.0.1:\(port)/") }
        #expect(error?.kind == .unreachable(.refused) && error?.host == "127.0.0.1")
    }

    @Test func aNameThatDoesNotExistIsNotFound() async {
        let error = await #expect(throws: AzureError.self) { try await send(to: "http://nowhere.invalid/") }
        #expect(error?.kind == .unreachable(.nameNotFound))
    }

    @Test func cancellingEndsARequestThatWaits() async throws {
        try await ScriptedServer.with(.silence) { server in
            let call = Task { try await send(to: server) }
            call.cancel()
            let error = await #expect(throws: AzureError.self) { try await call.value }
            #expect(error?.kind == .cancelled)
        }
    }

    @Test func aTrustFileThatCannotBeReadIsNamed() {
        let error = #expect(throws: AzureError.self) { try HTTPClientTransport(trustFile: "/nowhere/ca.pem") }
        #expect(error?.kind == .untrustedCertificate(.unreadableTrustFile(path: "/nowhere/ca.pem")))
    }
}
