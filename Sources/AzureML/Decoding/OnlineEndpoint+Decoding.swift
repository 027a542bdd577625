import AzureCore
import JSONValue

extension OnlineEndpoint {
    init(_ resource: JSONValue) throws(AzureError) {
        let header = try ResourceHeader(resource)
        let properties = header.properties
        let notes = properties.strings("properties")
        self.init(
            id: header.id,
            name: header.name,
            location: resource.string("location"),
            kind: resource.string("kind"),
            authMode: AuthMode(rest: properties.string("authMode") ?? ""),
            provisioningState: ProvisioningState(rawValue: properties.string("provisioningState") ?? ""),
            scoringURI: properties.string("scoringUri"),
            swaggerURI: properties.string("swaggerUri"),
            traffic: properties.integers("traffic"),
            mirrorTraffic: properties.integers("mirrorTraffic"),
            computeID: properties.resourceID("compute"),
            publicNetworkAccess: properties.string("publicNetworkAccess"),
            identity: resource["identity"].flatMap(ResourceIdentity.init),
            endpointDescription: properties.string("description"),
            tags: resource.strings("tags"),
            properties: notes,
            systemData: resource["systemData"].flatMap(SystemData.init),
            lastOperationURL: notes["AzureAsyncOperationUri"],
            raw: resource
        )
    }
}

extension ResourceIdentity {
    /// Nil unless it is an object with a type.
    init?(_ value: JSONValue) {
        guard let type = value.string("type") else { return nil }
        self.init(
            type: type,
            principalID: value.string("principalId"),
            tenantID: value.string("tenantId"),
            userAssigned: value["userAssignedIdentities"]?.objectValue?.map { ResourceID($0.name) } ?? []
        )
    }
}

extension SystemData {
    /// Nil unless it is an object.
    init?(_ value: JSONValue) {
        guard value.objectValue != nil else { return nil }
        self.init(
            createdBy: value.string("createdBy"),
            createdByType: value.string("createdByType"),
            createdAt: value.date("createdAt"),
            lastModifiedBy: value.string("lastModifiedBy"),
            lastModifiedByType: value.string("lastModifiedByType"),
            lastModifiedAt: value.date("lastModifiedAt")
        )
    }
}
