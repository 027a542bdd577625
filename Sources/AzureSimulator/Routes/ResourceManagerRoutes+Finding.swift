import HTTPTypes

extension ResourceManagerRoutes {
    private var world: World { services.world }
    private var names: ResourceNames { services.names }

    /// Finds what a path names; segments and names are compared without regard to case.
    func route(_ exchange: Exchange) async throws(ServiceError) -> Reply {
        let path = exchange.lowercasedPath
        guard path.first == "subscriptions" else { throw notFoundRoute(exchange) }
        if path.count == 1 {
            try only([.get], exchange)
            return Reply(200, subscriptions)
        }
        guard path[1] == world.subscriptionID else {
            throw ServiceError(
                404,
                "SubscriptionNotFound",
                "The subscription '\(exchange.path[1])' could not be found."
            )
        }
        if InsightsRoutes.isOfSubscription(path) {
            try only([.get, .post], exchange)
            return try MetricQuery(services: services, scope: .subscription, exchange: exchange).reply()
        }
        if let authorization = AuthorizationRoutes(services: services, exchange: exchange) {
            try only([.get], exchange)
            return try authorization.reply()
        }
        if Array(path.dropFirst(2)) == ActivityRoutes.path {
            try only([.get], exchange)
            return try ActivityRoutes(services: services).respond(to: exchange)
        }
        if let insights = path.lastIndex(of: "microsoft.insights"), insights > 3, path[insights - 1] == "providers" {
            return try await InsightsRoutes(services: services).respond(
                to: exchange,
                resource: Array(exchange.path[..<(insights - 1)]),
                action: Array(exchange.path[(insights + 1)...])
            )
        }
        switch path.count {
        case 2:
            try only([.get], exchange)
            return Reply(200, subscription)
        case 4 where path[2] == "resourcegroups":
            try only([.get], exchange)
            return Reply(200, try group(exchange.path[3]))
        default:
            break
        }
        if path.count >= 5, path[2] == "providers" {
            return try subscriptionProvider(exchange, path)
        }
        guard path.count >= 7, path[2] == "resourcegroups", path[4] == "providers" else {
            throw notFoundRoute(exchange)
        }
        try checkGroup(exchange.path[3])
        if path[5] == "microsoft.operationalinsights", path[6] == "workspaces" {
            return try logWorkspace(exchange, path)
        }
        guard path[5] == "microsoft.machinelearningservices", path[6] == "workspaces" else {
            throw notFoundRoute(exchange)
        }
        return try await workspacePath(exchange, path)
    }

    /// - Throws: what Azure answers to a verb the resource does not know, or this simulator does not do.
    func only(_ methods: [HTTPRequest.Method], _ exchange: Exchange) throws(ServiceError) {
        guard !methods.contains(exchange.method) else { return }
        var error = ServiceError(
            405,
            "HttpMethodNotAllowed",
            "The requested resource does not support http method '\(exchange.method.rawValue)'."
        )
        error.headers.append(("Allow", methods.map(\.rawValue).joined(separator: ", ")))
        throw error
    }

    func notFoundRoute(_ exchange: Exchange) -> ServiceError {
        ServiceError(
            404,
            "InvalidResourceType",
            "The resource type could not be found in the path '\(exchange.path.joined(separator: "/"))' for api version "
                + "'\(exchange.query("api-version") ?? "")'."
        )
    }

    /// Both groups of the world.
    private func checkGroup(_ name: String) throws(ServiceError) {
        let known = [world.scenario.resourceGroup, world.scenario.monitorGroup].map { $0.lowercased() }
        guard known.contains(name.lowercased()) else {
            throw ServiceError(404, "ResourceGroupNotFound", "Resource group '\(name)' could not be found.")
        }
    }

    private func subscriptionProvider(_ exchange: Exchange, _ path: [String]) throws(ServiceError) -> Reply {
        guard path[3] == "microsoft.machinelearningservices" else { throw notFoundRoute(exchange) }
        if path.count == 5, path[4] == "workspaces" {
            try only([.get], exchange)
            return Reply(200, ["value": [workspace], "nextLink": nil])
        }
        guard path.count == 8, path[4] == "locations", ["mfeoperationsstatus", "mfeoperationresults"].contains(path[6])
        else { throw notFoundRoute(exchange) }
        try only([.get], exchange)
        return try operation(exchange, id: exchange.path[7], isResult: path[6] == "mfeoperationresults")
    }

    private func logWorkspace(_ exchange: Exchange, _ path: [String]) throws(ServiceError) -> Reply {
        guard path.count == 8 else { throw notFoundRoute(exchange) }
        guard path[3] == world.scenario.monitorGroup.lowercased(), path[7] == world.scenario.logWorkspace.lowercased()
        else {
            throw resourceNotFound("Microsoft.OperationalInsights/workspaces/\(exchange.path[7])", exchange.path[3])
        }
        try only([.get], exchange)
        return Reply(200, logWorkspace)
    }

    func resourceNotFound(_ resource: String, _ group: String) -> ServiceError {
        ServiceError(
            404,
            "ResourceNotFound",
            "The Resource '\(resource)' under resource group '\(group)' was not found. For more details please go to "
                + "https://aka.ms/ARMResourceNotFoundFix"
        )
    }
}
