package import AzureCore

/// What the control plane still grants, as the client's governor counts it; nil before the first request.
package struct Budget: Equatable, Sendable {
    package var reads: RequestBudget.Status?
    package var writes: RequestBudget.Status?
    package var deletes: RequestBudget.Status?
    /// Queries of Azure Resource Graph.
    package var graphQueries: RequestBudget.Status?

    package init(
        reads: RequestBudget.Status? = nil,
        writes: RequestBudget.Status? = nil,
        deletes: RequestBudget.Status? = nil,
        graphQueries: RequestBudget.Status? = nil
    ) {
        self.reads = reads
        self.writes = writes
        self.deletes = deletes
        self.graphQueries = graphQueries
    }

    /// How it stands with a bucket.
    package func status(of kind: RequestKind) -> RequestBudget.Status? {
        switch kind {
        case .read: reads
        case .write: writes
        case .delete: deletes
        case .graphQuery: graphQueries
        }
    }
}

extension Source {
    /// The bucket its requests are counted in; nil where nothing is counted.
    var requestKind: RequestKind? {
        switch self {
        case .connection, .token, .trafficLog, .trafficAggregates: nil
        case .fleet: .graphQuery
        case .endpointToken: .write
        case .workspace, .endpoints, .endpoint, .deployments, .endpointMetrics, .lastTraffic, .deploymentMetrics,
            .regionMetrics, .regionDeploymentMetrics, .diagnosticSettings, .lastOperation, .logWorkspace, .workspaces,
            .activity:
            .read
        }
    }
}
