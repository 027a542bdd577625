public import AzureCore
public import JSONValue

/// An online endpoint. `GET …/onlineEndpoints/{name}` of Resource Manager.
public struct OnlineEndpoint: Hashable, Sendable {
    public var id: ResourceID
    public var name: String
    public var location: String?
    /// `Managed` for example.
    public var kind: String?
    public var authMode: AuthMode
    public var provisioningState: ProvisioningState
    /// Never built, always read; plain `http` is possible on Kubernetes.
    public var scoringURI: String?
    public var swaggerURI: String?
    /// Percent of the requests by deployment name; the sum is 0 or 100.
    public var traffic: [String: Int]
    /// Percent of the requests copied to a deployment, by its name.
    public var mirrorTraffic: [String: Int]
    /// The attached Kubernetes compute; nil for a managed endpoint.
    public var computeID: ResourceID?
    /// `Enabled` or `Disabled`.
    public var publicNetworkAccess: String?
    public var identity: ResourceIdentity?
    public var endpointDescription: String?
    public var tags: [String: String]
    /// `properties.properties`: what the service and its clients noted.
    public var properties: [String: String]
    public var systemData: SystemData?
    /// Where the status of the latest operation is (`AzureAsyncOperationUri`).
    public var lastOperationURL: String?
    /// The resource as Azure sent it.
    public var raw: JSONValue

    public init(
        id: ResourceID,
        name: String,
        location: String? = nil,
        kind: String? = nil,
        authMode: AuthMode,
        provisioningState: ProvisioningState,
        scoringURI: String? = nil,
        swaggerURI: String? = nil,
        traffic: [String: Int] = [:],
        mirrorTraffic: [String: Int] = [:],
        computeID: ResourceID? = nil,
        publicNetworkAccess: String? = nil,
        identity: ResourceIdentity? = nil,
        endpointDescription: String? = nil,
        tags: [String: String] = [:],
        properties: [String: String] = [:],
        systemData: SystemData? = nil,
        lastOperationURL: String? = nil,
        raw: JSONValue = .null
    ) {
        self.id = id
        self.name = name
        self.location = location
        self.kind = kind
        self.authMode = authMode
        self.provisioningState = provisioningState
        self.scoringURI = scoringURI
        self.swaggerURI = swaggerURI
        self.traffic = traffic
        self.mirrorTraffic = mirrorTraffic
        self.computeID = computeID
        self.publicNetworkAccess = publicNetworkAccess
        self.identity = identity
        self.endpointDescription = endpointDescription
        self.tags = tags
        self.properties = properties
        self.systemData = systemData
        self.lastOperationURL = lastOperationURL
        self.raw = raw
    }

    /// Whether it runs on an attached Kubernetes cluster rather than on managed compute.
    public var isKubernetes: Bool {
        computeID != nil || kind?.lowercased() == "k8s" || kind?.lowercased() == "kubernetes"
    }
}
