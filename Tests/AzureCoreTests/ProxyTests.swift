@testable import AzureCore
import HTTPTypes
import JSONValue
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private static func settings(_ environment: [String: String]) throws -> ProxySettings {
        try ProxySettings(environment: environment)
    }

    private func goesThroughProxy(_ url: String, _ exceptions: String) throws -> Bool {
        let settings = try Self.settings(["HTTPS_PROXY": "http://proxy:3128", "no_proxy": exceptions])
        return settings.proxy(for: try address(url)) != nil
    }

    @Test(
        arguments: [
            ("https://management.azure.com", "", true), ("https://management.azure.com", "azure.com", false),
            ("https://management.azure.com", ".azure.com", false),
            ("https://management.azure.com", "*.azure.com", false),
            ("https://azure.com", ".azure.com", false), ("https://notazure.com", "azure.com", true),
            ("https://management.azure.com", "*", false), ("https://a.example", "b.example, A.EXAMPLE", false),
            ("https://a.example:8443", "a.example:443", true), ("https://a.example", "a.example:443", false),
            ("https://10.1.2.3", "10.0.0.0/8", false), ("https://11.1.2.3", "10.0.0.0/8", true),
            ("https://10.1.2.3", "10.1.2.3", false), ("https://a.example", "10.0.0.0/8,,x/99", true),
            ("https://[fd00::1]", "fd00::1", false), ("http://a.example", "", false),
        ])
    func exceptionsAreHeeded(_ url: String, _ exceptions: String, _ isProxied: Bool) throws {
        #expect(try goesThroughProxy(url, exceptions) == isProxied)
    }

    @Test(
        arguments: [
            "https://localhost:8443", "https://blob.localhost", "https://127.0.0.1", "https://127.9.9.9",
            "https://[::1]:9", "https://169.254.169.254",
        ])
    func whatIsNearIsAskedStraight(_ url: String) throws {
        #expect(try !goesThroughProxy(url, ""))
    }

    @Test func theVariablesAreReadInTheirOrder() throws {
        func proxy(_ environment: [String: String], _ url: String = "https://a.example") throws -> String? {
            let proxy = try Self.settings(environment).proxy(for: try address(url))
            return proxy.map { "\($0.host):\($0.port)" }
        }
        #expect(try proxy(["HTTPS_PROXY": "http://upper:1", "https_proxy": "lower:2"]) == "lower:2")
        #expect(try proxy(["HTTPS_PROXY": " proxy/ "]) == "proxy:80")
        #expect(try proxy(["ALL_PROXY": "http://all:3"]) == "all:3")
        #expect(try proxy(["HTTP_PROXY": "http://plain:4"]) == nil)
        #expect(try proxy(["HTTP_PROXY": "http://plain:4"], "http://a.example") == "plain:4")
        #expect(try proxy(["HTTPS_PROXY": "http://[fd00::2]:5"]) == "fd00::2:5")
        #expect(try proxy(["HTTPS_PROXY": ""]) == nil)
    }

    @Test func userAndPasswordAreDecodedAndNeverShown() throws {
        let settings = try Self.settings(["HTTPS_PROXY": "http://us%65r:p%40ss%ZZ@proxy:3128"])
        let proxy = try #require(settings.proxy(for: try address("https://a.example")))
        #expect(proxy.credentials == Secret("user:p@ss%ZZ"))
        #expect(!"\(settings)".contains("p@ss"))
    }

    @Test(arguments: ["https://u:canary@p:1", "socks5://u:canary@p:1", "http://u:canary@p:1/x", "u:canary@p q"])
    func aProxyThatCannotBeUsedIsNamedWithoutItsSecret(_ value: String) {
        let error = #expect(throws: AzureError.self) { try Self.settings(["HTTPS_PROXY": value]) }
        guard case .configuration(.invalidURL("HTTPS_PROXY", let shown)) = error?.kind else {
            return #expect(Bool(false), "\(error as Any)")
        }
        #expect(!shown.contains("canary"))
    }

    private func failure(of script: ServerScript, url: String = "https://a.example/x") async throws -> AzureError? {
        try await ScriptedServer.with(script) { server in
            let proxies = try Self.settings(["ALL_PROXY": "http://127.0.0.1:\(server.port)"])
            let transport = try HTTPClientTransport(proxies: proxies)
            let url = try address(url)
            let error = await #expect(throws: AzureError.self) {
                _ = try await Pipeline(transport: transport, settings: PipelineSettings(retry: .never))
                    .send(AzureRequest(OperationName("test"), url: url))
            }
            await transport.shutdown()
            return error
        }
    }

    @Test(
        arguments: [
            ("407 Proxy Authentication Required", .unreachable(.proxyNeedsSignIn)),
            ("403 Forbidden", .unreachable(.refusedByProxy)), ("502 Bad Gateway", .unreachable(.refusedByProxy)),
        ] as [(String, AzureError.Kind)]
    )
    func aProxyThatDoesNotConnectSaysWhy(_ status: String, _ kind: AzureError.Kind) async throws {
        let error = try await failure(of: .answer("<html>no</html>", status: status))
        #expect(error?.kind == kind && error?.host == "a.example")
    }

    @Test func aPageInPlaceOfATunnelIsNoTunnel() async throws {
        let error = try await failure(
            of: .sendAndClose("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>please log in</html>")
        )
        #expect(error?.kind == .unreachable(.closedEarly))
    }

    @Test func aProxyAnswersPlainRequestsItself() async throws {
        let script = ServerScript.answer("no", status: "407 Proxy Authentication Required")
        let error = try await failure(of: script, url: "http://a.example/x")
        #expect(error?.kind == .unreachable(.proxyNeedsSignIn))
    }

    @Test func whatIsMeasuredIsSentThroughTheProxyToo() async throws {
        try await ScriptedServer.with(.answer("[1]")) { server in
            let transport = try HTTPClientTransport(
                proxies: try Self.settings(["ALL_PROXY": "http://127.0.0.1:\(server.port)"])
            )
            let events = Mutex<[TransferProgress]>([])
            var request = AzureRequest(
                OperationName("test"),
                method: .post,
                url: try address("http://a.example/score"),
                body: Array("{}".utf8)
            )
            request.measurement = TransferMeasurement(uptime: TimeSource.system.uptime) { event in
                events.withLock { $0.append(event) }
            }
            let response = try await transport.send(request)
            await transport.shutdown()
            #expect(response.body == Array("[1]".utf8))
            let timings = try #require(response.timings)
            #expect(
                timings.total > .zero && timings.connect == nil && timings.secure == nil && timings.firstByte == nil
            )
            #expect(events.withLock { $0.last } == .part(Array("[1]".utf8)))
        }
    }

    @Test func whatIsNearPassesTheProxyBy() async throws {
        try await ScriptedServer.with(.answer(#"{"straight":true}"#)) { server in
            let transport = try HTTPClientTransport(
                proxies: try Self.settings(["HTTP_PROXY": "http://127.0.0.1:1"])
            )
            let url = try address("http://127.0.0.1:\(server.port)/x")
            let response = try await transport.send(AzureRequest(OperationName("test"), url: url))
            await transport.shutdown()
            #expect(try response.json()["straight"] == true)
        }
    }
}
