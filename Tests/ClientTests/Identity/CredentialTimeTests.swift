import AzureCore
import AzureML
import AzureSimulator
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Clocks that are wrong, that jump, and that stood still meanwhile, for every way to sign in.
@Suite struct CredentialTimeTests {
    @Test(arguments: SignInWay.allCases, [-1200.0, 1200.0])
    func aClockThatIsTwentyMinutesWrongSignsIn(_ way: SignInWay, _ seconds: Double) async throws {
        try await SimulatedAzure.with { azure in
            azure.clock.setServer(ahead: seconds)
            // A cluster's token is of the cluster's clock, which is the issuer's.
            let connection = try await azure.connection(way)
            let token = try await connection.token(for: .resourceManager)
            // Its life is reckoned by our clock, from the moment it came.
            let life = try #require(token.expiresAt).timeIntervalSince(azure.clock.now)
            #expect((3500...3600).contains(life))
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            #expect(try await client.workspace().name == "ws-fraud-krc")
        }
    }

    @Test(arguments: SignInWay.allCases)
    func afterAnHoursSuspendTheNextRequestCarriesANewToken(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            _ = try await client.workspace()
            let first = try #require(connection.cachedToken(for: .resourceManager))
            azure.clock.advance(by: 3600)
            _ = try await client.workspace()
            let second = try #require(connection.cachedToken(for: .resourceManager))
            #expect(second.secret != first.secret)
            #expect(azure.exchanges(.workspaceShow).map(\.status) == [200, 200])
        }
    }

    @Test(arguments: SignInWay.allCases)
    func theHourThatSummerTimeTakesAwayIsNoHourOfAToken(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            // 30 March 2025, 00:59:30 UTC: half a minute later it is three o'clock in Berlin, not two.
            azure.clock.advance(by: 1_743_296_370 - azure.clock.now.timeIntervalSince1970)
            let connection = try await azure.connection(way)
            let first = try await connection.token(for: .resourceManager)
            azure.clock.advance(by: 60)
            #expect(try await connection.token(for: .resourceManager).secret == first.secret)
            let left = try #require(connection.cachedToken(for: .resourceManager)?.expiresAt)
                .timeIntervalSince(azure.clock.now)
            #expect((3400...3540).contains(left))
        }
    }

    @Test func aFederatedTokenThatLapsedIsReadAnew() async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(.workload)
            _ = try await connection.token(for: .resourceManager)
            let path = try #require(
                try await azure.simulator.environment(signingInWith: .workload)
                    .first { $0.name == "AZURE_FEDERATED_TOKEN_FILE" }?.value
            )
            let before = try Data(contentsOf: URL(filePath: path))
            // The cluster writes another one at four fifths of its life, an hour.
            try await eventually { azure.clock.sleeperCount > 0 }
            azure.clock.advance(by: 2_881)
            try await eventually { (try? Data(contentsOf: URL(filePath: path))) != before }
            azure.clock.advance(by: 1_500)
            _ = try await connection.renewToken(for: .resourceManager)
        }
    }
}
