import AzureCore
import AzureML
import Testing

/// Resource Manager demands a token that proves more (continuous access evaluation).
@Suite struct ClaimsChallengeTests {
    private static let ways: [SignInWay] = [.secret, .certificate, .workload, .deviceCode]

    @Test(arguments: ways)
    func aChallengeIsAnsweredOnceWithWhatItDemands(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            _ = try await client.workspace()
            let before = azure.exchanges(.token).count
            try await azure.order(.claimsChallenge, path: "/workspaces/")
            #expect(try await client.workspace().name == "ws-fraud-krc")
            #expect(azure.exchanges(.workspaceShow).map(\.status) == [200, 401, 200])
            #expect(azure.exchanges(.token).count == before + 1)
            // The new token serves from then on.
            _ = try await client.workspace()
            #expect(azure.exchanges(.token).count == before + 1)
        }
    }

    @Test func aChallengeThatComesAgainIsTheEnd() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            try await azure.order(.claimsChallenge, path: "/workspaces/", count: 0)
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .unauthorized && error?.code == "insufficient_claims")
            #expect(azure.exchanges(.workspaceShow).map(\.status) == [200, 401, 401])
            #expect(azure.exchanges(.token).count == 2)
        }
    }

    @Test func manyRequestsThatAreChallengedShareOneToken() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            try await azure.order(.claimsChallenge, path: "/workspaces/")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try await client.workspace() } }
                try await group.waitForAll()
            }
            #expect(azure.exchanges(.token).count == 2)
        }
    }

    @Test func aMachineCannotProveMore() async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(.systemIdentity)
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            _ = try await client.workspace()
            try await azure.order(.claimsChallenge, path: "/workspaces/")
            let error = await failure { try await client.workspace() }
            #expect(
                error?.kind
                    == .noCredential([
                        UnavailableCredential(name: "ManagedIdentityCredential", reason: .cannotSatisfyClaims)
                    ])
            )
        }
    }
}
