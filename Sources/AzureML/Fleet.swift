public import AzureCore
import JSONValue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension MachineLearningClient {
    private static let endpointType = "microsoft.machinelearningservices/workspaces/onlineendpoints"

    /// The online endpoints and deployments of whole subscriptions, a thousand a page, sorted by id: a deployment comes
    /// some time behind its endpoint. Azure Resource Graph, one query a page.
    ///
    /// - Parameters:
    ///   - subscriptions: Where to look; none for every subscription the identity can read.
    ///   - workspace: Only what is in this one; nil for all.
    /// - Returns: The pages. Iterating throws `AzureError`; where `isLastingRefusal` says so, the paged lists have to do. The
    ///   graph may know endpoints only.
    public func fleet(in subscriptions: [String], workspace: WorkspaceAddress? = nil) -> Pager<FleetResource> {
        var filter = "type in~ ('\(Self.endpointType)','\(Self.endpointType)/deployments')"
        if let workspace { filter += " and resourceGroup =~ \(KQL.quoted(workspace.resourceGroup))" }
        let query =
            "resources | where \(filter) | project id, name, type, location, kind, tags, sku, properties "
            + "| order by id asc"
        let workspaceID = workspace?.id
        let now = connection.now
        return ResourceGraph(connection, priority: priority).rows(
            .fleetQuery,
            query,
            subscriptions: subscriptions
        ) { row in
            guard let resource = FleetResource(row, retrievedAt: now()) else { return nil }
            if let workspaceID, !resource.id.isInside(workspaceID) { return nil }
            return resource
        }
    }
}

extension FleetResource {
    /// Nil for a row without an id, or of another type.
    init?(_ row: JSONValue, retrievedAt: Date) {
        guard let id = row.resourceID("id"), let endpoint = id.endpointName else { return nil }
        let properties = row["properties"] ?? .null
        let deployment = id.deploymentName
        self.init(
            id: id,
            name: row.string("name").map(Self.lastSegment) ?? deployment ?? endpoint,
            kind: deployment == nil ? .endpoint : .deployment,
            location: row.string("location"),
            computeKind: row.string("kind"),
            authMode: deployment == nil ? properties.string("authMode").map(AuthMode.init(rest:)) : nil,
            provisioningState: properties.string("provisioningState").map(ProvisioningState.init(rawValue:)),
            traffic: deployment == nil ? properties.integers(ifPresent: "traffic") : nil,
            mirrorTraffic: deployment == nil ? properties.integers(ifPresent: "mirrorTraffic") : nil,
            instanceType: properties.string("instanceType"),
            instanceCount: row["sku"]?.int("capacity"),
            tags: row.strings("tags"),
            retrievedAt: retrievedAt
        )
    }

    /// Some types are named `endpoint/deployment`.
    private static func lastSegment(_ name: String) -> String {
        name.split(separator: "/").last.map(String.init) ?? name
    }
}

extension JSONValue {
    fileprivate func integers(ifPresent name: String) -> [String: Int]? {
        self[name]?.objectValue == nil ? nil : integers(name)
    }
}

extension KQL {
    /// The text between apostrophes, as Resource Graph's own examples write it.
    static func quoted(_ text: String) -> String {
        var literal = "'"
        for scalar in text.unicodeScalars where scalar.value >= 0x20 {
            if scalar == "'" || scalar == "\\" { literal += "\\" }
            literal.unicodeScalars.append(scalar)
        }
        return literal + "'"
    }
}
