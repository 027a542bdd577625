import AzureCore
import AzureML
import Testing

/// The fleet through Resource Graph, and what a region measured, over HTTPS.
@Suite struct FleetTests {
    private static let graph = "arm POST /providers/microsoft.resourcegraph/resources"
    private static let regionMetrics = "arm GET /subscriptions/*/providers/microsoft.insights/metrics"

    @Test func aPageOfTheGraphHoldsAThousandRows() async throws {
        try await SimulatedAzure.withClient(pageSize: 1_000, endpoints: 700, deployments: 2) { azure, client in
            let subscription = client.address.subscriptionID
            var counts: [Int] = []
            var resources: [FleetResource] = []
            for try await page in client.fleet(in: [subscription], workspace: client.address) {
                counts.append(page.items.count)
                resources += page.items
            }
            #expect(counts == [1_000, 1_000, 100])
            #expect(azure.arrived(Self.graph) == 3)
            let listed = try await client.onlineEndpoints().all()
            #expect(Set(resources.filter { $0.kind == .endpoint }.map(\.id)) == Set(listed.map(\.id)))
            let endpoints = Set(listed.map(\.id))
            #expect(
                resources.filter { $0.kind == .deployment }.allSatisfy { $0.id.parent.map(endpoints.contains) == true }
            )
            #expect(azure.exchanges.allSatisfy { $0.status != 429 })
        }
    }

    @Test func theGraphKeepsToTheWorkspaceAndRefusesWhatItCannotSee() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let all = try await client.fleet(in: []).all()
            #expect(Set(all.compactMap(\.workspaceName)) == ["ws-fraud-krc", "ws-lab-krc"])
            let error = await failure { try await client.fleet(in: [azure.guestTenantID]).all() }
            #expect(error?.isLastingRefusal == true)
        }
    }

    @Test func aRegionTellsOfEachEndpointWhatItTellsAlone() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let scope = MetricScope(subscriptionID: client.address.subscriptionID, region: "koreacentral")
            let together = try await client.endpointMetrics(in: scope)
            #expect(azure.arrived(Self.regionMetrics) == 2)
            for name in ["fraud-scoring", "recsys-home", "my-endpoint"] {
                let id = client.id(of: name)
                let alone = try await client.endpointMetrics(of: id)
                let here = try #require(together[id])
                #expect(here.requestsPerSecond == alone.requestsPerSecond)
                #expect(here.requestsPerMinuteHistory == alone.requestsPerMinuteHistory)
                #expect(here.p95Milliseconds == alone.p95Milliseconds)
                #expect(here.errorShare == alone.errorShare)
            }
        }
    }

    @Test func noEndpointOfALargeRegionIsLeftOut() async throws {
        try await SimulatedAzure.withClient(pageSize: 1_000, rowsInLastHour: 60_000, endpoints: 300) { _, client in
            let scope = MetricScope(subscriptionID: client.address.subscriptionID, region: "koreacentral")
            let metrics = try await client.endpointMetrics(in: scope, historyMinutes: 5, seriesLimit: 6_000)
            let cut = try await client.endpointMetrics(in: scope, historyMinutes: 5, seriesLimit: 10)
            #expect(metrics.count > 150 && cut.count < 30)
            #expect(metrics.values.allSatisfy { $0.requestsPerMinuteHistory.count == 5 })
        }
    }

    @Test func aRegionTellsOfItsDeploymentsToo() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let scope = MetricScope(subscriptionID: client.address.subscriptionID, region: "koreacentral")
            let together = try await client.deploymentMetrics(in: scope)
            #expect(azure.arrived(Self.regionMetrics) == 1)
            let blue = client.id(of: "fraud-scoring").appending("deployments", "blue")
            let alone = try await client.deploymentMetrics(of: blue)
            #expect(together[blue]?.cpuPercent == alone.cpuPercent && alone.cpuPercent != nil)
            #expect(together[blue]?.requestsPerSecond == alone.requestsPerSecond)
        }
    }

    @Test func aNewHistoryContinuesTheOneBefore() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let scope = MetricScope(subscriptionID: client.address.subscriptionID, region: "koreacentral")
            let id = client.id(of: "fraud-scoring")
            let before = try await client.endpointMetrics(in: scope)[id]
            azure.clock.advance(by: 120)
            let short = try #require(try await client.endpointMetrics(in: scope, historyMinutes: 5)[id])
            #expect(short.requestsPerMinuteHistory.count == 5)
            let whole = try await client.endpointMetrics(in: scope)[id]
            #expect(short.continuing(before).requestsPerMinuteHistory == whole?.requestsPerMinuteHistory)
        }
    }

    // MARK: Workspaces

    @Test(arguments: [true, false])
    func workspacesOfAllSubscriptionsAreFoundAndTheClosedOneIsNamed(withGraph: Bool) async throws {
        try await SimulatedAzure.withClient { azure, client in
            if !withGraph {
                try await azure.order(.status(403), path: "Microsoft.ResourceGraph", count: 0)
            }
            let listing = try await client.workspaceListing()
            #expect(listing.entries.map(\.address.name) == ["ws-lab-krc", "ws-fraud-krc"])
            #expect(listing.entries.map(\.subscriptionName) == ["ml-lab", "ml-production"])
            #expect(listing.entries.allSatisfy { $0.location == "koreacentral" })
            #expect(listing.refusals.map(\.subscriptionName) == ["finance-archive"])
            guard case .forbidden? = listing.refusals.first?.error.kind else {
                Issue.record("the refusal does not say that it is one")
                return
            }
        }
    }

    @Test func theOtherWorkspaceHasItsOwnEndpointsAndItsOwnBudget() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let lab = try #require(
                try await client.workspaceListing().entries.first { $0.address.name == "ws-lab-krc" }
            )
            let other = MachineLearningClient(workspace: lab.address, connection: client.connection)
            #expect(try await other.workspace().name == "ws-lab-krc")
            let endpoints = try await other.onlineEndpoints().all()
            #expect(endpoints.map(\.name).sorted() == ["ocr-trial", "rank-experiment"])
            #expect(try await other.onlineDeployments(of: "rank-experiment").all().count == 2)
            let found = try await other.fleet(in: [lab.address.subscriptionID], workspace: lab.address).all()
            #expect(found.count == 5 && found.allSatisfy { $0.workspaceName == "ws-lab-krc" })
            let scope = MetricScope(subscriptionID: lab.address.subscriptionID, region: "koreacentral")
            #expect(try await other.endpointMetrics(in: scope).keys.allSatisfy { $0.workspaceName == "ws-lab-krc" })
            let missing = await failure { try await other.onlineEndpoint("fraud-scoring") }
            #expect(missing?.kind == .notFound(.endpoint))
            let budget = client.connection.budget
            #expect(budget.status(of: .read, in: lab.address.subscriptionID).remaining < 250)
            _ = azure
        }
    }
}
