import AzureCore
import JSONValue

extension Workspace {
    init(_ resource: JSONValue) throws(AzureError) {
        let header = try ResourceHeader(resource)
        self.init(
            id: header.id,
            name: header.name,
            location: resource.string("location") ?? "",
            kind: resource.string("kind"),
            provisioningState: header.properties.string("provisioningState"),
            friendlyName: header.properties.string("friendlyName"),
            tenantID: header.properties.string("tenantId") ?? resource["identity"]?.string("tenantId"),
            raw: resource
        )
    }
}
