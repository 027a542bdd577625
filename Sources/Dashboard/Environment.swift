package import AzureCore
package import AzureML
package import FoundationEssentials

/// The outside world as the dashboard's requests need it: a struct of functions with live, simulated and test values.
///
/// Every function throws `AzureError`.
package struct Environment: Sendable {
    /// The same world for requests of another priority, to another workspace (nil for the configured one).
    package var adapted: @Sendable (_ priority: RequestPriority, _ workspace: WorkspaceAddress?) -> Environment
    /// What the client's governor still grants in a workspace's subscription; nil before there is a connection.
    package var budget: @Sendable (_ workspace: WorkspaceAddress?) -> Budget?
    package var signIn = SignInActions.none
    package var connect: @Sendable () async throws -> ConnectionFacts
    /// The token in use, without asking for one: the client renews by itself, too.
    package var heldToken: @Sendable (_ audience: TokenAudience) -> TokenFacts?
    package var token: @Sendable (_ audience: TokenAudience, _ isRenewal: Bool) async throws -> TokenFacts
    package var workspace: @Sendable () async throws -> Workspace
    /// Calls back for each page as it comes.
    package var endpoints: @Sendable (_ page: @Sendable ([OnlineEndpoint], _ isLast: Bool) -> Void) async throws -> Void
    /// Calls back for each page as it comes.
    package var fleet: @Sendable (_ page: @Sendable ([FleetResource], _ isLast: Bool) -> Void) async throws -> Void
    package var endpoint: @Sendable (_ endpoint: ResourceID) async throws -> OnlineEndpoint
    package var regionMetrics:
        @Sendable (_ scope: MetricScope, _ historyMinutes: Int, _ seriesLimit: Int) async throws
            -> [ResourceID: EndpointMetrics]
    package var regionDeploymentMetrics:
        @Sendable (_ scope: MetricScope, _ seriesLimit: Int) async throws -> [ResourceID: DeploymentMetrics]
    package var workspaces: @Sendable () async throws -> WorkspaceListing
    package var deployments: @Sendable (_ endpoint: ResourceID) async throws -> [OnlineDeployment]
    package var endpointMetrics: @Sendable (_ endpoint: ResourceID) async throws -> EndpointMetrics
    package var lastTraffic: @Sendable (_ endpoint: ResourceID) async throws -> Date?
    package var deploymentMetrics: @Sendable (_ deployment: ResourceID) async throws -> DeploymentMetrics
    package var diagnosticSettings: @Sendable (_ endpoint: ResourceID) async throws -> [DiagnosticSetting]
    package var endpointToken: @Sendable (_ endpoint: ResourceID) async throws -> EndpointTokenFacts
    package var operationStatus: @Sendable (_ url: String) async throws -> OperationStatus
    package var logWorkspace: @Sendable (_ id: ResourceID) async throws -> LogWorkspace
    /// Calls back for each page as it comes.
    package var trafficLog:
        @Sendable (_ workspace: LogWorkspace, _ start: Date, _ page: @Sendable (TrafficLogPage) -> Void) async throws
            -> Void
    package var trafficAggregates:
        @Sendable (_ workspace: LogWorkspace, _ start: Date) async throws -> [TrafficAggregate]
    package var activity: ActivityReading

    package var secrets = SecretActions.none
    package var rotation = RotationActions.none
    package var journal = JournalActions.none
    package var scoring = ScoringActions.none

    package init(
        adapted: @escaping @Sendable (RequestPriority, WorkspaceAddress?) -> Environment,
        budget: @escaping @Sendable (WorkspaceAddress?) -> Budget?,
        connect: @escaping @Sendable () async throws -> ConnectionFacts,
        heldToken: @escaping @Sendable (TokenAudience) -> TokenFacts?,
        token: @escaping @Sendable (TokenAudience, Bool) async throws -> TokenFacts,
        workspace: @escaping @Sendable () async throws -> Workspace,
        endpoints: @escaping @Sendable (@Sendable ([OnlineEndpoint], Bool) -> Void) async throws -> Void,
        fleet: @escaping @Sendable (@Sendable ([FleetResource], Bool) -> Void) async throws -> Void,
        endpoint: @escaping @Sendable (ResourceID) async throws -> OnlineEndpoint,
        regionMetrics: @escaping @Sendable (MetricScope, Int, Int) async throws -> [ResourceID: EndpointMetrics],
        regionDeploymentMetrics: @escaping @Sendable (MetricScope, Int) async throws -> [ResourceID: DeploymentMetrics],
        workspaces: @escaping @Sendable () async throws -> WorkspaceListing,
        deployments: @escaping @Sendable (ResourceID) async throws -> [OnlineDeployment],
        endpointMetrics: @escaping @Sendable (ResourceID) async throws -> EndpointMetrics,
        lastTraffic: @escaping @Sendable (ResourceID) async throws -> Date?,
        deploymentMetrics: @escaping @Sendable (ResourceID) async throws -> DeploymentMetrics,
        diagnosticSettings: @escaping @Sendable (ResourceID) async throws -> [DiagnosticSetting],
        endpointToken: @escaping @Sendable (ResourceID) async throws -> EndpointTokenFacts,
        operationStatus: @escaping @Sendable (String) async throws -> OperationStatus,
        logWorkspace: @escaping @Sendable (ResourceID) async throws -> LogWorkspace,
        trafficLog: @escaping @Sendable (LogWorkspace, Date, @Sendable (TrafficLogPage) -> Void) async throws -> Void,
        trafficAggregates: @escaping @Sendable (LogWorkspace, Date) async throws -> [TrafficAggregate],
        activity: ActivityReading
    ) {
        self.adapted = adapted
        self.budget = budget
        self.fleet = fleet
        self.endpoint = endpoint
        self.regionMetrics = regionMetrics
        self.regionDeploymentMetrics = regionDeploymentMetrics
        self.workspaces = workspaces
        self.connect = connect
        self.heldToken = heldToken
        self.token = token
        self.workspace = workspace
        self.endpoints = endpoints
        self.deployments = deployments
        self.endpointMetrics = endpointMetrics
        self.lastTraffic = lastTraffic
        self.deploymentMetrics = deploymentMetrics
        self.diagnosticSettings = diagnosticSettings
        self.endpointToken = endpointToken
        self.operationStatus = operationStatus
        self.logWorkspace = logWorkspace
        self.trafficLog = trafficLog
        self.trafficAggregates = trafficAggregates
        self.activity = activity
    }
}
