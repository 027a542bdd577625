package import AzureCore
package import AzureML
package import FoundationEssentials

/// One endpoint with all that was learned of it: a row of the first pane.
package struct EndpointRecord: Equatable, Sendable {
    private var box: Box<OnlineEndpoint>
    /// When Resource Manager was asked for what it told of the endpoint; nil while only the graph knows it.
    package var readAt: Date?
    /// When the graph was asked, where what it told stands here.
    package var graphAt: Date?
    /// The graph may lack the split.
    package var isTrafficKnown = true
    /// When whoever told the deployments was asked.
    package var deploymentsToldAt: Date?
    var areDeploymentsFromGraph = false
    /// Nil until they were read: the header says how many endpoints that still holds for.
    package var deployments: [DeploymentRecord]?
    package var metrics: EndpointMetrics?
    /// When it was last called within a day, where the metrics of the last half hour do not tell; nil until it was asked.
    package var lastTraffic: LastTraffic?
    package var diagnosticSettings: [DiagnosticSetting]?
    package var token: EndpointTokenFacts?
    package var keyActivity: KeyActivity?
    package var lastOperation: OperationStatus?
    package var findings: [Finding] = []
    /// The worst of the findings.
    package var severity: Severity?

    package init(endpoint: OnlineEndpoint) {
        box = Box(endpoint)
    }

    package var endpoint: OnlineEndpoint {
        _read { yield box.value }
        set { box = Box(newValue) }
    }

    package var id: ResourceID { endpoint.id }

    /// When what stands here of the endpoint itself was asked for.
    package var toldAt: Date? { graphAt ?? readAt }

    /// The latest call that is known of.
    package var lastTrafficAt: Date? { metrics?.lastTrafficAt ?? lastTraffic?.date }

    /// Whether its traffic rows go anywhere; nil while that is unknown.
    package var isLogging: Bool? {
        diagnosticSettings.map { $0.contains { $0.sendsTrafficLog && $0.workspaceID != nil } }
    }

    /// The Log Analytics workspace its traffic rows go to.
    package var logWorkspaceID: ResourceID? {
        diagnosticSettings?.first { $0.sendsTrafficLog && $0.workspaceID != nil }?.workspaceID
    }
}

/// The answer to when an endpoint was last called: nil when it was not within the last day.
package struct LastTraffic: Equatable, Sendable {
    package var date: Date?

    package init(date: Date?) {
        self.date = date
    }
}

/// One deployment with what was measured of it: a row of the second pane.
package struct DeploymentRecord: Equatable, Sendable {
    package var deployment: OnlineDeployment
    package var metrics: DeploymentMetrics?

    package init(deployment: OnlineDeployment, metrics: DeploymentMetrics? = nil) {
        self.deployment = deployment
        self.metrics = metrics
    }

    package var id: ResourceID { deployment.id }
}

/// A large value that is copied often and changed seldom.
private final class Box<Value: Equatable & Sendable>: Equatable, Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    static func == (left: Box, right: Box) -> Bool { left === right || left.value == right.value }
}
