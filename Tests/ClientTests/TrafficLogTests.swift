import AzureCore
import AzureML
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rows and aggregates from Log Analytics.
@Suite struct TrafficLogTests {
    /// Rows of the last half hour, at most a hundred thousand.
    private func rows(
        _ azure: SimulatedAzure,
        _ client: MachineLearningClient,
        seconds: ClosedRange<Double> = 0...1800,
        limit: Int = 100_000,
        endpoint: String? = nil
    ) async throws -> [TrafficLogRow] {
        let now = azure.clock.now
        let log = try await client.trafficLog(
            in: try await client.logWorkspace(),
            from: now.addingTimeInterval(-seconds.upperBound),
            to: seconds.lowerBound == 0 ? nil : now.addingTimeInterval(-seconds.lowerBound),
            limit: limit,
            endpoint: endpoint
        )
        #expect(!log.isPartial)
        return log.rows
    }

    @Test func rowsComeNewestFirstAndWhole() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let rows = try await rows(azure, client)
            #expect(rows.count > 100)
            #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.time >= $1.time })
            #expect(rows.allSatisfy { $0.resourceID == client.id(of: $0.endpointName) })
            #expect(rows.allSatisfy { $0.method == "POST" && $0.path == "/score" && $0.totalMilliseconds > 0 })
            #expect(Set(rows.map(\.requestID)).count == rows.count)
            let answered = rows.filter { $0.responseCode == 200 }
            #expect(
                !answered.isEmpty && answered.allSatisfy { $0.modelStatusCode == 200 && !$0.deploymentName.isEmpty }
            )
            #expect(answered.allSatisfy { !$0.userAgent.isEmpty && $0.requestBytes > 0 && $0.responseBytes > 0 })
        }
    }

    @Test func onlyTokensOfEntraNameTheCaller() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let known = try await rows(azure, client).filter { $0.responseCode == 200 }
            #expect(known.contains { $0.authType == "AADToken" } && known.contains { $0.authType == "Key" })
            for row in known { #expect(row.identity.isEmpty == (row.authType != "AADToken")) }
        }
    }

    @Test func theWindowHasAnEndThatIsOutside() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let now = azure.clock.now
            let all = try await rows(azure, client)
            let some = try await rows(azure, client, seconds: 600...1200)
            let window = now.addingTimeInterval(-1200)..<now.addingTimeInterval(-600)
            #expect(!some.isEmpty && some == all.filter { window.contains($0.time) })
            let edge = try #require(some.first)
            let workspace = try await client.logWorkspace()
            let exact = try await client.trafficLog(in: workspace, from: window.lowerBound, to: edge.time)
            #expect(exact.rows == Array(some.drop { $0.time == edge.time }))
        }
    }

    @Test func aLimitKeepsTheNewest() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let all = try await rows(azure, client)
            #expect(try await rows(azure, client, limit: 5) == Array(all.prefix(5)))
        }
    }

    @Test func oneEndpointAloneIsAskedForWhateverTheCase() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let own = try await rows(azure, client).filter { $0.endpointName == "recsys-home" }
            #expect(!own.isEmpty)
            #expect(try await rows(azure, client, endpoint: "Recsys-Home") == own)
            #expect(try await rows(azure, client, endpoint: "kyc-ocr").isEmpty)
        }
    }

    @Test(arguments: [#"x" or "a" =~ "a"#, #"x\" or 1 == 1 //"#, "x\"\n| take 1", "팀"])
    func aNameIsNeverPartOfTheQuery(_ name: String) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let rows = try await rows(azure, client, endpoint: name)
            #expect(rows.isEmpty)
        }
    }

    @Test func rowsThatArriveLateAreThereLater() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let before = try await rows(azure, client, seconds: 0...900)
            #expect(before.allSatisfy { azure.clock.now.timeIntervalSince($0.time) >= 150 })
            azure.clock.advance(by: 900)
            let after = try await rows(azure, client, seconds: 900...1800)
            #expect(after.count > before.count)
            #expect(Set(after.map(\.requestID)).isSuperset(of: before.map(\.requestID)))
        }
    }

    @Test func aggregatesAreWhatTheRowsAddUpTo() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: 6000) { azure, client in
            let rows = try await rows(azure, client)
            let aggregates = try await client.trafficAggregates(
                in: try await client.logWorkspace(),
                from: azure.clock.after(-1800)
            )
            let groups = Dictionary(grouping: rows) { Group(endpoint: $0.resourceID, deployment: $0.deploymentName) }
            #expect(Set(aggregates.map { Group($0) }) == Set(groups.keys) && aggregates.count == groups.count)
            for aggregate in aggregates {
                let rows = groups[Group(aggregate)] ?? []
                #expect(aggregate.requests == rows.count)
                #expect(aggregate.failures == rows.filter(\.isFailure).count)
                #expect(aggregate.clientErrors == rows.filter(\.isClientError).count)
                #expect(aggregate.newest == rows.first?.time)
                #expect(aggregate.p95Milliseconds == rows.map { Double($0.totalMilliseconds) }.percentile(95))
            }
            // Not all of it zeros.
            #expect(aggregates.contains { $0.failures > 0 } && aggregates.contains { $0.clientErrors > 0 })
        }
    }

    private struct Group: Hashable {
        var endpoint: ResourceID
        var deployment: String

        init(endpoint: ResourceID, deployment: String) {
            self.endpoint = endpoint
            self.deployment = deployment
        }

        init(_ aggregate: TrafficAggregate) {
            self.init(endpoint: aggregate.endpointID, deployment: aggregate.deploymentName)
        }
    }

    @Test func anEmptyWindowIsNoError() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let later = azure.clock.after(3600)
            #expect(try await client.trafficLog(in: workspace, from: later, to: nil).rows.isEmpty)
            #expect(try await client.trafficAggregates(in: workspace, from: later).isEmpty)
        }
    }

    @Test func aPartialAnswerKeepsItsRowsAndSaysSo() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let body = """
                {"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},\
                {"name":"EndpointName","type":"string"}],"rows":[["2025-05-01T04:59:00.1234567Z","churn"]]}],\
                "error":{"code":"PartialError","message":"There were some errors when processing your query."}}
                """
            try await azure.order(.status(200, body: body), path: "/v1/workspaces/")
            let log = try await client.trafficLog(in: workspace, from: azure.clock.now, to: nil)
            #expect(log.isPartial && log.rows.map(\.endpointName) == ["churn"])
        }
    }

    @Test(arguments: [SimulatedFault.status(200, body: ""), .status(204, body: "")])
    func aWorkspaceThatNeverReceivedAnythingIsEmpty(_ fault: SimulatedFault) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            try await azure.order(fault, path: "/v1/workspaces/")
            #expect(try await client.trafficLog(in: workspace, from: azure.clock.now, to: nil) == TrafficLog())
        }
    }
}
