public import AzureCore

/// Where the logs of a resource go. `GET …/providers/Microsoft.Insights/diagnosticSettings`.
public struct DiagnosticSetting: Hashable, Sendable {
    public var id: ResourceID
    public var name: String
    /// The Log Analytics workspace they go to.
    public var workspaceID: ResourceID?
    /// `AmlOnlineEndpointTrafficLog` for example.
    public var enabledCategories: [String]
    /// `allLogs`, `audit`.
    public var enabledCategoryGroups: [String]

    public init(
        id: ResourceID,
        name: String,
        workspaceID: ResourceID? = nil,
        enabledCategories: [String] = [],
        enabledCategoryGroups: [String] = []
    ) {
        self.id = id
        self.name = name
        self.workspaceID = workspaceID
        self.enabledCategories = enabledCategories
        self.enabledCategoryGroups = enabledCategoryGroups
    }

    /// Whether traffic-log rows reach a Log Analytics workspace through this setting.
    public var sendsTrafficLog: Bool {
        workspaceID != nil
            && (enabledCategories.contains { $0.lowercased() == "amlonlineendpointtrafficlog" }
                || enabledCategoryGroups.contains { ["alllogs", "audit"].contains($0.lowercased()) })
    }
}
