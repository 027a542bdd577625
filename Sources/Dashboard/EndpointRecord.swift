public import AzureCore
public import AzureML
public import FoundationEssentials

/// One endpoint with all that was learned of it: a row of the first pane.
public struct EndpointRecord: Equatable, Sendable {
    public var endpoint: OnlineEndpoint
    /// Nil until they were read: the header says how many endpoints that still holds for.
    public var deployments: [DeploymentRecord]?
    public var metrics: EndpointMetrics?
    public var diagnosticSettings: [DiagnosticSetting]?
    public var token: EndpointTokenFacts?
    public var lastOperation: OperationStatus?
    public var findings: [Finding] = []

    public init(endpoint: OnlineEndpoint) {
        self.endpoint = endpoint
    }

    public var id: ResourceID { endpoint.id }
    public var severity: Severity? { findings.map(\.severity).max() }

    /// Whether its traffic rows go anywhere; nil while that is unknown.
    public var isLogging: Bool? {
        diagnosticSettings.map { $0.contains { $0.sendsTrafficLog && $0.workspaceID != nil } }
    }

    /// The Log Analytics workspace its traffic rows go to.
    public var logWorkspaceID: ResourceID? {
        diagnosticSettings?.first { $0.sendsTrafficLog && $0.workspaceID != nil }?.workspaceID
    }
}

/// One deployment with what was measured of it: a row of the second pane.
public struct DeploymentRecord: Equatable, Sendable {
    public var deployment: OnlineDeployment
    public var metrics: DeploymentMetrics?

    public init(deployment: OnlineDeployment, metrics: DeploymentMetrics? = nil) {
        self.deployment = deployment
        self.metrics = metrics
    }

    public var id: ResourceID { deployment.id }
}
