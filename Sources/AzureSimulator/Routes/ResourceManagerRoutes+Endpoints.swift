import FoundationEssentials
import HTTPTypes

extension ResourceManagerRoutes {
    private var world: World { services.world }
    private var names: ResourceNames { services.names }

    /// Everything below `…/providers/Microsoft.MachineLearningServices/workspaces`.
    func workspacePath(_ exchange: Exchange, _ path: [String]) async throws(ServiceError) -> Reply {
        guard path[3] == world.scenario.resourceGroup.lowercased() else {
            throw resourceNotFound(
                "Microsoft.MachineLearningServices/workspaces/\(path.count > 7 ? exchange.path[7] : "")",
                exchange.path[3]
            )
        }
        if path.count == 7 {
            try only([.get], exchange)
            return Reply(200, ["value": [workspace], "nextLink": nil])
        }
        guard path[7] == world.scenario.workspace.lowercased() else {
            throw resourceNotFound("Microsoft.MachineLearningServices/workspaces/\(exchange.path[7])", exchange.path[3])
        }
        if path.count == 8 {
            try only([.get], exchange)
            return Reply(200, workspace)
        }
        guard path[8] == "onlineendpoints" else { throw notFoundRoute(exchange) }
        let json = EndpointJSON(names: names, ticks: exchange.now.ticks)
        if path.count == 9 {
            try only([.get], exchange)
            return try page(EndpointFilter(exchange).apply(to: world, at: exchange.now.ticks), exchange) {
                json.endpoint($0)
            }
        }
        guard let endpoint = world.endpoint(named: exchange.path[9]) else {
            throw notFound("Online endpoint '\(exchange.path[9])'", exchange)
        }
        switch path.count {
        case 10:
            try only([.get], exchange)
            return Reply(200, json.endpoint(endpoint))
        case 11 where path[10] == "deployments":
            try only([.get], exchange)
            return try page(endpoint.deployments, exchange) { json.deployment($0, of: endpoint) }
        case 11:
            return try await action(exchange, path[10], endpoint)
        case 12... where path[10] == "deployments":
            guard let deployment = endpoint.deployment(named: exchange.path[11]) else {
                throw notFound("Online deployment '\(exchange.path[11])' of endpoint '\(endpoint.name)'", exchange)
            }
            if path.count == 12 {
                try only([.get], exchange)
                return Reply(200, json.deployment(deployment, of: endpoint))
            }
            guard path.count == 13 else { throw notFoundRoute(exchange) }
            return try deploymentAction(exchange, path[12], deployment, endpoint)
        default:
            throw notFoundRoute(exchange)
        }
    }

    private func notFound(_ what: String, _ exchange: Exchange) -> ServiceError {
        .machineLearning(
            404,
            "UserError",
            "\(what) not found in workspace '\(world.scenario.workspace)@AML'.",
            inner: "NotFoundError",
            location: world.scenario.location,
            exchange: exchange
        )
    }

    /// One page and the link to the next; `$skip` is opaque to clients and a position to us.
    private func page<Item>(
        _ items: [Item],
        _ exchange: Exchange,
        _ json: (Item) -> JSON
    ) throws(ServiceError) -> Reply {
        let asked = exchange.query("count").flatMap { Int($0) } ?? exchange.query("$top").flatMap { Int($0) }
        let size = min(max(1, asked ?? services.options.pageSize), services.options.pageSize)
        var start = 0
        if let skip = exchange.query("$skip"), !skip.isEmpty {
            guard let position = Int(skip), position >= 0 else {
                throw .machineLearning(
                    400,
                    "UserError",
                    "The continuation token '\(skip)' is not valid.",
                    inner: "BadArgument",
                    location: world.scenario.location,
                    exchange: exchange
                )
            }
            start = min(position, items.count)
        }
        let end = min(start + size, items.count)
        return Reply(
            200,
            [
                "value": .array(items[start..<end].map(json)),
                "nextLink": end < items.count ? .string(nextLink(exchange, skip: end)) : nil,
            ]
        )
    }

    private func nextLink(_ exchange: Exchange, skip: Int) -> String {
        // The query goes back as it came but for the position.
        let query = exchange.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let kept = query.split(separator: "&").filter { PercentCoding.pairs($0).first?.name.lowercased() != "$skip" }
        let pairs = kept.map(String.init) + ["$skip=\(skip)"]
        let path = exchange.target.split(separator: "?", maxSplits: 1)[0]
        return "\(names.arm)\(path)?\(pairs.joined(separator: "&"))"
    }

    private func action(
        _ exchange: Exchange,
        _ action: String,
        _ endpoint: SimulatedEndpoint
    ) async throws(ServiceError) -> Reply {
        let mode = endpoint.specification.authMode
        switch action {
        case "listkeys":
            try only([.post], exchange)
            guard mode == "Key" else { throw wrongMode(endpoint, wants: "Key", exchange) }
            return Reply(
                200,
                [
                    "primaryKey": .string(services.key(.primary, of: endpoint, at: exchange.now.ticks).key),
                    "secondaryKey": .string(services.key(.secondary, of: endpoint, at: exchange.now.ticks).key),
                ]
            )
        case "regeneratekeys":
            try only([.post], exchange)
            guard mode == "Key" else { throw wrongMode(endpoint, wants: "Key", exchange) }
            return try regenerateKeys(endpoint, exchange)
        case "token":
            try only([.post], exchange)
            guard mode == "AMLToken" else { throw wrongMode(endpoint, wants: "AMLToken", exchange) }
            return try await token(endpoint, exchange)
        default:
            throw notFoundRoute(exchange)
        }
    }

    /// An Azure ML token: half its life until it should be renewed (API.md j).
    private func token(_ endpoint: SimulatedEndpoint, _ exchange: Exchange) async throws(ServiceError) -> Reply {
        let now = Int(exchange.serverTime.timeIntervalSince1970)
        let life = world.endpointTokenSeconds
        let claims = EndpointClaims(
            aud: names.endpoint(endpoint).lowercased(),
            exp: now + life,
            iat: now,
            jti: services.ledger.stamp(exchange.requestID + "-"),
            oid: world.principalID
        )
        guard let token = try? await services.issuer.sign(claims) else {
            throw .machineLearning(
                500,
                "ServiceError",
                "InternalServerError",
                inner: "ServiceError",
                location: world.scenario.location,
                exchange: exchange
            )
        }
        return Reply(
            200,
            [
                "accessToken": .string(token), "expiryTimeUtc": .int(now + life),
                "refreshAfterTimeUtc": .int(now + life / 2), "tokenType": "Bearer",
            ]
        )
    }

    func wrongMode(_ endpoint: SimulatedEndpoint, wants: String, _ exchange: Exchange) -> ServiceError {
        .machineLearning(
            400,
            "UserError",
            "The auth mode of endpoint '\(endpoint.name)' is \(endpoint.specification.authMode); this operation is only "
                + "supported for endpoints with auth mode \(wants).",
            inner: "BadArgument",
            location: world.scenario.location,
            exchange: exchange
        )
    }
}
