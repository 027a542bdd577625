import AzureCore
import HTTPTypes
import Testing

@Suite struct AuthorizationTests {
    private let time = ManualTime()

    private func connection(
        _ transport: FakeTransport,
        _ credential: any TokenCredential = FakeCredential(lifeSeconds: 3600),
        cloud: Cloud = .azureCloud
    ) -> AzureConnection {
        AzureConnection(
            cloud: cloud,
            credential: credential,
            transport: transport,
            settings: PipelineSettings(retry: .never, time: time.source)
        )
    }

    @Test func aTokenGoesToTheHostItIsFor() async throws {
        let transport = FakeTransport([AzureResponse()])
        _ = try await connection(transport).send(.read())
        #expect(transport.sent.first?.headerFields[.authorization] == "Bearer token-1")
    }

    @Test(arguments: [
        "https://management.azure.com.evil.example/x", "https://evil.example/subscriptions", "https://localhost:1/x",
        "https://management.azure.com:8443/x", "https://xmanagement.azure.com/x", "https://api.loganalytics.io/v1",
    ])
    func aTokenForAnotherHostIsNotSent(_ text: String) async throws {
        let transport = FakeTransport([AzureResponse()])
        let target = try address(text)
        let request = AzureRequest(OperationName("test"), url: target, audience: .resourceManager)
        let error = await #expect(throws: AzureError.self) { try await connection(transport).send(request) }
        #expect(error?.kind == .tokenForOtherHost(host: target.host))
        #expect(transport.sent.isEmpty)
    }

    @Test func whateverCredentialGaveItATokenForAnotherServiceIsNotSent() async throws {
        let transport = FakeTransport([AzureResponse()])
        let wrong = FakeCredential { _, _ in
            AccessToken(secret: Secret("t"), claims: TokenClaims(audience: "https://ml.azure.com"))
        }
        let error = await #expect(throws: AzureError.self) { try await connection(transport, wrong).send(.read()) }
        #expect(error?.kind == .wrongAudience("https://ml.azure.com") && error?.misuse?.offeredTo == .resourceManager)
        #expect(error?.misuse?.home == AudienceHome(use: .machineLearning) && transport.sent.isEmpty)
    }

    @Test func aRegionalHostOfResourceManagerIsResourceManager() async throws {
        let transport = FakeTransport([AzureResponse()])
        let target = try address("https://westus2.management.azure.com/subscriptions/s?$skip=x")
        _ = try await connection(transport).send(
            AzureRequest(OperationName("test"), url: target, audience: .resourceManager)
        )
        #expect(transport.sent.count == 1)
    }

    @Test func hostsBelowLocalhostAreNotLocalhost() async throws {
        let local = Cloud(
            name: "Local",
            resourceManager: "https://localhost:8443",
            audiences: [],
            loginEndpoint: "https://localhost:8443",
            logAnalytics: nil
        )
        let transport = FakeTransport([AzureResponse()])
        let request = AzureRequest(
            OperationName("test"),
            url: try address("https://x.localhost:8443/"),
            audience: .resourceManager
        )
        let error = await #expect(throws: AzureError.self) {
            try await connection(transport, cloud: local).send(request)
        }
        #expect(error?.kind == .tokenForOtherHost(host: "x.localhost"))
    }

    @Test func noTokenTravelsUnencrypted() async throws {
        let transport = FakeTransport([AzureResponse()])
        let request = AzureRequest(
            OperationName("test"),
            url: try address("http://management.azure.com/"),
            audience: .resourceManager
        )
        let error = await #expect(throws: AzureError.self) { try await connection(transport).send(request) }
        #expect(error?.kind == .insecureTransport(host: "management.azure.com"))
        #expect(transport.sent.isEmpty)
    }

    @Test func aRefusedTokenIsRenewedOnce() async throws {
        let transport = FakeTransport([AzureResponse(401), AzureResponse(200)])
        _ = try await connection(transport).send(.read())
        #expect(transport.sent.map { $0.headerFields[.authorization] } == ["Bearer token-1", "Bearer token-2"])
    }

    @Test func twoRefusalsAreTheAnswer() async throws {
        let transport = FakeTransport([AzureResponse(401)])
        let error = await #expect(throws: AzureError.self) { try await connection(transport).send(.read()) }
        #expect(error?.kind == .unauthorized)
        #expect(transport.sent.count == 2)
    }

    @Test func logAnalyticsRefusesTokensWith403() async throws {
        let refusal = AzureResponse(403, #"{"error":{"code":"InvalidAuthenticationToken","message":"stale"}}"#)
        let transport = FakeTransport([refusal, AzureResponse(200)])
        let request = AzureRequest(
            OperationName("test"),
            url: try address("https://api.loganalytics.io/v1/workspaces/x/query"),
            audience: .logAnalytics
        )
        _ = try await connection(transport).send(request)
        #expect(transport.sent.count == 2)
    }

    @Test func aDeniedActionDoesNotCostAToken() async throws {
        let transport = FakeTransport([AzureResponse(403, #"{"error":{"code":"AuthorizationFailed","message":"m"}}"#)])
        let credential = FakeCredential(lifeSeconds: 3600)
        let error = await #expect(throws: AzureError.self) {
            try await connection(transport, credential).send(.read())
        }
        #expect(error?.code == "AuthorizationFailed")
        #expect(transport.sent.count == 1 && credential.timesAsked == 1)
    }

    @Test func aTokenThatCannotBeReplacedIsNotSentTwice() async throws {
        let transport = FakeTransport([AzureResponse(401)])
        let credential = FakeCredential { _, _ in AccessToken(secret: Secret("given"), isRenewable: false) }
        _ = try? await connection(transport, credential).send(.read())
        #expect(transport.sent.count == 1)
    }

    @Test func aFailedSignInIsToldWithTheRequestThatNeededIt() async throws {
        let credential = FakeCredential { _, _ in throw AzureError(.signedOut(credential: "Fake"), operation: .token) }
        let connection = connection(FakeTransport([AzureResponse()]), credential)
        let error = await #expect(throws: AzureError.self) { try await connection.send(.read()) }
        #expect(error?.kind == .signedOut(credential: "Fake"))
        #expect(connection.tokenStatus(of: .resourceManager).renewalFailure?.kind == .signedOut(credential: "Fake"))
    }
}
