import AzureCore
import HTTPTypes
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The hosts of managed identities: where they are asked, how, and what their answers mean.
@Suite struct ManagedIdentityTests {
    private let time = ManualTime(passingSleepsBelow: .seconds(60))
    private static let granted = AzureResponse(200, #"{"access_token":"t","expires_in":"86399","token_type":"Bearer"}"#)
    private static let nearby = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:1/"]

    private func token(
        _ transport: FakeTransport,
        _ environment: [String: String] = nearby,
        _ selection: ManagedIdentitySelection = .systemAssigned,
        arcFolder: String = "/nowhere"
    ) async throws -> AccessToken {
        let credential = ManagedIdentityCredential(
            environment: environment,
            selection: selection,
            arcFolder: arcFolder,
            timeout: .seconds(120),
            probeTimeout: .seconds(120)
        )
        let request = TokenRequest(audience: .resourceManager, resource: "https://r/", cloud: .azureCloud)
        let pipeline = Pipeline(
            transport: transport,
            settings: PipelineSettings(timeout: .seconds(120), time: time.source)
        )
        let time = time
        return try await credential.token(for: request, pipeline: pipeline, now: { time.now })
    }

    @Test func theMetadataServiceIsLookedForAndThenAsked() async throws {
        let transport = FakeTransport([AzureResponse(400), Self.granted])
        let token = try await token(transport)
        let sent = transport.sent.map(\.url.description)
        #expect(
            sent[1]
                == "http://127.0.0.1:1/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fr%2F"
        )
        let metadata = try #require(HTTPField.Name("Metadata"))
        #expect(transport.sent.map { $0.headerFields[metadata] } == [nil, "true"])
        #expect(transport.sent.allSatisfy { $0.bypassesProxy })
        #expect(transport.sent.allSatisfy { $0.headerFields[.authorization] == nil })
        #expect(
            token.expiresAt == time.now.addingTimeInterval(86_399) && token.credential == "ManagedIdentityCredential"
        )
    }

    @Test(
        arguments: [
            (.clientID("a"), "&client_id=a"), (.objectID("b"), "&object_id=b"),
            (.resourceID("/c"), "&msi_res_id=%2Fc"),
        ] as [(ManagedIdentitySelection, String)]
    )
    func oneOfSeveralIdentitiesIsNamed(_ selection: ManagedIdentitySelection, _ end: String) async throws {
        let transport = FakeTransport([AzureResponse(400), Self.granted])
        _ = try await token(transport, Self.nearby, selection)
        #expect(transport.sent.last?.url.description.hasSuffix(end) == true)
    }

    @Test func aHostThatIsNotThereIsMerelyUnavailable() async throws {
        let nobody = FakeTransport { _, _ in throw AzureError(.unreachable(.refused)) }
        let error = await #expect(throws: CredentialUnavailable.self) { try await token(nobody) }
        #expect(error?.credential.reason == .noManagedIdentityService(host: "127.0.0.1"))
        #expect(nobody.sent.count == 1)
    }

    @Test func whatDockerSaysOfAnUnreachableHostIsAnAbsence() async throws {
        let docker = FakeTransport([AzureResponse(403, "connecting to 169.254.169.254:80: unreachable network")])
        let error = await #expect(throws: CredentialUnavailable.self) { try await token(docker) }
        #expect(error?.credential.reason == .noManagedIdentityService(host: "127.0.0.1"))
    }

    @Test func aMachineWithoutAnIdentityIsMerelyUnavailable() async throws {
        let answer = AzureResponse(400, #"{"error":"invalid_request","error_description":"Identity not found"}"#)
        let error = await #expect(throws: CredentialUnavailable.self) { try await token(FakeTransport([answer])) }
        #expect(error?.credential.reason == .identityNotAssigned(message: "Identity not found"))
    }

    @Test(arguments: [
        (404, [0, 1.6, 3.2, 6.4, 12.8]), (429, [0, 1.6, 3.2, 6.4, 12.8]), (503, [0, 1.6, 3.2, 6.4, 12.8]),
        (410, [0, 5, 10, 20, 40]),
    ])
    func whatMayPassIsAskedAgainAtItsOwnPace(_ status: Int, _ pauses: [Double]) async throws {
        let transport = FakeTransport { _, index in index == 0 ? AzureResponse(400) : AzureResponse(status) }
        await #expect(throws: AzureError.self) { try await token(transport) }
        #expect(time.slept.map { $0 / .seconds(1) } == pauses)
        #expect(transport.sent.count == 2 + pauses.count)
    }

    @Test func aServiceThatIsBeingUpdatedRecovers() async throws {
        let transport = FakeTransport { _, index in
            index == 0 ? AzureResponse(400) : index < 4 ? AzureResponse(410) : Self.granted
        }
        #expect(try await token(transport).secret == Secret("t"))
        #expect(time.slept == [.zero, .seconds(5), .seconds(10)])
    }

    @Test func appServiceGetsItsHeader() async throws {
        let transport = FakeTransport([
            AzureResponse(200, #"{"access_token":"t","expires_on":"1746113586","resource":"https://r/"}"#)
        ])
        let environment = ["IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi/token?x=1", "IDENTITY_HEADER": "proof"]
        let token = try await token(transport, environment, .resourceID("/id"))
        let sent = try #require(transport.sent.first)
        #expect(
            sent.url.description
                == "http://127.0.0.1:41/msi/token?x=1&api-version=2019-08-01&resource=https%3A%2F%2Fr%2F&mi_res_id=%2Fid"
        )
        let header = try #require(HTTPField.Name("X-IDENTITY-HEADER"))
        #expect(sent.headerFields[header] == "proof" && sent.bypassesProxy)
        #expect(token.expiresAt == Date(timeIntervalSince1970: 1_746_113_586))
    }

    @Test func azureMachineLearningComputeGetsItsSecret() async throws {
        let transport = FakeTransport([Self.granted])
        let environment = ["MSI_ENDPOINT": "http://127.0.0.1:46/MSI/auth", "MSI_SECRET": "proof"]
        _ = try await token(transport, environment, .clientID("a"))
        let sent = try #require(transport.sent.first)
        #expect(sent.url.query == "api-version=2017-09-01&resource=https%3A%2F%2Fr%2F&clientid=a")
        let secret = try #require(HTTPField.Name("secret"))
        #expect(sent.headerFields[secret] == "proof")
    }

    @Test(arguments: [
        (["MSI_ENDPOINT": "http://x"], "Cloud Shell"),
        (
            ["IDENTITY_ENDPOINT": "http://x", "IDENTITY_HEADER": "h", "IDENTITY_SERVER_THUMBPRINT": "t"],
            "Service Fabric"
        ),
    ])
    func aHostWeCannotAskIsNamed(_ environment: [String: String], _ name: String) async throws {
        let transport = FakeTransport([Self.granted])
        let error = await #expect(throws: CredentialUnavailable.self) { try await token(transport, environment) }
        #expect(error?.credential.reason == .unsupportedHost(name) && transport.sent.isEmpty)
    }

    // MARK: Azure Arc

    private static let arc = [
        "IDENTITY_ENDPOINT": "http://localhost:40342/metadata", "IMDS_ENDPOINT": "http://localhost:1",
    ]

    private func challenge(_ file: String) throws -> AzureResponse {
        AzureResponse(401, "{}", [.wwwAuthenticate: "Basic realm=\(file)"])
    }

    @Test func theArcAgentGetsTheContentOfItsFile() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/arc-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("proof\n".utf8).write(to: URL(filePath: folder + "/a.key"))
        let transport = FakeTransport([try challenge(folder + "/a.key"), Self.granted])
        _ = try await token(transport, Self.arc, arcFolder: folder)
        #expect(transport.sent.map { $0.headerFields[.authorization] } == [nil, "Basic proof"])
        // Longer than a challenge ever is.
        try Data(repeating: 65, count: 4097).write(to: URL(filePath: folder + "/b.key"))
        let large = FakeTransport([try challenge(folder + "/b.key"), Self.granted])
        await #expect(throws: AzureError.self) { try await token(large, Self.arc, arcFolder: folder) }
        #expect(large.sent.count == 1)
    }

    @Test(arguments: ["/etc/passwd", "/agent/../etc/x.key", "/agent/sub/x.key", "/agent/.key", "/agent/x.txt", ""])
    func noFileButTheAgentsIsEverSent(_ file: String) async throws {
        let transport = FakeTransport([try challenge(file), Self.granted])
        let error = await #expect(throws: AzureError.self) { try await token(transport, Self.arc, arcFolder: "/agent") }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "WWW-Authenticate")))
        #expect(transport.sent.count == 1)
    }

    @Test func anotherMachineGetsNoContentOfAFile() async throws {
        let environment = ["IDENTITY_ENDPOINT": "http://evil.example/", "IMDS_ENDPOINT": "http://x"]
        let transport = FakeTransport([try challenge("/agent/x.key"), Self.granted])
        let error = await #expect(throws: AzureError.self) {
            try await token(transport, environment, arcFolder: "/agent")
        }
        #expect(error?.kind == .insecureTransport(host: "evil.example"))
    }
}
