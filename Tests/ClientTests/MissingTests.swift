import AzureCore
import AzureML
import Testing

/// What is not there: each says what it was.
@Suite struct MissingTests {
    private static let nowhere = "00000000-0000-4000-8000-000000000000"

    @Test func anUnknownSubscription() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(workspace: azure.workspace(subscription: Self.nowhere))
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .notFound(.subscription) && error?.code == "SubscriptionNotFound")
        }
    }

    @Test func anUnknownResourceGroup() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(workspace: azure.workspace(group: "rg-nowhere"))
            let error = await failure { try await client.onlineEndpoints().all() }
            #expect(error?.kind == .notFound(.resourceGroup) && error?.code == "ResourceGroupNotFound")
        }
    }

    @Test func anUnknownWorkspace() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(workspace: azure.workspace(name: "ws-nowhere"))
            let calls: [(MachineLearningClient) async throws -> Void] = [
                { _ = try await $0.workspace() },
                { _ = try await $0.onlineEndpoints().all() },
                { _ = try await $0.onlineEndpoint("my-endpoint") },
                { _ = try await $0.onlineDeployments(of: "my-endpoint").all() },
            ]
            for call in calls {
                let error = await failure { try await call(client) }
                #expect(error?.kind == .notFound(.workspace) && error?.status == 404)
            }
        }
    }

    @Test func anUnknownEndpoint() async throws {
        try await SimulatedAzure.withClient { _, client in
            let calls: [(MachineLearningClient) async throws -> Void] = [
                { _ = try await $0.onlineEndpoint("nowhere") },
                { _ = try await $0.onlineDeployments(of: "nowhere").all() },
                { _ = try await $0.token(of: "nowhere") },
                { _ = try await $0.diagnosticSettings(of: $0.id(of: "nowhere")) },
                { _ = try await $0.endpointMetrics(of: $0.id(of: "nowhere")) },
            ]
            for call in calls {
                let error = await failure { try await call(client) }
                #expect(error?.kind == .notFound(.endpoint) && error?.status == 404)
            }
        }
    }

    @Test func anUnknownDeployment() async throws {
        try await SimulatedAzure.withClient { _, client in
            let error = await failure { try await client.onlineDeployment("nowhere", of: "my-endpoint") }
            #expect(error?.kind == .notFound(.deployment) && error?.operation == .deploymentShow)
            let id = client.id(of: "my-endpoint").appending("deployments", "nowhere")
            let metrics = await failure { try await client.deploymentMetrics(of: id) }
            #expect(metrics?.kind == .notFound(.deployment))
        }
    }

    @Test func anUnknownLogWorkspace() async throws {
        try await SimulatedAzure.withClient { azure, client in
            var workspace = try await client.logWorkspace()
            workspace.customerID = Self.nowhere
            let error = await failure {
                try await client.trafficLog(in: workspace, from: azure.clock.now, to: nil)
            }
            #expect(error?.status == 404 && error?.code == "WorkspaceNotFoundError")
            #expect(error?.operation == .trafficLogQuery)
        }
    }

    /// A missing thing is not asked for again: it will be missing in a second, too.
    @Test func nothingMissingIsTriedTwice() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = await failure { try await client.onlineEndpoint("nowhere") }
            #expect(azure.exchanges(.endpointShow).count == 1 && azure.clock.waits.isEmpty)
        }
    }
}
