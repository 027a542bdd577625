public import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A region of a subscription: what Azure Monitor answers for at once.
public struct MetricScope: Hashable, Sendable {
    public var subscriptionID: String
    /// `koreacentral` for example.
    public var region: String

    public init(subscriptionID: String, region: String) {
        self.subscriptionID = subscriptionID
        self.region = region
    }
}

extension MachineLearningClient {
    private static let endpointNamespace = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"

    /// What Azure Monitor measured of all online endpoints of a region, in two requests however many there are.
    /// `GET /subscriptions/{id}/providers/Microsoft.Insights/metrics`.
    ///
    /// - Parameters:
    ///   - scope: The region of a subscription.
    ///   - historyMinutes: How far back the history of requests reaches, 5 to 30: a minute of a thousand endpoints is long.
    ///   - seriesLimit: Most series of one answer, the busiest first: some for each endpoint, one for each status code.
    /// - Returns: The endpoints that Azure Monitor knows anything of; any other has had no request.
    /// - Throws: `AzureError`; where `isLastingRefusal` says so, the cloud or the role allows single endpoints only, and
    ///   `endpointMetrics(of:)` has to do.
    public func endpointMetrics(
        in scope: MetricScope,
        historyMinutes: Int = 30,
        seriesLimit: Int = 1_000
    ) async throws -> [ResourceID: EndpointMetrics] {
        let now = connection.now()
        let minutes = min(max(historyMinutes, 5), 30)
        async let requests = metrics(
            .endpointMetrics,
            in: scope,
            Self.endpointNamespace,
            ["RequestsPerMinute"],
            minutes: minutes,
            until: now,
            splitBy: "statusCode",
            limit: seriesLimit
        )
        async let latencies = metrics(
            .endpointMetrics,
            in: scope,
            Self.endpointNamespace,
            ["RequestLatency_P50", "RequestLatency_P95"],
            minutes: 5,
            until: now,
            limit: seriesLimit
        )
        let answers = (requests: try await requests, latencies: try await latencies)
        let series = answers.requests["RequestsPerMinute"]
        let p50 = answers.latencies["RequestLatency_P50"]
        let p95 = answers.latencies["RequestLatency_P95"]
        let ids = answers.requests.resources.union(answers.latencies.resources)
        return ids.reduce(into: [:]) { metrics, id in
            metrics[id] = EndpointMetrics(
                requests: series.map { $0[id] ?? .empty },
                p50: p50?[id],
                p95: p95?[id],
                now: now,
                historyMinutes: minutes,
                presentSeconds: Self.presentSeconds
            )
        }
    }

    /// What Azure Monitor measured of all online deployments of a region in the last minutes, in one request.
    /// `GET /subscriptions/{id}/providers/Microsoft.Insights/metrics`.
    ///
    /// - Returns: The deployments that Azure Monitor knows anything of.
    /// - Throws: `AzureError` as `endpointMetrics(in:)`.
    public func deploymentMetrics(
        in scope: MetricScope,
        seriesLimit: Int = 1_000
    ) async throws -> [ResourceID: DeploymentMetrics] {
        let now = connection.now()
        let answer = try await metrics(
            .deploymentMetrics,
            in: scope,
            Self.endpointNamespace + "/deployments",
            Self.deploymentMetricNames,
            minutes: 5,
            until: now,
            limit: seriesLimit
        )
        return answer.resources.reduce(into: [:]) { metrics, id in
            metrics[id] = DeploymentMetrics(now: now, presentSeconds: Self.presentSeconds) { answer[$0]?[id] }
        }
    }

    /// A metric that failed is missing.
    private func metrics(
        _ operation: OperationName,
        in scope: MetricScope,
        _ namespace: String,
        _ names: [String],
        minutes: Int,
        until now: Date,
        splitBy dimension: String? = nil,
        limit: Int
    ) async throws -> ResourceMetrics {
        let filter = [dimension.map { "\($0) eq '*'" }, "Microsoft.ResourceId eq '*'"].compactMap(\.self)
        var query = Self.metricQuery(names, minutes: minutes, until: now)
        query += [
            ("region", scope.region), ("metricnamespace", namespace), ("$filter", filter.joined(separator: " and ")),
            // Without it the service gives ten.
            ("top", String(limit)),
        ]
        let response = try await resourceManager.response(
            operation,
            ResourceID("/subscriptions/\(scope.subscriptionID)"),
            "/providers/Microsoft.Insights/metrics",
            query: query,
            apiVersion: Self.metricsVersion
        )
        do {
            return try ResourceMetrics(response)
        } catch {
            throw error.doing(operation)
        }
    }
}
