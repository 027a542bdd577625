import AzureCore
import AzureSimulator
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Certificates: both forms of the assertion, the chain, and files that are of no use.
@Suite struct CertificateTests {
    private static let path = "/oauth2/v2.0/token"

    @Test func anIssuerThatRefusesTheNewerFormGetsTheOlderFromThenOn() async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(.certificate)
            let body = CredentialErrorTests.body("AADSTS700027", "invalid_client")
            try await azure.order(.status(401, body: body), path: Self.path)
            _ = try await connection.token(for: .resourceManager)
            #expect(azure.exchanges(.token).map(\.status) == [401, 200])
            _ = try await connection.token(for: .machineLearning)
            #expect(azure.exchanges(.token).map(\.status) == [401, 200, 200])
        }
    }

    @Test(arguments: ["1", "true", "TRUE", "0"])
    func theChainIsSentWhereThatIsWanted(_ word: String) async throws {
        try await SimulatedAzure.with { azure in
            let changes = ["AZURE_CLIENT_SEND_CERTIFICATE_CHAIN": word]
            let connection = try await azure.connection(.certificate, changing: changes)
            _ = try await connection.token(for: .resourceManager)
        }
    }

    @Test func aCertificateThatIsNotRegisteredIsRefusedWithItsNumber() async throws {
        try await SimulatedAzure.with { other in
            let variables = try await other.simulator.environment(signingInWith: .certificate)
            let file = try #require(variables.first { $0.name == "AZURE_CLIENT_CERTIFICATE_PATH" }?.value)
            try await SimulatedAzure.with { azure in
                let connection = try await azure.connection(
                    .certificate,
                    changing: ["AZURE_CLIENT_CERTIFICATE_PATH": file]
                )
                let error = await failure { try await connection.token(for: .resourceManager) }
                #expect(error?.kind == .signedOut(credential: "ClientCertificateCredential"))
                #expect(error?.code == "AADSTS700027" && error?.requestID?.isEmpty == false)
            }
        }
    }

    @Test func aPasswordThatIsMissingOrWrongIsNamed() async throws {
        try await SimulatedAzure.with { azure in
            for (password, problem) in [("", AzureError.FileProblem.passwordMissing), ("no", .passwordWrong)] {
                let connection = try await azure.connection(
                    .pfx,
                    changing: ["AZURE_CLIENT_CERTIFICATE_PASSWORD": password]
                )
                let error = await failure { try await connection.token(for: .resourceManager) }
                #expect(Self.problem(error) == problem)
                #expect(azure.exchanges(.token).isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            ("", .empty), ("hello", .unexpectedContent), ("-----BEGIN NOTHING-----\n", .noCertificate),
            (String(repeating: "x", count: 1 << 20 + 1), .tooLarge),
        ] as [(String, AzureError.FileProblem)]
    )
    func aFileThatHoldsNoCertificateIsNamed(_ content: String, _ problem: AzureError.FileProblem) async throws {
        try await Self.inFolder { folder in
            let file = folder + "/client.pem"
            try Data(content.utf8).write(to: URL(filePath: file))
            #expect(await Self.problem(of: file) == problem)
        }
    }

    @Test func whatIsNoFileIsNotRead() async throws {
        try await Self.inFolder { folder in
            #expect(await Self.problem(of: folder) == .notAFile)
            #expect(await Self.problem(of: folder + "/missing") == .notFound)
            #expect(await Self.problem(of: "/dev/zero") == .notAFile)
        }
    }

    @Test func aCertificateWithoutItsKeyAndAKeyOfAnotherAreNamed() async throws {
        try await SimulatedAzure.with { azure in
            let mine = try await Self.parts(of: azure)
            try await SimulatedAzure.with { other in
                let theirs = try await Self.parts(of: other)
                try await Self.inFolder { folder in
                    for (text, problem) in [
                        (mine.certificate, AzureError.FileProblem.noPrivateKey),
                        (mine.certificate + theirs.key, .keyOfAnotherCertificate), (mine.key, .noCertificate),
                    ] {
                        let file = folder + "/client.pem"
                        try Data(text.utf8).write(to: URL(filePath: file))
                        #expect(await Self.problem(of: file) == problem)
                    }
                }
            }
        }
    }

    @Test(arguments: ["", " \n", "two words", "\u{1B}[31m", String(repeating: "a", count: 1 << 16 + 1)])
    func aFederatedTokenThatIsNoneIsRefusedHere(_ content: String) async throws {
        try await SimulatedAzure.with { azure in
            try await Self.inFolder { folder in
                try Data(content.utf8).write(to: URL(filePath: folder + "/token"))
                let connection = try await azure.connection(
                    .workload,
                    changing: ["AZURE_FEDERATED_TOKEN_FILE": folder + "/token"]
                )
                let error = await failure { try await connection.token(for: .resourceManager) }
                #expect(Self.problem(error) != nil && azure.exchanges(.token).isEmpty)
            }
        }
    }

    // MARK: Helpers

    private static func parts(of azure: SimulatedAzure) async throws -> (certificate: String, key: String) {
        let variables = try await azure.simulator.environment(signingInWith: .certificate)
        let file = try #require(variables.first { $0.name == "AZURE_CLIENT_CERTIFICATE_PATH" }?.value)
        let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
        let start = try #require(text.firstRange(of: "-----BEGIN PRIVATE")).lowerBound
        return (String(text[..<start]), String(text[start...]))
    }

    private static func problem(_ error: AzureError?) -> AzureError.FileProblem? {
        guard case .configuration(.unusableFile(_, _, let problem))? = error?.kind else { return nil }
        return problem
    }

    private static func problem(of file: String) async -> AzureError.FileProblem? {
        let credential = ClientCertificateCredential(environment: [
            "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_CERTIFICATE_PATH": file,
        ])
        let request = TokenRequest(audience: .resourceManager, resource: "https://r.example", cloud: .azureCloud)
        return problem(
            await failure {
                try await credential.token(for: request, pipeline: Pipeline(transport: Nobody()), now: { Date() })
            }
        )
    }

    private static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/amltop-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}

/// A network without anybody.
struct Nobody: HTTPTransport {
    func send(_ request: AzureRequest) async throws -> AzureResponse { throw AzureError(.unreachable(.noRoute)) }
}
