import AzureCore
public import JSONValue

extension OnlineEndpoint {
    /// The endpoint in the form that `az ml online-endpoint show` and `list` print: an object with names in snake case in
    /// the order of the alphabet, absent values left out.
    ///
    /// - Parameter deployments: The names of its deployments, for those without a share to be listed with 0, as `show`
    ///   does; nil, as in a `list`, leaves `traffic` as the service has it.
    /// - Returns: An object; the same without `id`, `properties`, `resourceGroup` and the states is what an endpoint's YAML
    ///   file may say.
    public func commandForm(deployments: [String]? = nil) -> JSONValue {
        var fields = JSONFields()
        fields.add("auth_mode", authMode.cliValue)
        fields.add("compute", computeID.map { "azureml:\($0.text)" })
        fields.add("description", endpointDescription)
        fields.add("id", id.text)
        fields.add("identity", identityForm)
        fields.add("kind", kind)
        fields.add("location", location)
        fields.add("mirror_traffic", mirrorTraffic)
        fields.add("name", name)
        fields.add("openapi_uri", swaggerURI)
        fields.add("properties", properties.merging(history) { own, _ in own })
        fields.add("provisioning_state", provisioningState.rawValue)
        if !isKubernetes { fields.add("public_network_access", publicNetworkAccess?.lowercased()) }
        fields.add("resourceGroup", id.resourceGroup)
        fields.add("scoring_uri", scoringURI)
        fields.add("tags", tags)
        fields.add("traffic", traffic(with: deployments))
        return fields.value
    }

    private func traffic(with deployments: [String]?) -> [String: Int] {
        var shares = traffic
        for name in deployments ?? [] where shares[name] == nil && mirrorTraffic[name] == nil { shares[name] = 0 }
        return shares
    }

    /// Who made it and when: the CLI prints that among the properties, to the microsecond.
    private var history: [String: String] {
        let data = raw["systemData"]
        var history: [String: String] = [:]
        history["createdBy"] = data?["createdBy"]?.stringValue
        history["createdAt"] = data?["createdAt"]?.stringValue.map(Self.microseconds)
        history["lastModifiedAt"] = data?["lastModifiedAt"]?.stringValue.map(Self.microseconds)
        return history
    }

    /// `2025-05-01T14:33:06.1234567Z` as `2025-05-01T14:33:06.123456+0000`; anything else as it stands.
    private static func microseconds(_ time: String) -> String {
        guard time.hasSuffix("Z") || time.hasSuffix("+00:00") else { return time }
        let bare = time.hasSuffix("Z") ? time.dropLast() : time.dropLast(6)
        let parts = bare.split(separator: ".", maxSplits: 1)
        guard let seconds = parts.first else { return time }
        let digits = parts.count > 1 ? String(parts[1].prefix(6)) : ""
        return "\(seconds).\(digits)\(String(repeating: "0", count: 6 - digits.count))+0000"
    }

    private var identityForm: JSONValue? {
        guard let identity else { return nil }
        var fields = JSONFields()
        fields.add("principal_id", identity.principalID)
        fields.add("tenant_id", identity.tenantID)
        fields.add("type", identity.type.snakeCase)
        if !identity.userAssigned.isEmpty {
            fields.add(
                "user_assigned_identities",
                .array(
                    identity.userAssigned.map {
                        .object(JSONObject([.init(name: "resource_id", value: .string($0.text))]))
                    }
                )
            )
        }
        return fields.value
    }
}
