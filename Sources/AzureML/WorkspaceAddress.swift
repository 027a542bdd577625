public import AzureCore

/// Where an Azure Machine Learning workspace is.
public struct WorkspaceAddress: Hashable, Sendable {
    public var subscriptionID: String
    public var resourceGroup: String
    public var name: String

    public init(subscriptionID: String, resourceGroup: String, name: String) {
        self.subscriptionID = subscriptionID
        self.resourceGroup = resourceGroup
        self.name = name
    }

    /// The workspace's Resource Manager id.
    public var id: ResourceID {
        ResourceID(
            "/subscriptions/\(subscriptionID)/resourceGroups/\(resourceGroup)"
                + "/providers/Microsoft.MachineLearningServices/workspaces/\(name)"
        )
    }
}
