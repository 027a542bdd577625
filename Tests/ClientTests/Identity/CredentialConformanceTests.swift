import AzureCore
import AzureML
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What holds for every way to sign in, over real HTTPS (plain HTTP for the metadata service of a machine).
@Suite struct CredentialConformanceTests {
    @Test(arguments: SignInWay.allCases)
    func itSignsInForEveryAudience(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            for audience in TokenAudience.allCases {
                let token = try await connection.token(for: audience)
                #expect(token.credential == way.credential)
                #expect(token.claims?.tenantID == azure.variables["AZURE_TENANT_ID"])
                #expect(token.claims?.audience == connection.cloud.resource(of: audience))
                let life = try #require(token.expiresAt).timeIntervalSince(azure.clock.now)
                #expect((3500...3600).contains(life))
            }
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            #expect(try await client.workspace().name == "ws-fraud-krc")
        }
    }

    @Test(arguments: SignInWay.allCases)
    func fiftyCallersMakeOneRequest(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            // The first request proves that whoever is asked is there; it is not what is counted.
            _ = try await connection.token(for: .machineLearning)
            let before = azure.exchanges(.token).count
            let secrets = try await withThrowingTaskGroup(of: Secret.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await connection.token(for: .resourceManager).secret }
                }
                return try await group.reduce(into: Set<Secret>()) { $0.insert($1) }
            }
            #expect(secrets.count == 1)
            #expect(azure.exchanges(.token).count == before + 1)
        }
    }
}
