public import AzureCore

/// What this module does, by the names errors and exchanges carry.
extension OperationName {
    public static let subscriptionsList = OperationName("subscriptions.list")
    public static let workspacesList = OperationName("workspaces.list")
    public static let workspacesQuery = OperationName("workspaces.query")
    public static let fleetQuery = OperationName("fleet.query")
    public static let workspaceShow = OperationName("workspace.show")
    public static let endpointsList = OperationName("onlineEndpoints.list")
    public static let endpointShow = OperationName("onlineEndpoints.show")
    public static let endpointKeys = OperationName("onlineEndpoints.keys")
    public static let endpointToken = OperationName("onlineEndpoints.token")
    public static let endpointRegenerateKeys = OperationName("onlineEndpoints.regenerateKeys")
    public static let deploymentsList = OperationName("onlineDeployments.list")
    public static let deploymentShow = OperationName("onlineDeployments.show")
    public static let operationStatus = OperationName("operations.status")
    public static let activityLogList = OperationName("activityLog.list")
    public static let diagnosticSettingsList = OperationName("diagnosticSettings.list")
    public static let logWorkspaceShow = OperationName("logWorkspace.show")
    public static let trafficLogQuery = OperationName("trafficLog.query")
    public static let trafficAggregatesQuery = OperationName("trafficLog.aggregate")
    public static let endpointMetrics = OperationName("metrics.endpoint")
    public static let lastTraffic = OperationName("metrics.lastTraffic")
    public static let deploymentMetrics = OperationName("metrics.deployment")
}
