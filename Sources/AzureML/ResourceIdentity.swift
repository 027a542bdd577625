public import AzureCore

/// The managed identity of a resource.
public struct ResourceIdentity: Hashable, Sendable {
    /// `None`, `SystemAssigned`, `UserAssigned` or `SystemAssigned,UserAssigned`.
    public var type: String
    /// Of the system-assigned identity.
    public var principalID: String?
    public var tenantID: String?
    /// The user-assigned identities.
    public var userAssigned: [ResourceID]

    public init(
        type: String,
        principalID: String? = nil,
        tenantID: String? = nil,
        userAssigned: [ResourceID] = []
    ) {
        self.type = type
        self.principalID = principalID
        self.tenantID = tenantID
        self.userAssigned = userAssigned
    }
}
