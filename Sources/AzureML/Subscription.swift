public import AzureCore
import JSONValue

/// An Azure subscription that the identity can see. `GET /subscriptions`.
public struct Subscription: Hashable, Sendable {
    /// The GUID.
    public var id: String
    public var name: String
    /// `Enabled`, `Disabled`, `Deleted`, `PastDue` or `Warned`.
    public var state: String?
    /// The Microsoft Entra tenant.
    public var tenantID: String?

    public init(id: String, name: String, state: String? = nil, tenantID: String? = nil) {
        self.id = id
        self.name = name
        self.state = state
        self.tenantID = tenantID
    }
}

extension MachineLearningClient {
    private static let subscriptionsVersion = "2022-12-01"

    /// The subscriptions that the identity can see, page by page; none where it has no role anywhere. `GET /subscriptions`.
    public func subscriptions() -> Pager<Subscription> {
        resourceManager.list(
            .subscriptionsList,
            ResourceID("/subscriptions"),
            "",
            apiVersion: Self.subscriptionsVersion
        ) { (value) throws(AzureError) in try Subscription(value) }
    }

    /// The workspaces of a subscription that the identity can read, page by page.
    /// `GET /subscriptions/{id}/providers/Microsoft.MachineLearningServices/workspaces`.
    ///
    /// - Throws: While iterating, `AzureError`: `.notFound(.subscription)` also where it may not be seen.
    public func workspaces(in subscription: String) -> Pager<Workspace> {
        resourceManager.list(
            .workspacesList,
            ResourceID("/subscriptions/\(subscription)"),
            "/providers/Microsoft.MachineLearningServices/workspaces",
            apiVersion: Self.apiVersion
        ) { (value) throws(AzureError) in try Workspace(value) }
    }
}

extension Subscription {
    init(_ value: JSONValue) throws(AzureError) {
        let id = try value.required("subscriptionId", \.stringValue)
        self.init(
            id: id,
            name: value.string("displayName") ?? id,
            state: value.string("state"),
            tenantID: value.string("tenantId")
        )
    }
}
