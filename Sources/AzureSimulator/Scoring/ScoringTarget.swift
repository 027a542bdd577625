import HTTPTypes

/// The endpoint that an address of the scoring origins is of.
struct ScoringTarget: Sendable {
    /// Those of its own workspace.
    let services: Services
    let endpoint: SimulatedEndpoint
    /// The segments below the endpoint: `["score"]`.
    let route: [String]

    /// `nil` where no endpoint is at that address.
    init?(_ exchange: Exchange, _ services: Services) {
        let prefix = exchange.origin == .kubernetesScoring ? ["api", "v1", "endpoint"] : []
        let path = exchange.path
        guard path.count > prefix.count, exchange.lowercasedPath.prefix(prefix.count).elementsEqual(prefix) else {
            return nil
        }
        let name = path[prefix.count]
        let subscriptions = [services.world.subscriptionID] + services.world.neighbours.map(\.subscriptionID)
        for own in subscriptions.lazy.map(services.within) {
            guard let endpoint = own.world.endpoint(named: name),
                endpoint.isKubernetes == (exchange.origin == .kubernetesScoring)
            else { continue }
            self.services = own
            self.endpoint = endpoint
            route = Array(path[(prefix.count + 1)...])
            return
        }
        return nil
    }

    /// What queues, bandwidth and served requests of the endpoint are kept under.
    var key: String { services.world.keyName(of: endpoint) }
    var path: String { "/" + route.joined(separator: "/") }
}
