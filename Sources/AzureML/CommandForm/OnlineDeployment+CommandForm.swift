import AzureCore
public import JSONValue

extension OnlineDeployment {
    /// The deployment in the form that `az ml online-deployment show` and `list` print: an object with the names of its YAML
    /// file in the order of the alphabet, plus `id`, `resourceGroup` and `provisioning_state`; absent values are left out.
    public func commandForm() -> JSONValue {
        var fields = JSONFields()
        fields.add("app_insights_enabled", appInsightsEnabled)
        fields.add("code_configuration", codeForm)
        fields.add("description", deploymentDescription)
        fields.add("egress_public_network_access", egressPublicNetworkAccess?.lowercased())
        fields.add("endpoint_name", endpointName)
        fields.add("environment", environmentID.map(Self.reference))
        fields.add("environment_variables", environmentVariables)
        fields.add("id", id.text)
        fields.add("instance_count", instanceCount)
        fields.add("instance_type", instanceType)
        fields.add("liveness_probe", livenessProbe?.commandForm)
        fields.add("model", model.map(Self.reference))
        fields.add("name", name)
        fields.add("properties", properties)
        fields.add("provisioning_state", provisioningState.rawValue)
        fields.add("readiness_probe", readinessProbe?.commandForm)
        fields.add("request_settings", requestForm)
        fields.add("resourceGroup", id.resourceGroup)
        fields.add("scale_settings", scaleForm)
        fields.add("tags", tags)
        fields.add("type", computeType?.lowercased())
        return fields.value
    }

    /// An ARM id with the prefix that YAML wants; registry references have theirs already.
    private static func reference(_ id: String) -> String { id.hasPrefix("/") ? "azureml:\(id)" : id }

    private var codeForm: JSONValue? {
        var fields = JSONFields()
        fields.add("code", codeID)
        fields.add("scoring_script", scoringScript)
        return fields.valueIfAny
    }

    private var requestForm: JSONValue? {
        var fields = JSONFields()
        fields.add("max_concurrent_requests_per_instance", maxConcurrentRequestsPerInstance)
        fields.add("max_queue_wait_ms", maxQueueWait?.wholeMilliseconds)
        fields.add("request_timeout_ms", requestTimeout?.wholeMilliseconds)
        return fields.valueIfAny
    }

    private var scaleForm: JSONValue? {
        guard let scaleType else { return nil }
        var fields = JSONFields()
        fields.add("max_instances", maxInstances)
        fields.add("min_instances", minInstances)
        fields.add("type", scaleType.snakeCase)
        return fields.value
    }
}

extension Probe {
    fileprivate var commandForm: JSONValue {
        var fields = JSONFields()
        fields.add("failure_threshold", failureThreshold)
        fields.add("initial_delay", initialDelay?.wholeSeconds)
        fields.add("period", period?.wholeSeconds)
        fields.add("success_threshold", successThreshold)
        fields.add("timeout", timeout?.wholeSeconds)
        return fields.value
    }
}

extension Duration {
    fileprivate var wholeSeconds: Int { Int(components.seconds) }
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
