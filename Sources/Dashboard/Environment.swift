package import AzureCore
package import AzureML
package import FoundationEssentials

/// The outside world as the dashboard's requests need it: a struct of functions with live, simulated and test values.
///
/// Every function throws `AzureError`.
package struct Environment: Sendable {
    package var connect: @Sendable () async throws -> ConnectionFacts
    /// The token in use, without asking for one: the client renews by itself, too.
    package var heldToken: @Sendable (_ audience: TokenAudience) -> TokenFacts?
    package var token: @Sendable (_ audience: TokenAudience, _ isRenewal: Bool) async throws -> TokenFacts
    package var workspace: @Sendable () async throws -> Workspace
    /// Calls back for each page as it comes.
    package var endpoints: @Sendable (_ page: @Sendable ([OnlineEndpoint], _ isLast: Bool) -> Void) async throws -> Void
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

    package init(
        connect: @escaping @Sendable () async throws -> ConnectionFacts,
        heldToken: @escaping @Sendable (TokenAudience) -> TokenFacts?,
        token: @escaping @Sendable (TokenAudience, Bool) async throws -> TokenFacts,
        workspace: @escaping @Sendable () async throws -> Workspace,
        endpoints: @escaping @Sendable (@Sendable ([OnlineEndpoint], Bool) -> Void) async throws -> Void,
        deployments: @escaping @Sendable (ResourceID) async throws -> [OnlineDeployment],
        endpointMetrics: @escaping @Sendable (ResourceID) async throws -> EndpointMetrics,
        lastTraffic: @escaping @Sendable (ResourceID) async throws -> Date?,
        deploymentMetrics: @escaping @Sendable (ResourceID) async throws -> DeploymentMetrics,
        diagnosticSettings: @escaping @Sendable (ResourceID) async throws -> [DiagnosticSetting],
        endpointToken: @escaping @Sendable (ResourceID) async throws -> EndpointTokenFacts,
        operationStatus: @escaping @Sendable (String) async throws -> OperationStatus,
        logWorkspace: @escaping @Sendable (ResourceID) async throws -> LogWorkspace,
        trafficLog: @escaping @Sendable (LogWorkspace, Date, @Sendable (TrafficLogPage) -> Void) async throws -> Void,
        trafficAggregates: @escaping @Sendable (LogWorkspace, Date) async throws -> [TrafficAggregate]
    ) {
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
    }
}
