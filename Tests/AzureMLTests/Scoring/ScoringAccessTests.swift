import AzureCore
import AzureML
import HTTPTypes
import JSONValue
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the credential of a payload comes from, and how long it stays.
@Suite struct ScoringAccessTests {
    private static let uri = "https://e.koreacentral.inference.ml.azure.com/score"
    private let request = ScoringRequest(uri: uri, body: Array("{}".utf8))

    /// An endpoint whose tokens are numbered and live that long; the first so many payloads are refused.
    private func azure(
        lives seconds: Double = 3600,
        refreshAfter refreshSeconds: Double = 1800,
        refusing refusals: Int = 0
    ) -> CannedAzure {
        let tokens = Mutex(0)
        let payloads = Mutex(0)
        let now = CannedAzure.now.timeIntervalSince1970
        return CannedAzure { request, _ in
            if request.url.path.hasSuffix("/listKeys") {
                return (200, #"{"primaryKey": "first", "secondaryKey": "second"}"#)
            }
            if request.url.path.hasSuffix("/token") {
                let number = tokens.withLock { tokens in
                    tokens += 1
                    return tokens
                }
                let times =
                    #""expiryTimeUtc": \#(Int(now + seconds)), "refreshAfterTimeUtc": \#(Int(now + refreshSeconds))"#
                return (200, #"{"accessToken": "token \#(number)", \#(times)}"#)
            }
            let number = payloads.withLock { payloads in
                payloads += 1
                return payloads
            }
            return number <= refusals ? (401, "refused") : (200, "fine")
        }
    }

    private func authorizations(_ azure: CannedAzure) -> [String] {
        azure.sent.filter { $0.operation == .scoring }.map { $0.headerFields[.authorization] ?? "none" }
    }

    private func count(_ azure: CannedAzure, _ suffix: String) -> Int {
        azure.sent.count { $0.url.path.hasSuffix(suffix) }
    }

    @Test(arguments: [(ScoringCredential.primary, "Bearer first"), (.secondary, "Bearer second")])
    func aKeyIsListedWhenItWasChosenAndNotKept(_ choice: ScoringCredential, _ sent: String) async throws {
        let azure = azure()
        for _ in 0..<2 { _ = try await azure.client.score(request, of: "e", with: choice) }
        #expect(authorizations(azure) == [sent, sent])
        #expect(count(azure, "/listKeys") == 2 && count(azure, "/token") == 0)
    }

    @Test func withoutACredentialNobodyIsAskedAndNoneIsSent() async throws {
        let azure = azure()
        _ = try await azure.client.score(request, of: "e", with: .none)
        #expect(authorizations(azure) == ["none"] && azure.sent.count == 1)
    }

    @Test func anEndpointTokenIsKeptWhileItIsGood() async throws {
        let azure = azure()
        let expiries = Mutex<[Double]>([])
        for _ in 0..<3 {
            _ = try await azure.client.score(request, of: "e", with: .amlToken) { expiresAt in
                let left = expiresAt?.timeIntervalSince(CannedAzure.now) ?? 0
                expiries.withLock { $0.append(left.rounded()) }
            }
        }
        #expect(authorizations(azure) == Array(repeating: "Bearer token 1", count: 3))
        #expect(count(azure, "/token") == 1 && expiries.withLock { $0 } == [3600, 3600, 3600])
    }

    @Test func eachEndpointHasATokenOfItsOwn() async throws {
        let azure = azure()
        for name in ["a", "b", "A"] { _ = try await azure.client.score(request, of: name, with: .amlToken) }
        #expect(authorizations(azure) == ["Bearer token 1", "Bearer token 2", "Bearer token 1"])
    }

    @Test(arguments: [(30.0, 10.0), (3600, -1)])
    func aTokenThatIsToBeRenewedIs(_ life: Double, _ refreshAfter: Double) async throws {
        let azure = azure(lives: life, refreshAfter: refreshAfter)
        for _ in 0..<2 { _ = try await azure.client.score(request, of: "e", with: .amlToken) }
        #expect(authorizations(azure) == ["Bearer token 1", "Bearer token 2"])
    }

    @Test func aTokenFromBeforeThatIsRefusedIsRenewedOnce() async throws {
        let azure = azure(refusing: 1)
        _ = try await azure.client.scoringCredential(.amlToken, of: "e")
        let answer = try await azure.client.score(request, of: "e", with: .amlToken)
        #expect(answer.status == 200)
        #expect(authorizations(azure) == ["Bearer token 1", "Bearer token 2"] && count(azure, "/token") == 2)
    }

    @Test func aNewTokenThatIsRefusedIsAnAnswer() async throws {
        let azure = azure(refusing: 9)
        let answer = try await azure.client.score(request, of: "e", with: .amlToken)
        #expect(answer.status == 401 && authorizations(azure) == ["Bearer token 1"])
        let second = try await azure.client.score(request, of: "e", with: .amlToken)
        #expect(second.status == 401 && authorizations(azure).count == 3)
    }

    @Test func theIdentifierIsTheCallersOrOurs() async throws {
        let azure = azure()
        let name = try #require(HTTPField.Name("x-ms-client-request-id"))
        let first = try await azure.client.score(request, of: "e", with: .none, clientRequestID: "mine-1")
        let second = try await azure.client.score(request, of: "e", with: .none)
        #expect(first.clientRequestID == "mine-1" && second.clientRequestID.count == 36)
        #expect(azure.sent.map { $0.headerFields[name] } == ["mine-1", second.clientRequestID])
    }
}

@Suite struct EndpointSchemaTests {
    private func endpoint(_ uri: String?) -> OnlineEndpoint {
        OnlineEndpoint(
            id: ResourceID("/e"),
            name: "e",
            authMode: .key,
            provisioningState: .succeeded,
            swaggerURI: uri
        )
    }

    @Test func theDocumentIsReadWithTheCredential() async throws {
        let azure = CannedAzure(#"{"swagger": "2.0"}"#)
        let endpoint = endpoint("https://e.ml.azure.com/swagger.json")
        let document = try await azure.client.swagger(of: endpoint, credential: .key(Secret("k")))
        #expect(document["swagger"]?.stringValue == "2.0")
        let sent = try #require(azure.sent.first)
        #expect(sent.method == .get && sent.url.description == endpoint.swaggerURI)
        #expect(sent.headerFields[.authorization] == "Bearer k" && sent.bodyLimit != nil)
    }

    @Test(arguments: [
        (nil, AzureError.Kind.notFound(.other)), ("http://10.0.0.1/swagger.json", .insecureTransport(host: "10.0.0.1")),
        ("https://management.azure.com/swagger.json", .tokenForOtherHost(host: "management.azure.com")),
    ])
    func noSecretGoesAstray(_ uri: String?, _ kind: AzureError.Kind) async throws {
        let azure = CannedAzure("{}")
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.swagger(of: endpoint(uri), credential: .key(Secret("k")))
        }
        #expect(error?.kind == kind && azure.sent.isEmpty)
    }
}
