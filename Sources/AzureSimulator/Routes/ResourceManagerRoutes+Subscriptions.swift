import HTTPTypes

extension ResourceManagerRoutes {
    private var world: World { services.world }
    private static let closedSubscriptionName = "finance-archive"

    /// All that the identity can see: its own, its neighbours', and one it cannot look into.
    var subscriptions: JSON {
        let neighbours = world.neighbours.map { subscription($0.subscriptionID, $0.scenario.subscriptionName) }
        let closed = subscription(world.closedSubscriptionID, Self.closedSubscriptionName)
        let all = [subscription] + neighbours + [closed]
        return ["value": .array(all), "count": ["type": "Total", "value": .int(all.count)]]
    }

    /// The subscription itself can be read, nothing in it.
    func closedSubscription(_ exchange: Exchange) throws(ServiceError) -> Reply {
        guard exchange.path.count > 2 else {
            try only([.get], exchange)
            return Reply(200, subscription(world.closedSubscriptionID, Self.closedSubscriptionName))
        }
        let provider = exchange.path.count > 4 ? "\(exchange.path[3])/\(exchange.path[4])" : "Microsoft.Resources"
        guard let caller = exchange.caller else { throw notFoundRoute(exchange) }
        throw .authorizationFailed(
            caller,
            action: "\(provider)/read",
            scope: "/subscriptions/\(world.closedSubscriptionID)"
        )
    }
}

extension Exchange {
    /// The subscription the path leads into, in lower case.
    var subscriptionID: String? {
        let path = lowercasedPath
        return path.count > 1 && path[0] == "subscriptions" ? path[1] : nil
    }
}
