import AzureCore
import AzureML
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What an observer learns of each try.
@Suite struct ExchangeFactsTests {
    @Test func theReadBudgetIsSeenGoingDown() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            _ = try await client.onlineEndpoint("churn")
            _ = try await client.onlineEndpoints().all()
            let budget = azure.exchanges.compactMap(\.remainingReads)
            #expect(budget == [249, 248, 247])
            // And back up with time.
            azure.clock.advance(by: 60)
            _ = try await client.workspace()
            #expect(azure.exchanges.last?.remainingReads == 249)
        }
    }

    @Test func eachTryHasItsIDs() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            _ = try await client.workspace()
            let facts = azure.exchanges(.workspaceShow)
            #expect(Set(facts.compactMap(\.requestID)).count == 2)
            #expect(Set(facts.map(\.clientRequestID)).count == 2 && facts.allSatisfy { $0.clientRequestID.count == 36 })
            let first = try #require(facts.first)
            #expect(first.method == "GET" && first.path == azure.workspace().id.text && first.host == "localhost")
            #expect(first.startedAt == azure.clock.now && first.failure == nil)
        }
    }

    @Test(arguments: [0.0, 90, -240])
    func theServersDateShowsItsClocksError(_ ahead: Double) async throws {
        try await SimulatedAzure.withClient { azure, client in
            azure.clock.setServer(ahead: ahead)
            _ = try await client.workspace()
            let facts = try #require(azure.exchanges(.workspaceShow).last)
            #expect(try #require(facts.serverDate).timeIntervalSince(facts.startedAt) == ahead)
        }
    }

    @Test func aRefusalCarriesTheIDForAzuresSupport() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let error = await failure { try await client.onlineEndpoint("nowhere") }
            let facts = try #require(azure.exchanges(.endpointShow).last)
            #expect(facts.failure == .notFound(.endpoint) && facts.status == 404)
            #expect(try #require(error?.requestID) == facts.requestID)
            #expect(error?.host == facts.host)
        }
    }

    @Test func eachServiceIsSignedInToOnce() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let now = azure.clock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<5 {
                    group.addTask { _ = try await client.trafficLog(in: workspace, from: now, to: nil) }
                    group.addTask { _ = try await client.trafficAggregates(in: workspace, from: now) }
                    group.addTask { _ = try await client.onlineEndpoints().all() }
                }
                try await group.waitForAll()
            }
            // One token for Resource Manager, one for Log Analytics.
            #expect(azure.exchanges(.token).count == 2)
            #expect(azure.exchanges(.token).allSatisfy { $0.method == "POST" && $0.status == 200 })
        }
    }
}
