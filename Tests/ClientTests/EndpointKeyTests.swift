import AzureCore
import AzureML
import Testing

/// Keys, subscriptions and workspaces: what is asked for by a hand, never by a refresh.
@Suite struct EndpointKeyTests {
    @Test func bothKeysComeAndNeitherShows() async throws {
        try await SimulatedAzure.withClient { _, client in
            let keys = try await client.keys(of: "my-endpoint")
            #expect(!keys.primaryKey.isEmpty && !keys.secondaryKey.isEmpty)
            #expect(keys.primaryKey != keys.secondaryKey)
            #expect(!"\(keys)".contains(keys.primaryKey.reveal()))
            #expect(try await client.keys(of: "my-endpoint") == keys)
        }
    }

    @Test(arguments: ["llm-gateway", "fraud-scoring"])
    func endpointsOfOtherModesHaveNone(_ name: String) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let error = await failure { try await client.keys(of: name) }
            #expect(error?.kind == .badRequest && error?.operation == .endpointKeys)
            #expect(azure.exchanges(.endpointKeys).count == 1)
        }
    }

    @Test func askingCountsAgainstTheWrites() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.keys(of: "my-endpoint")
            #expect(azure.exchanges(.endpointKeys).first?.remainingWrites == 199)
        }
    }

    @Test func subscriptionsAndTheirWorkspacesAreFound() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let subscriptions = try await client.subscriptions().all()
            #expect(
                subscriptions.first?.id == azure.workspace().subscriptionID && Set(subscriptions.map(\.id)).count == 3
            )
            #expect(subscriptions.allSatisfy { !$0.name.isEmpty && $0.state == "Enabled" && $0.tenantID != nil })
            let workspaces = try await client.workspaces(in: azure.workspace().subscriptionID).all()
            #expect(workspaces.map(\.id) == [azure.workspace().id])
        }
    }

    @Test func theWorkspacesOfAnUnknownSubscriptionAreNotFound() async throws {
        try await SimulatedAzure.withClient { _, client in
            let error = await failure {
                try await client.workspaces(in: "00000000-0000-0000-0000-00000000dead").all()
            }
            #expect(error?.kind == .notFound(.subscription) && error?.operation == .workspacesList)
        }
    }
}
