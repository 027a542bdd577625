import AzureCore
import AzureML
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Azure Monitor measures, beside the rows of the same requests.
@Suite struct MetricsTests {
    /// Asks for metrics now, and for the rows of that half hour once all of them have arrived.
    private func metricsAndRows(
        _ azure: SimulatedAzure,
        _ client: MachineLearningClient,
        _ endpoint: String
    ) async throws -> (EndpointMetrics, [TrafficLogRow]) {
        let metrics = try await client.endpointMetrics(of: client.id(of: endpoint))
        let end = metrics.measuredAt
        azure.clock.advance(by: 900)
        let log = try await client.trafficLog(
            in: try await client.logWorkspace(),
            from: end.addingTimeInterval(-1800),
            to: end,
            limit: 100_000,
            endpoint: endpoint
        )
        return (metrics, log.rows)
    }

    @Test(arguments: ["llm-gateway", "fraud-scoring"])
    func endpointMetricsAgreeWithTheRows(_ endpoint: String) async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { azure, client in
            let (metrics, rows) = try await metricsAndRows(azure, client, endpoint)
            let end = metrics.measuredAt
            let byMinute = Dictionary(grouping: rows) { Int((end.timeIntervalSince($0.time) / 60).rounded(.up)) }
            // The minute that has just ended is not measured yet.
            #expect(metrics.requestsPerMinuteHistory.count == 30 && metrics.requestsPerMinuteHistory.last == .some(nil))
            let history = metrics.requestsPerMinuteHistory.dropLast().map { $0 ?? 0 }
            #expect(history == (2...30).reversed().map { Double(byMinute[$0]?.count ?? 0) })
            #expect(metrics.requestsPerSecond == Double(byMinute[2]?.count ?? 0) / 60)

            let recent = (2...5).flatMap { byMinute[$0] ?? [] }
            #expect(recent.count > 10)
            #expect(metrics.errorShare == Double(recent.filter(\.isFailure).count) / Double(recent.count))
            #expect(metrics.clientErrorShare == Double(recent.filter(\.isClientError).count) / Double(recent.count))

            let latencies = (byMinute[2] ?? []).filter { $0.responseCode != 401 }.map { Double($0.totalMilliseconds) }
            #expect(metrics.p50Milliseconds == latencies.percentile(50))
            #expect(metrics.p95Milliseconds == latencies.percentile(95))
            #expect(metrics.lastTrafficAt == end.addingTimeInterval(-120))
        }
    }

    @Test func theFailingEndpointFails() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { _, client in
            let failing = try await client.endpointMetrics(of: client.id(of: "llm-gateway"))
            let healthy = try await client.endpointMetrics(of: client.id(of: "recsys-home"))
            #expect(try #require(failing.errorShare) > 0.02 && #require(healthy.errorShare) < 0.02)
            #expect(try #require(failing.p95Milliseconds) > 10 * #require(healthy.p95Milliseconds))
        }
    }

    @Test(arguments: ["demand-forecast", "vision-batch"])
    func anEndpointThatNobodyCallsHasRatesButNoShares(_ endpoint: String) async throws {
        try await SimulatedAzure.withClient { _, client in
            let metrics = try await client.endpointMetrics(of: client.id(of: endpoint))
            #expect(metrics.requestsPerSecond == 0)
            #expect(metrics.errorShare == nil && metrics.clientErrorShare == nil && metrics.p95Milliseconds == nil)
            #expect(metrics.requestsPerMinuteHistory.allSatisfy { $0 == nil } && metrics.lastTrafficAt == nil)
        }
    }

    @Test func anEndpointWithoutALogIsMeasuredNevertheless() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { _, client in
            let metrics = try await client.endpointMetrics(of: client.id(of: "kyc-ocr"))
            #expect(try #require(metrics.requestsPerSecond) > 0)
        }
    }

    @Test func endpointMetricsCostTwoReads() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.endpointMetrics(of: client.id(of: "churn"))
            #expect(azure.exchanges(.endpointMetrics).count == 2)
        }
    }

    @Test func aDeploymentWithAGPUHasAllGauges() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { azure, client in
            let id = client.id(of: "llm-gateway").appending("deployments", "blue")
            let metrics = try await client.deploymentMetrics(of: id)
            for value in [metrics.cpuPercent, metrics.memoryPercent, metrics.gpuPercent, metrics.gpuMemoryPercent] {
                #expect((0.1...100).contains(try #require(value)))
            }
            #expect(try #require(metrics.p95Milliseconds) >= #require(metrics.p50Milliseconds))
            #expect(try #require(metrics.requestsPerSecond) > 0)
            #expect(metrics.measuredAt == azure.clock.now)
            #expect(azure.exchanges(.deploymentMetrics).count == 1)
        }
    }

    @Test func aDeploymentWithoutAGPUHasNone() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { _, client in
            let id = client.id(of: "recsys-home").appending("deployments", "prod")
            let metrics = try await client.deploymentMetrics(of: id)
            #expect(metrics.gpuPercent == nil && metrics.gpuMemoryPercent == nil)
            #expect(metrics.cpuPercent != nil && metrics.memoryPercent != nil)
        }
    }

    @Test func mirroredRequestsShowInTheShadowsMetricsOnly() async throws {
        try await SimulatedAzure.withClient(rowsInLastHour: nil) { _, client in
            let fraud = client.id(of: "fraud-scoring")
            let shadow = try await client.deploymentMetrics(of: fraud.appending("deployments", "shadow"))
            let blue = try await client.deploymentMetrics(of: fraud.appending("deployments", "blue"))
            let rates = (try #require(shadow.requestsPerSecond), try #require(blue.requestsPerSecond))
            #expect(rates.0 > 0 && rates.0 < rates.1 / 4)
        }
    }

    @Test func aFailedDeploymentHasNoMachines() async throws {
        try await SimulatedAzure.withClient { _, client in
            let id = client.id(of: "llm-gateway").appending("deployments", "canary")
            let metrics = try await client.deploymentMetrics(of: id)
            #expect(metrics.cpuPercent == nil && metrics.memoryPercent == nil && metrics.p95Milliseconds == nil)
        }
    }
}
