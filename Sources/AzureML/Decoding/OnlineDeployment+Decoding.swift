import AzureCore
import JSONValue

extension OnlineDeployment {
    /// The endpoint is taken from the id, where that names one.
    init(_ resource: JSONValue, endpoint: String) throws(AzureError) {
        let header = try ResourceHeader(resource)
        let properties = header.properties
        let code = properties["codeConfiguration"]
        let requests = properties["requestSettings"]
        let scale = properties["scaleSettings"]
        let notes = properties.strings("properties")
        self.init(
            id: header.id,
            name: header.name,
            endpointName: header.id.endpointName ?? endpoint,
            location: resource.string("location"),
            kind: resource.string("kind"),
            computeType: properties.string("endpointComputeType"),
            provisioningState: ProvisioningState(rawValue: properties.string("provisioningState") ?? ""),
            instanceType: properties.string("instanceType"),
            instanceCount: resource["sku"]?.int("capacity"),
            model: properties.string("model"),
            environmentID: properties.string("environmentId"),
            codeID: code?.string("codeId"),
            scoringScript: code?.string("scoringScript"),
            maxConcurrentRequestsPerInstance: requests?.int("maxConcurrentRequestsPerInstance"),
            requestTimeout: requests?.duration("requestTimeout"),
            maxQueueWait: requests?.duration("maxQueueWait"),
            scaleType: scale?.string("scaleType"),
            minInstances: scale?.int("minInstances"),
            maxInstances: scale?.int("maxInstances"),
            appInsightsEnabled: properties["appInsightsEnabled"]?.boolValue,
            egressPublicNetworkAccess: properties.string("egressPublicNetworkAccess"),
            livenessProbe: properties["livenessProbe"].flatMap(Probe.init),
            readinessProbe: properties["readinessProbe"].flatMap(Probe.init),
            environmentVariables: properties.strings("environmentVariables"),
            deploymentDescription: properties.string("description"),
            tags: resource.strings("tags"),
            properties: notes,
            systemData: resource["systemData"].flatMap(SystemData.init),
            lastOperationURL: notes["AzureAsyncOperationUri"],
            raw: resource
        )
    }
}

extension Probe {
    /// Nil unless it is an object.
    init?(_ value: JSONValue) {
        guard value.objectValue != nil else { return nil }
        self.init(
            initialDelay: value.duration("initialDelay"),
            period: value.duration("period"),
            timeout: value.duration("timeout"),
            successThreshold: value.int("successThreshold"),
            failureThreshold: value.int("failureThreshold")
        )
    }
}
