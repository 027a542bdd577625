/// A platform metric of endpoints or deployments (API.md g.3).
struct MetricDefinition: Sendable {
    /// Where the values come from.
    enum Source: Sendable {
        case requestsPerMinute
        /// Mean latency, or a percentile of it in percent.
        case latency(percentile: Double?)
        case networkBytes
        case connections(perSecond: Bool)
        case gauge(Gauge)
        /// Nothing is collected here.
        case nothing
    }

    enum Gauge: Sendable {
        case cpu, memory, gpu, gpuMemory, gpuEnergy, disk, capacity
    }

    let name: String
    let unit: String
    let description: String
    let aggregations: [String]
    let dimensions: [String]
    let source: Source

    /// `RequestLatency_P95` → `Request Latency P95`.
    var localizedName: String {
        var text = ""
        for character in name.replacing("_", with: " ") {
            if character.isUppercase, let last = text.last, last.isLowercase { text.append(" ") }
            text.append(character)
        }
        return text
    }

    /// What a namespace is about.
    enum ResourceType: CaseIterable, Sendable {
        case endpoint, deployment

        var namespace: String {
            switch self {
            case .endpoint: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
            case .deployment: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"
            }
        }

        var definitions: [MetricDefinition] {
            switch self {
            case .endpoint: MetricDefinition.ofEndpoints
            case .deployment: MetricDefinition.ofDeployments
            }
        }
    }

    private static let average = ["average"]
    private static let spread = ["average", "minimum", "maximum"]

    private static func latencies(_ names: [(String, Double?)], dimensions: [String]) -> [MetricDefinition] {
        names.map { name, percentile in
            let what =
                percentile.map { "The average P\(Int($0)) request latency" } ?? "The average complete interval of time"
            return MetricDefinition(
                name: name,
                unit: "MilliSeconds",
                description: "\(what) aggregated over the selected time interval in milliseconds.",
                aggregations: average,
                dimensions: dimensions,
                source: .latency(percentile: percentile)
            )
        }
    }

    private static let percentiles: [(String, Double?)] = [
        ("RequestLatency_P50", 50), ("RequestLatency_P90", 90), ("RequestLatency_P95", 95), ("RequestLatency_P99", 99),
    ]

    private static let ofEndpoints: [MetricDefinition] =
        [
            MetricDefinition(
                name: "RequestsPerMinute",
                unit: "Count",
                description: "The number of requests sent to Online endpoint within a minute.",
                aggregations: average,
                dimensions: ["deployment", "statusCode", "statusCodeClass", "modelStatusCode"],
                source: .requestsPerMinute
            )
        ] + latencies([("RequestLatency", nil)] + percentiles, dimensions: ["deployment"]) + [
            MetricDefinition(
                name: "NetworkBytes",
                unit: "BytesPerSecond",
                description: "The bytes per second served for the endpoint.",
                aggregations: average,
                dimensions: [],
                source: .networkBytes
            ),
            MetricDefinition(
                name: "ConnectionsActive",
                unit: "Count",
                description: "The total number of concurrent TCP connections active from clients.",
                aggregations: average,
                dimensions: [],
                source: .connections(perSecond: false)
            ),
            MetricDefinition(
                name: "NewConnectionsPerSecond",
                unit: "CountPerSecond",
                description: "The average number of new TCP connections per second established from clients.",
                aggregations: average,
                dimensions: [],
                source: .connections(perSecond: true)
            ),
            MetricDefinition(
                name: "DataCollectionEventsPerMinute",
                unit: "Count",
                description: "The number of data collection events processed per minute.",
                aggregations: spread,
                dimensions: ["deployment", "type"],
                source: .nothing
            ),
            MetricDefinition(
                name: "DataCollectionErrorsPerMinute",
                unit: "Count",
                description: "The number of data collection events dropped per minute.",
                aggregations: spread,
                dimensions: ["deployment", "reason", "type"],
                source: .nothing
            ),
        ]

    private static func gauge(
        _ name: String,
        _ gauge: Gauge,
        _ description: String,
        unit: String = "Percent",
        dimensions: [String] = ["instanceId"]
    ) -> MetricDefinition {
        MetricDefinition(
            name: name,
            unit: unit,
            description: description,
            aggregations: spread,
            dimensions: dimensions,
            source: .gauge(gauge)
        )
    }

    private static let ofDeployments: [MetricDefinition] =
        [
            gauge("CpuUtilizationPercentage", .cpu, "Percentage of CPU utilization on an instance."),
            gauge("CpuMemoryUtilizationPercentage", .memory, "Percentage of memory utilization on an instance."),
            gauge("GpuUtilizationPercentage", .gpu, "Percentage of GPU utilization on an instance."),
            gauge("GpuMemoryUtilizationPercentage", .gpuMemory, "Percentage of GPU memory utilization on an instance."),
            gauge("GpuEnergyJoules", .gpuEnergy, "Interval energy in Joules on a GPU node.", unit: "Count"),
            gauge("DiskUtilization", .disk, "Maximum disk utilization.", dimensions: ["instanceId", "disk"]),
            gauge(
                "DeploymentCapacity",
                .capacity,
                "The number of instances in the deployment.",
                unit: "Count",
                dimensions: ["instanceId", "State"]
            ),
            MetricDefinition(
                name: "RequestsPerMinute",
                unit: "Count",
                description: "The number of requests sent to online deployment within a minute.",
                aggregations: average,
                dimensions: ["envoy_response_code"],
                source: .requestsPerMinute
            ),
        ] + latencies(percentiles, dimensions: []) + [
            MetricDefinition(
                name: "DataCollectionEventsPerMinute",
                unit: "Count",
                description: "The number of data collection events processed per minute.",
                aggregations: spread,
                dimensions: ["instanceId", "type"],
                source: .nothing
            ),
            MetricDefinition(
                name: "DataCollectionErrorsPerMinute",
                unit: "Count",
                description: "The number of data collection events dropped per minute.",
                aggregations: spread,
                dimensions: ["instanceId", "reason", "type"],
                source: .nothing
            ),
        ]
}
