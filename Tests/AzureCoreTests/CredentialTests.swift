import AzureCore
import HTTPTypes
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct CredentialTests {
    private static let principal = [
        "AZURE_TENANT_ID": "tenant", "AZURE_CLIENT_ID": "client", "AZURE_CLIENT_SECRET": "p+ss w/rd&",
    ]
    private let time = ManualTime(passingSleepsBelow: .seconds(10))

    private func token(
        _ credential: any TokenCredential,
        _ transport: FakeTransport,
        _ audience: TokenAudience = .resourceManager,
        cloud: Cloud = .azureCloud
    ) async throws -> AccessToken {
        let request = TokenRequest(audience: audience, resource: cloud.resource(of: audience) ?? "", cloud: cloud)
        let pipeline = Pipeline(transport: transport, settings: PipelineSettings(time: time.source))
        let time = time
        return try await credential.token(for: request, pipeline: pipeline, now: { time.now })
    }

    @Test func theFormOfAServicePrincipalIsSent() async throws {
        let transport = FakeTransport([AzureResponse(200, #"{"access_token":"opaque","expires_in":3599}"#)])
        let token = try await token(ClientSecretCredential(environment: Self.principal), transport)
        let sent = try #require(transport.sent.first)
        #expect(sent.url.description == "https://login.microsoftonline.com/tenant/oauth2/v2.0/token")
        #expect(sent.method == .post)
        #expect(sent.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(sent.headerFields[.authorization] == nil)
        let body = String(decoding: sent.body ?? [], as: UTF8.self)
        #expect(
            body == "grant_type=client_credentials&client_id=client&client_secret=p%2Bss%20w%2Frd%26"
                + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
        )
        #expect(token.secret == Secret("opaque"))
        #expect(token.expiresAt == time.now.addingTimeInterval(3599))
        #expect(token.credential == "ClientSecretCredential")
    }

    @Test func aSlashAtTheEndOfTheAudienceIsKept() async throws {
        var cloud = Cloud.azureCloud
        cloud.audiences = ["https://management.azure.com/"]
        let transport = FakeTransport([AzureResponse(200, #"{"access_token":"t","expires_in":"60"}"#)])
        let token = try await token(ClientSecretCredential(environment: Self.principal), transport, cloud: cloud)
        let body = String(decoding: transport.sent.first?.body ?? [], as: UTF8.self)
        #expect(body.hasSuffix("scope=https%3A%2F%2Fmanagement.azure.com%2F%2F.default"))
        #expect(token.expiresAt == time.now.addingTimeInterval(60))
    }

    @Test(
        arguments: [
            (401, "invalid_client", "AADSTS7000215", .signedOut(credential: "ClientSecretCredential")),
            (400, "unauthorized_client", "AADSTS700016", .signedOut(credential: "ClientSecretCredential")),
            (400, "invalid_request", "AADSTS90002", .signedOut(credential: "ClientSecretCredential")),
            (429, "temporarily_unavailable", "AADSTS90055", .throttled(retryAfter: nil)),
            (503, "temporarily_unavailable", "AADSTS90033", .serverError),
        ] as [(Int, String, String, AzureError.Kind)]
    )
    func anIssuersRefusalSaysWhy(
        _ status: Int,
        _ word: String,
        _ code: String,
        _ kind: AzureError.Kind
    ) async throws {
        let body = #"{"error":"\#(word)","error_description":"\#(code): Nope. Trace ID: 1\r\nCorrelation ID: 2"}"#
        let transport = FakeTransport([AzureResponse(status, body)])
        let error = await #expect(throws: AzureError.self) {
            try await token(ClientSecretCredential(environment: Self.principal), transport)
        }
        #expect(error?.kind == kind)
        #expect(error?.code == code)
        #expect(error?.message == "\(code): Nope.")
        #expect(error?.operation == .token)
    }

    @Test(
        arguments: [
            (200, "<html>portal</html>", .malformedAnswer(.notJSON(contentType: nil))),
            (200, #"{"token_type":"Bearer"}"#, .malformedAnswer(.unexpectedShape(field: "access_token"))),
            (200, #"{"access_token":"abc"#, .malformedAnswer(.truncated)), (400, "<html>", .badRequest),
        ] as [(Int, String, AzureError.Kind)]
    )
    func anAnswerThatIsNoneOfAnIssuerIsNotASignOut(_ status: Int, _ body: String, _ kind: AzureError.Kind) async {
        let error = await #expect(throws: AzureError.self) {
            try await token(
                ClientSecretCredential(environment: Self.principal),
                FakeTransport([AzureResponse(status, body)])
            )
        }
        #expect(error?.kind == kind)
    }

    @Test func theSecretDoesNotTravelUnencrypted() async throws {
        var cloud = Cloud.azureCloud
        cloud.loginEndpoint = "http://login.example"
        let transport = FakeTransport([AzureResponse()])
        let error = await #expect(throws: AzureError.self) {
            try await token(ClientSecretCredential(environment: Self.principal), transport, cloud: cloud)
        }
        #expect(error?.kind == .insecureTransport(host: "login.example"))
        #expect(transport.sent.isEmpty)
    }

    @Test func withoutAnythingSetUpEveryLinkSaysWhatIsMissing() async throws {
        let chain = CredentialChain.standard(environment: ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_SECRET": ""])
        let nobody = FakeTransport { _, _ in throw AzureError(.unreachable(.noRoute)) }
        let error = await #expect(throws: AzureError.self) { try await token(chain, nobody) }
        let given = ["AMLTOP_ARM_TOKEN", "AMLTOP_ML_TOKEN", "AMLTOP_LOGS_TOKEN"]
        #expect(
            error?.kind
                == .noCredential([
                    UnavailableCredential(name: "GivenToken", reason: .missingVariables(given)),
                    UnavailableCredential(
                        name: "ClientSecretCredential",
                        reason: .missingVariables(["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"])
                    ),
                    UnavailableCredential(
                        name: "ClientCertificateCredential",
                        reason: .missingVariables(["AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH"])
                    ),
                    UnavailableCredential(
                        name: "WorkloadIdentityCredential",
                        reason: .missingVariables(["AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"])
                    ),
                    UnavailableCredential(
                        name: "ManagedIdentityCredential",
                        reason: .noManagedIdentityService(host: "169.254.169.254")
                    ),
                    UnavailableCredential(name: "AzureCliCredential", reason: .programNotFound("az")),
                ])
        )
    }

    @Test func aGivenTokenComesFirstForItsOwnAudience() async throws {
        let environment = Self.principal.merging(["AMLTOP_ARM_TOKEN": " opaque\n"]) { $1 }
        let chain = CredentialChain.standard(environment: environment)
        let transport = FakeTransport([AzureResponse(200, #"{"access_token":"issued","expires_in":3599}"#)])
        #expect(try await token(chain, transport).secret == Secret("opaque"))
        #expect(transport.sent.isEmpty)
        #expect(try await token(chain, transport, .logAnalytics).secret == Secret("issued"))
        #expect(chain.winner(for: .resourceManager) == "GivenToken")
        #expect(chain.winner(for: .logAnalytics) == "ClientSecretCredential")
        #expect(chain.winner(for: .machineLearning) == nil)
    }

    @Test func aGivenTokenThatHasLapsedIsASignOut() async throws {
        let lapsed = "e30.eyJleHAiOjE3MDAwMDAwMDB9.x"
        let chain = CredentialChain.standard(environment: ["AMLTOP_ARM_TOKEN": lapsed])
        let error = await #expect(throws: AzureError.self) { try await token(chain, FakeTransport([AzureResponse()])) }
        #expect(error?.kind == .signedOut(credential: "GivenToken"))
    }

    @Test(
        arguments: [
            ("https://management.azure.com/", true), ("https://MANAGEMENT.core.windows.net", true),
            ("ef1da9d4-ff77-4c3e-a005-840c3f830745", true), ("https://ml.azure.com", false),
            ("https://management.azure.com.evil.example", false),
        ])
    func aGivenTokenForAnotherAudienceStaysHere(_ audience: String, _ isAccepted: Bool) async throws {
        let claims = Data(#"{"aud":"\#(audience)"}"#.utf8).base64EncodedString()
        let credential = GivenTokenCredential(environment: ["AMLTOP_ARM_TOKEN": "e30.\(claims).x"])
        let transport = FakeTransport([AzureResponse()])
        if isAccepted {
            #expect(try await token(credential, transport).claims?.audience == audience)
        } else {
            let error = await #expect(throws: AzureError.self) { try await token(credential, transport) }
            #expect(error?.kind == .wrongAudience(audience))
        }
    }

    @Test func aFailureStopsTheChain() async throws {
        let failing = FakeCredential(name: "First") { _, _ in throw AzureError(.signedOut(credential: "First")) }
        let second = FakeCredential(lifeSeconds: 60)
        let chain = CredentialChain([failing, second])
        await #expect(throws: AzureError.self) { try await token(chain, FakeTransport([AzureResponse()])) }
        #expect(second.timesAsked == 0)
    }
}
