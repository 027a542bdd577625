public import AzureCore
public import JSONValue

/// An Azure Machine Learning workspace. `GET …/workspaces/{name}` of Resource Manager.
public struct Workspace: Hashable, Sendable {
    public var id: ResourceID
    public var name: String
    /// `westus2` for example; empty where Azure leaves it out.
    public var location: String
    /// `Default`, `Hub`, `Project`, `FeatureStore`; absent means `Default`.
    public var kind: String?
    public var provisioningState: String?
    public var friendlyName: String?
    /// The Microsoft Entra tenant.
    public var tenantID: String?
    /// The resource as Azure sent it.
    public var raw: JSONValue

    public init(
        id: ResourceID,
        name: String,
        location: String = "",
        kind: String? = nil,
        provisioningState: String? = nil,
        friendlyName: String? = nil,
        tenantID: String? = nil,
        raw: JSONValue = .null
    ) {
        self.id = id
        self.name = name
        self.location = location
        self.kind = kind
        self.provisioningState = provisioningState
        self.friendlyName = friendlyName
        self.tenantID = tenantID
        self.raw = raw
    }
}
