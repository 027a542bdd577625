import FoundationEssentials
import HTTPTypes

/// Azure Monitor below a resource: diagnostic settings, metrics and their definitions (API.md g.3, g.4).
struct InsightsRoutes: Sendable {
    let services: Services

    private var world: World { services.world }
    private var names: ResourceNames { services.names }

    /// What the path in front of `providers/Microsoft.Insights` names.
    enum Resource: Sendable {
        case endpoint(SimulatedEndpoint)
        case deployment(SimulatedDeployment, of: SimulatedEndpoint)

        var type: MetricDefinition.ResourceType {
            switch self {
            case .endpoint: .endpoint
            case .deployment: .deployment
            }
        }

        var endpoint: SimulatedEndpoint {
            switch self {
            case .endpoint(let endpoint): endpoint
            case .deployment(_, let endpoint): endpoint
            }
        }
    }

    /// Whether a path asks for the metrics of many resources at once: `/subscriptions/{s}/providers/Microsoft.Insights/metrics`.
    static func isOfSubscription(_ lowercasedPath: [String]) -> Bool {
        lowercasedPath.count == 5 && lowercasedPath[0] == "subscriptions"
            && lowercasedPath[2...] == ["providers", "microsoft.insights", "metrics"]
    }

    func respond(
        to exchange: Exchange,
        resource path: [String],
        action: [String]
    ) async throws(ServiceError) -> Reply {
        let resource = try find(path)
        guard exchange.method == .get else {
            var error = ServiceError(
                405,
                "HttpMethodNotAllowed",
                "The requested resource does not support http method '\(exchange.method.rawValue)'."
            )
            error.headers.append(("Allow", "GET"))
            throw error
        }
        switch (action.first?.lowercased(), action.count) {
        case ("diagnosticsettings", 1):
            return Reply(200, ["value": .array(settings(of: resource).map(\.json))])
        case ("diagnosticsettings", 2):
            guard let setting = settings(of: resource).first(where: { $0.name == action[1].lowercased() }) else {
                throw ServiceError(
                    404,
                    "ResourceNotFound",
                    "The Resource '\(path.last ?? "")/\(action[1])' was not found within the diagnostic settings."
                )
            }
            return Reply(200, setting.json)
        case ("diagnosticsettingscategories", 1):
            return Reply(200, ["value": .array(categories(of: resource))])
        case ("metrics", 1):
            return try MetricQuery(services: services, scope: .resource(resource), exchange: exchange).reply()
        case ("metricdefinitions", 1):
            return definitions(of: resource)
        default:
            throw ServiceError(
                404,
                "InvalidResourceType",
                "The resource type '\(action.joined(separator: "/"))' could not be found in the namespace "
                    + "'Microsoft.Insights'."
            )
        }
    }

    private func find(_ path: [String]) throws(ServiceError) -> Resource {
        let lower = path.map { $0.lowercased() }
        let scenario = world.scenario
        let isOurs =
            lower.count >= 10 && lower[2] == "resourcegroups" && lower[3] == scenario.resourceGroup.lowercased()
            && lower[4...6] == ["providers", "microsoft.machinelearningservices", "workspaces"]
            && lower[7] == scenario.workspace.lowercased() && lower[8] == "onlineendpoints"
        if isOurs, let endpoint = world.endpoint(named: path[9]) {
            if path.count == 10 { return .endpoint(endpoint) }
            if path.count == 12, lower[10] == "deployments", let deployment = endpoint.deployment(named: path[11]) {
                return .deployment(deployment, of: endpoint)
            }
        }
        let name = path.count > 6 ? path[5...].joined(separator: "/") : path.joined(separator: "/")
        throw ServiceError(
            404,
            "ResourceNotFound",
            "The Resource '\(name)' under resource group '\(path.count > 3 ? path[3] : "")' was not found. For more details "
                + "please go to https://aka.ms/ARMResourceNotFoundFix"
        )
    }

    private struct Setting {
        let name: String
        let json: JSON
    }

    /// At most one: only endpoints have them, and only those that log.
    private func settings(of resource: Resource) -> [Setting] {
        guard case .endpoint(let endpoint) = resource, endpoint.logging != .off else { return [] }
        func log(_ key: String, _ value: String) -> JSON {
            [
                "category": key == "category" ? .string(value) : nil,
                "categoryGroup": key == "categoryGroup" ? .string(value) : nil,
                "enabled": true, "retentionPolicy": ["enabled": false, "days": 0],
            ]
        }
        let logs =
            endpoint.logging == .allLogs
            ? [log("categoryGroup", "allLogs")] : Self.logCategories.map { log("category", $0) }
        // Azure gives this id back in lower case.
        let id = names.endpoint(endpoint).lowercased() + "/providers/microsoft.insights/diagnosticSettings/to-law"
        return [
            Setting(
                name: "to-law",
                json: [
                    "id": .string(id),
                    "type": "Microsoft.Insights/diagnosticSettings",
                    "name": "to-law",
                    "location": nil, "kind": nil, "tags": nil, "identity": nil,
                    "properties": [
                        "storageAccountId": nil, "serviceBusRuleId": nil, "eventHubAuthorizationRuleId": nil,
                        "eventHubName": nil, "marketplacePartnerId": nil, "logAnalyticsDestinationType": nil,
                        "workspaceId": .string(names.logWorkspace.replacing("resourceGroups", with: "resourcegroups")),
                        "logs": .array(logs),
                        "metrics": [
                            [
                                "category": "AllMetrics", "enabled": false,
                                "retentionPolicy": ["enabled": false, "days": 0],
                            ]
                        ],
                    ],
                ]
            )
        ]
    }

    private static let logCategories = [
        "AmlOnlineEndpointTrafficLog", "AmlOnlineEndpointConsoleLog", "AmlOnlineEndpointEventLog",
    ]

    private func categories(of resource: Resource) -> [JSON] {
        guard case .endpoint(let endpoint) = resource else {
            return [category("AllMetrics", isLog: false, id(resource))]
        }
        let id = names.endpoint(endpoint)
        return Self.logCategories.map { category($0, isLog: true, id) } + [category("AllMetrics", isLog: false, id)]
    }

    private func category(_ name: String, isLog: Bool, _ id: String) -> JSON {
        let properties: JSON = ["categoryType": isLog ? "Logs" : "Metrics"]
        return [
            "id": .string("\(id)/providers/microsoft.insights/diagnosticSettingsCategories/\(name)"),
            "type": "microsoft.insights/diagnosticSettingsCategories",
            "name": .string(name),
            "properties": properties.adding("categoryGroups", isLog ? ["allLogs"] : nil),
        ]
    }

    private func id(_ resource: Resource) -> String {
        names.resource(resource)
    }

    private func definitions(of resource: Resource) -> Reply {
        let id = id(resource)
        let namespace = resource.type.namespace
        return Reply(
            200,
            [
                "value": .array(
                    resource.type.definitions.map { definition in
                        [
                            "id": .string("\(id)/providers/microsoft.insights/metricdefinitions/\(definition.name)"),
                            "resourceId": .string(id), "namespace": .string(namespace),
                            "name": [
                                "value": .string(definition.name), "localizedValue": .string(definition.localizedName),
                            ],
                            "displayDescription": .string(definition.description),
                            "isDimensionRequired": false, "unit": .string(definition.unit),
                            "primaryAggregationType": "Average",
                            "supportedAggregationTypes": .array(
                                definition.aggregations.map { .string($0.capitalizedFirst) }
                            ),
                            "metricAvailabilities": .array(
                                MetricQuery.grains.map { ["timeGrain": .string($0.text), "retention": "P93D"] }
                            ),
                            "dimensions": .array(
                                definition.dimensions.map { ["value": .string($0), "localizedValue": .string($0)] }
                            ),
                        ]
                    }
                )
            ]
        )
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
