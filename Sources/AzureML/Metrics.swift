public import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension MachineLearningClient {
    static let metricsVersion = "2024-02-01"
    /// How far back the history of requests goes.
    private static let historyMinutes = 30
    /// How old a value may be to count as present; shares are taken over this stretch.
    static let presentSeconds = 300.0

    /// What Azure Monitor measured of an endpoint in the last half hour. `GET {endpoint}/providers/Microsoft.Insights/metrics`,
    /// two requests: the requests split by status code, and the latencies, which cannot be split so.
    public func endpointMetrics(of endpoint: ResourceID) async throws -> EndpointMetrics {
        let now = connection.now()
        async let requests = metrics(
            .endpointMetrics,
            of: endpoint,
            ["RequestsPerMinute"],
            minutes: Self.historyMinutes,
            until: now,
            splitBy: "statusCode"
        )
        async let latencies = metrics(
            .endpointMetrics,
            of: endpoint,
            ["RequestLatency_P50", "RequestLatency_P95"],
            minutes: 10,
            until: now
        )
        return EndpointMetrics(
            requests: MetricSeries("RequestsPerMinute", in: try await requests),
            p50: MetricSeries("RequestLatency_P50", in: try await latencies),
            p95: MetricSeries("RequestLatency_P95", in: try await latencies),
            now: now,
            historyMinutes: Self.historyMinutes,
            presentSeconds: Self.presentSeconds
        )
    }

    /// What Azure Monitor measured of a deployment in the last minutes. `GET {deployment}/providers/Microsoft.Insights/metrics`,
    /// one request.
    public func deploymentMetrics(of deployment: ResourceID) async throws -> DeploymentMetrics {
        let now = connection.now()
        let answer = try await metrics(
            .deploymentMetrics,
            of: deployment,
            Self.deploymentMetricNames,
            minutes: 10,
            until: now
        )
        return DeploymentMetrics(now: now, presentSeconds: Self.presentSeconds) { MetricSeries($0, in: answer) }
    }

    static let deploymentMetricNames = [
        "CpuUtilizationPercentage", "CpuMemoryUtilizationPercentage", "GpuUtilizationPercentage",
        "GpuMemoryUtilizationPercentage", "RequestLatency_P50", "RequestLatency_P95", "RequestsPerMinute",
    ]

    // The dimension must be one that all the metrics have; without it each has one series.
    private func metrics(
        _ operation: OperationName,
        of resource: ResourceID,
        _ names: [String],
        minutes: Int,
        until now: Date,
        splitBy dimension: String? = nil
    ) async throws -> JSONValue {
        var query = Self.metricQuery(names, minutes: minutes, until: now)
        if let dimension {
            // Without `top` the service gives ten series.
            query += [("$filter", "\(dimension) eq '*'"), ("top", "100")]
        }
        return try await resourceManager.json(
            operation,
            resource,
            "/providers/Microsoft.Insights/metrics",
            query: query,
            apiVersion: Self.metricsVersion
        )
    }

    /// Means of whole minutes.
    static func metricQuery(_ names: [String], minutes: Int, until now: Date) -> [(name: String, value: String)] {
        let end = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 60).rounded(.down) * 60)
        let start = end.addingTimeInterval(Double(-60 * minutes))
        return [
            ("metricnames", names.joined(separator: ",")),
            ("timespan", "\(ISO8601.text(start))/\(ISO8601.text(end))"),
            ("interval", "PT1M"), ("aggregation", "average"),
        ]
    }
}

extension DeploymentMetrics {
    // A metric that failed, or that the deployment does not have, is nil.
    init(now: Date, presentSeconds: Double, series: (String) -> MetricSeries?) {
        func latest(_ name: String) -> Double? {
            series(name)?.latest(since: now.addingTimeInterval(-presentSeconds))
        }
        self.init(
            cpuPercent: latest("CpuUtilizationPercentage"),
            memoryPercent: latest("CpuMemoryUtilizationPercentage"),
            gpuPercent: latest("GpuUtilizationPercentage"),
            gpuMemoryPercent: latest("GpuMemoryUtilizationPercentage"),
            p95Milliseconds: latest("RequestLatency_P95"),
            p50Milliseconds: latest("RequestLatency_P50"),
            requestsPerSecond: latest("RequestsPerMinute").map { $0 / 60 },
            measuredAt: now
        )
    }
}

extension EndpointMetrics {
    // The requests are split by status code; a metric that failed is nil.
    init(
        requests: MetricSeries?,
        p50: MetricSeries?,
        p95: MetricSeries?,
        now: Date,
        historyMinutes: Int,
        presentSeconds: Double
    ) {
        let present = now.addingTimeInterval(-presentSeconds)
        let perMinute = requests?.sum() ?? [:]
        let thisMinute = (now.timeIntervalSince1970 / 60).rounded(.down) * 60
        let total = requests.map { $0.total(since: present) }
        let failed = requests.map { $0.total(since: present, where: \.isFailedStatus) }
        let clientErrors = requests.map { $0.total(since: present) { $0.hasPrefix("4") && !$0.isFailedStatus } }
        let hasRequests = (total ?? 0) > 0
        self.init(
            // A metric that answers without a value says that nothing was called.
            requestsPerSecond: requests.map { ($0.latest(since: present) ?? 0) / 60 },
            errorShare: hasRequests ? failed.map { $0 / (total ?? 1) } : nil,
            clientErrorShare: hasRequests ? clientErrors.map { $0 / (total ?? 1) } : nil,
            p95Milliseconds: p95?.latest(since: present),
            p50Milliseconds: p50?.latest(since: present),
            requestsPerMinuteHistory: (1...historyMinutes).reversed().map { age in
                perMinute[Date(timeIntervalSince1970: thisMinute - Double(60 * age))]
            },
            lastTrafficAt: perMinute.filter { $0.value > 0 }.keys.max(),
            measuredAt: now
        )
    }
}

extension MetricSeries {
    fileprivate func total(since start: Date, where isIncluded: (String) -> Bool = { _ in true }) -> Double {
        sum(where: isIncluded).reduce(0) { $1.key >= start ? $0 + $1.value : $0 }
    }
}

extension String {
    /// What a caller feels as a failure: 5xx, 424, 408 and 429.
    fileprivate var isFailedStatus: Bool {
        hasPrefix("5") || ["424", "408", "429"].contains(self)
    }
}
