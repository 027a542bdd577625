public import AzureCore
public import JSONValue

/// An online deployment. `GET …/onlineEndpoints/{endpoint}/deployments/{name}` of Resource Manager.
public struct OnlineDeployment: Hashable, Sendable {
    public var id: ResourceID
    public var name: String
    public var endpointName: String
    public var location: String?
    public var kind: String?
    /// `Managed`, `Kubernetes` or `AzureMLCompute`.
    public var computeType: String?
    public var provisioningState: ProvisioningState
    /// VM size, or the instance type of a Kubernetes compute.
    public var instanceType: String?
    /// `sku.capacity`
    public var instanceCount: Int?
    /// ARM id, `azureml://` reference or URI.
    public var model: String?
    public var environmentID: String?
    public var codeID: String?
    public var scoringScript: String?
    public var maxConcurrentRequestsPerInstance: Int?
    public var requestTimeout: Duration?
    public var maxQueueWait: Duration?
    /// `Default` or `TargetUtilization`.
    public var scaleType: String?
    public var minInstances: Int?
    public var maxInstances: Int?
    public var appInsightsEnabled: Bool?
    /// `Enabled` or `Disabled`.
    public var egressPublicNetworkAccess: String?
    public var livenessProbe: Probe?
    public var readinessProbe: Probe?
    public var environmentVariables: [String: String]
    public var deploymentDescription: String?
    public var tags: [String: String]
    public var properties: [String: String]
    public var systemData: SystemData?
    /// Where the status of the latest operation is (`AzureAsyncOperationUri`).
    public var lastOperationURL: String?
    /// The resource as Azure sent it.
    public var raw: JSONValue

    public init(
        id: ResourceID,
        name: String,
        endpointName: String,
        location: String? = nil,
        kind: String? = nil,
        computeType: String? = nil,
        provisioningState: ProvisioningState,
        instanceType: String? = nil,
        instanceCount: Int? = nil,
        model: String? = nil,
        environmentID: String? = nil,
        codeID: String? = nil,
        scoringScript: String? = nil,
        maxConcurrentRequestsPerInstance: Int? = nil,
        requestTimeout: Duration? = nil,
        maxQueueWait: Duration? = nil,
        scaleType: String? = nil,
        minInstances: Int? = nil,
        maxInstances: Int? = nil,
        appInsightsEnabled: Bool? = nil,
        egressPublicNetworkAccess: String? = nil,
        livenessProbe: Probe? = nil,
        readinessProbe: Probe? = nil,
        environmentVariables: [String: String] = [:],
        deploymentDescription: String? = nil,
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        systemData: SystemData? = nil,
        lastOperationURL: String? = nil,
        raw: JSONValue = .null
    ) {
        self.id = id
        self.name = name
        self.endpointName = endpointName
        self.location = location
        self.kind = kind
        self.computeType = computeType
        self.provisioningState = provisioningState
        self.instanceType = instanceType
        self.instanceCount = instanceCount
        self.model = model
        self.environmentID = environmentID
        self.codeID = codeID
        self.scoringScript = scoringScript
        self.maxConcurrentRequestsPerInstance = maxConcurrentRequestsPerInstance
        self.requestTimeout = requestTimeout
        self.maxQueueWait = maxQueueWait
        self.scaleType = scaleType
        self.minInstances = minInstances
        self.maxInstances = maxInstances
        self.appInsightsEnabled = appInsightsEnabled
        self.egressPublicNetworkAccess = egressPublicNetworkAccess
        self.livenessProbe = livenessProbe
        self.readinessProbe = readinessProbe
        self.environmentVariables = environmentVariables
        self.deploymentDescription = deploymentDescription
        self.tags = tags
        self.properties = properties
        self.systemData = systemData
        self.lastOperationURL = lastOperationURL
        self.raw = raw
    }
}
