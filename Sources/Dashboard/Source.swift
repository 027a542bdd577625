package import AzureCore
package import AzureML

/// A thing the dashboard reads again and again, each with an age and a trouble of its own.
package enum Source: Hashable, Sendable {
    /// The cloud's addresses and the way to sign in; everything else waits for it.
    case connection
    case token(TokenAudience)
    case workspace
    /// All endpoints, page by page, through Resource Manager.
    case endpoints
    /// All endpoints and deployments, through Resource Graph.
    case fleet
    /// One endpoint alone, through Resource Manager.
    case endpoint(ResourceID)
    case deployments(of: ResourceID)
    case endpointMetrics(of: ResourceID)
    /// When a silent endpoint was last called, within a day.
    case lastTraffic(of: ResourceID)
    case deploymentMetrics(of: ResourceID)
    /// All endpoints of a region at once.
    case regionMetrics(of: MetricScope)
    case regionDeploymentMetrics(of: MetricScope)
    case diagnosticSettings(of: ResourceID)
    /// The Azure ML token of an endpoint in auth mode `aml_token`: the only way to know when it expires.
    case endpointToken(of: ResourceID)
    /// Who made new keys of an endpoint in auth mode `key`, and when: the only way to know how old they are.
    case activity(of: ResourceID)
    /// How the last operation on an endpoint ended: where a failed one keeps its error.
    case lastOperation(of: ResourceID)
    case logWorkspace(ResourceID)
    case trafficLog(in: ResourceID)
    case trafficAggregates(in: ResourceID)
    /// The workspaces the identity can read, over all subscriptions.
    case workspaces

    /// Whether it is renewed by its expiry rather than read by a cadence.
    var isToken: Bool {
        switch self {
        case .token, .endpointToken: true
        default: false
        }
    }

    /// Seconds between two reads while it is shown and the dashboard has the focus (DESIGN 6).
    ///
    /// Tokens have no cadence: they are renewed when they near their expiry.
    package var cadenceSeconds: Double {
        switch self {
        case .endpoints, .endpoint, .deployments: 10
        case .trafficLog: 30
        case .fleet, .endpointMetrics, .deploymentMetrics, .regionMetrics, .regionDeploymentMetrics, .trafficAggregates,
            .token, .endpointToken:
            60
        case .connection, .workspace, .workspaces, .diagnosticSettings, .lastOperation, .logWorkspace, .lastTraffic,
            .activity:
            600
        }
    }
}
