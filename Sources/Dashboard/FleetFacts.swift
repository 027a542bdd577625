package import AzureCore
internal import AzureML
package import FoundationEssentials

/// How the endpoints of the workspace are found, and where Resource Graph and Resource Manager disagree.
///
/// The graph lags by minutes, so whatever Resource Manager told lately wins, and where it told nothing it is asked.
package struct FleetFacts: Equatable, Sendable {
    /// Pages of the graph's answer under way.
    var incoming: [FleetResource] = []
    /// Whether the graph's latest whole answer held deployments, too.
    var tellsDeployments = false
    /// When the graph was asked for its latest whole answer.
    package var toldAt: Date?
    /// Pages of the listing under way, and of the latest whole one.
    var incomingPages = 0
    package var pageCount: Int?
    /// When the latest whole listing was asked for.
    var listedAt: Date?
    /// Known to the graph alone, or told differently by it: Resource Manager is asked.
    package var disputed: Set<ResourceID> = []
    /// Not there any more, by Resource Manager; the graph may hold them for a while.
    var goneAt: [ResourceID: Date] = [:]
    /// Where the endpoints are: what Azure Monitor answers for at once.
    var metricScopes: [MetricScope] = []
    /// Whether the selection is somebody's choice, or the first row as it happened to come.
    var isSelectionChosen = false
    /// Where the search for what else could be read goes on.
    var cursor = 0

    /// How long the graph may hold what is not so any more.
    static let graphLagSeconds: Double = 120
    /// Longer than any lag.
    static let goneSeconds: Double = 600
}

extension DashboardState {
    /// Whether Resource Graph answers, at least lately.
    var hasGraph: Bool { fleet.toldAt != nil && feeds[.fleet]?.failure == nil }

    /// Whether listing all endpoints costs no more than reading those on the screen one by one.
    var listsAllEndpoints: Bool {
        (fleet.pageCount ?? max(1, fleet.incomingPages)) <= max(2, visibleRecords.count)
    }

    /// Seconds between two listings: a long one is left to the graph where there is one, and spread out where there is none.
    var listingCadenceSeconds: Double {
        guard !listsAllEndpoints else { return Source.endpoints.cadenceSeconds }
        let pages = fleet.pageCount ?? fleet.incomingPages
        return hasGraph ? Self.backgroundSeconds : max(Source.endpoints.cadenceSeconds, Double(pages) / 2)
    }

    /// Whether the endpoints on the screen are read one by one between two listings.
    package var readsEndpointsSingly: Bool { listingCadenceSeconds > Source.endpoints.cadenceSeconds }

    /// Whether Azure Monitor answers for all endpoints of a region at once.
    func measuresRegion(_ scope: MetricScope) -> Bool {
        records.count > 1 && !isLeft(.regionMetrics(of: scope))
    }

    /// Whether it does for all deployments: worth it only where there are not many more than those of the selection.
    func measuresDeployments(of scope: MetricScope) -> Bool {
        records.count > 1 && hasFewDeployments && !isLeft(.regionDeploymentMetrics(of: scope))
    }

    var hasFewDeployments: Bool { summary.deploymentCount <= Self.mostDeploymentsMeasured }

    private static let mostDeploymentsMeasured = 200

    /// Whether smaller questions have to do in the place of a large one: it was refused for good, or fails again and again.
    private func isLeft(_ source: Source) -> Bool {
        guard let feed = feeds[source], let failure = feed.failure else { return false }
        return failure.isLastingRefusal || feed.failureCount > 1
    }

    func metricScope(of record: EndpointRecord) -> MetricScope? {
        record.endpoint.location.map { MetricScope(subscriptionID: workspaceAddress.subscriptionID, region: $0) }
    }

    /// The source that measures an endpoint.
    package func metricsSource(of record: EndpointRecord) -> Source {
        guard let scope = metricScope(of: record), measuresRegion(scope) else { return .endpointMetrics(of: record.id) }
        return .regionMetrics(of: scope)
    }

    /// The source that measures a deployment of an endpoint.
    package func metricsSource(of deployment: ResourceID, in record: EndpointRecord) -> Source {
        guard let scope = metricScope(of: record), measuresDeployments(of: scope) else {
            return .deploymentMetrics(of: deployment)
        }
        return .regionDeploymentMetrics(of: scope)
    }

    mutating func noteMetricScopes() {
        var seen: Set<MetricScope> = []
        fleet.metricScopes = records.compactMap(metricScope).filter { seen.insert($0).inserted }
    }
}

extension Source {
    /// Whether others answer in its place where it is refused.
    var hasSubstitute: Bool {
        switch self {
        case .fleet, .regionMetrics, .regionDeploymentMetrics: true
        default: false
        }
    }
}
