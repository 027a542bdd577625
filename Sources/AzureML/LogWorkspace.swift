public import AzureCore

/// A Log Analytics workspace. `GET …/Microsoft.OperationalInsights/workspaces/{name}`.
public struct LogWorkspace: Hashable, Sendable {
    public var id: ResourceID
    public var name: String
    /// The GUID that queries name it by.
    public var customerID: String
    public var location: String?

    public init(
        id: ResourceID,
        name: String,
        customerID: String,
        location: String? = nil
    ) {
        self.id = id
        self.name = name
        self.customerID = customerID
        self.location = location
    }
}
