import AzureCore
import AzureML
import JSONValue

extension OnlineEndpoint {
    /// The endpoint as `az ml online-endpoint` prints it (API reference d.6): snake case, absent values left out.
    ///
    /// - Parameter deployments: The names of its deployments, for those without a share to be listed with 0; nil where
    ///   they were not asked for.
    /// - Returns: An object.
    func output(deployments: [String]? = nil) -> JSONValue {
        var fields = JSONFields()
        fields.add("auth_mode", authMode.cliValue)
        fields.add("compute", computeID?.text)
        fields.add("description", endpointDescription)
        fields.add("id", id.text)
        fields.add("identity", identityOutput)
        fields.add("kind", kind)
        fields.add("location", location)
        fields.add("mirror_traffic", mirrorTraffic)
        fields.add("name", name)
        fields.add("openapi_uri", swaggerURI)
        fields.add("properties", properties)
        fields.add("provisioning_state", provisioningState.rawValue)
        fields.add("public_network_access", publicNetworkAccess?.lowercased())
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

    private var identityOutput: JSONValue? {
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
