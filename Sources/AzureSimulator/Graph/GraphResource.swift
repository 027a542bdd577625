/// A resource as Resource Graph knows it: as it was some time ago.
struct GraphResource: Sendable {
    enum Kind: Sendable {
        case workspace
        case logWorkspace
        case endpoint(SimulatedEndpoint)
        case deployment(SimulatedDeployment, of: SimulatedEndpoint)
    }

    let kind: Kind
    /// Whose it is: the subscription.
    var subscriptionID = ""
    /// The moment the graph read it, in tenths of a microsecond since 1970.
    let readTicks: Int64

    /// How far the graph lags behind for a resource, 5–60 s, always the same for the same one.
    static func lagTicks(salt: UInt64) -> Int64 {
        (5 + Int64(SeededRandom.mix(salt ^ 0x6c61_6721) % 56)) * CivilTime.ticksPerSecond
    }

    /// Members of an endpoint's `properties` that the graph lacks.
    static func missing(salt: UInt64) -> Set<String> {
        switch SeededRandom.mix(salt ^ 0x6d69_7373) % 8 {
        case 0: ["traffic", "mirrorTraffic"]
        case 1: ["scoringUri", "swaggerUri"]
        case 2: ["traffic", "mirrorTraffic", "scoringUri", "swaggerUri"]
        default: []
        }
    }
}

/// The table `resources` of Resource Graph.
struct GraphTable {
    let services: Services
    let access: GraphAccess
    /// What the table's columns are called, with their types.
    let fields: [KustoField]

    private var world: World { services.world }

    init(services: Services, user: String) {
        self.services = services
        access = GraphAccess(services: services, user: user)
        // Each subscription has its own names.
        let all = ([services.world] + services.world.neighbours).map { world in
            (world.subscriptionID, GraphCells(services: services.within(subscription: world.subscriptionID)))
        }
        let cells = Dictionary(all) { first, _ in first }
        let texts: [(String, @Sendable (GraphCells, GraphResource) -> JSON)] = [
            ("id", { $0.id($1) }), ("name", { $0.name($1) }), ("type", { $0.type($1) }),
            ("tenantId", { cells, _ in .string(cells.world.tenantID) }), ("kind", { $0.kind($1) }),
            ("location", { cells, _ in .string(cells.world.scenario.location) }),
            ("resourceGroup", { $0.resourceGroup($1) }),
            ("subscriptionId", { cells, _ in .string(cells.world.subscriptionID) }),
            ("managedBy", { _, _ in "" }),
        ]
        let trees: [(String, @Sendable (GraphCells, GraphResource) -> JSON)] = [
            ("sku", { $0.sku($1) }), ("plan", { _, _ in nil }), ("properties", { $0.properties($1) }),
            ("tags", { $0.tags($1) }), ("identity", { $0.identity($1) }),
            ("zones", { _, _ in nil }), ("extendedLocation", { _, _ in nil }),
        ]
        func fields(
            _ columns: [(String, @Sendable (GraphCells, GraphResource) -> JSON)],
            _ type: KustoType
        ) -> [KustoField] {
            columns.map { name, get in
                KustoField(name: name, type: type) { row in
                    guard case .resource(let resource) = row, let cells = cells[resource.subscriptionID] else {
                        return .null
                    }
                    return KustoValue(get(cells, resource))
                }
            }
        }
        self.fields = fields(texts, .string) + fields(trees, .dynamic)
    }

    /// Hands all resources that the graph knows of in the wanted subscriptions (nil for all) to `body` until it wants no
    /// more.
    func scan(now: Int64, subscriptions wanted: Set<String>?, _ body: (KustoRow) -> Bool) {
        for world in [world] + world.neighbours where wanted?.contains(world.subscriptionID) ?? true {
            guard scan(world, now: now, body) else { return }
        }
    }

    private func scan(_ world: World, now: Int64, _ body: (KustoRow) -> Bool) -> Bool {
        func hand(_ kind: GraphResource.Kind, _ readTicks: Int64) -> Bool {
            guard access.shows(kind, of: world.subscriptionID) else { return true }
            return body(
                .resource(GraphResource(kind: kind, subscriptionID: world.subscriptionID, readTicks: readTicks))
            )
        }
        let old = now - 60 * CivilTime.ticksPerSecond
        guard hand(.workspace, old), hand(.logWorkspace, old) else { return false }
        for endpoint in world.endpoints {
            guard hand(.endpoint(endpoint), now - GraphResource.lagTicks(salt: endpoint.salt)) else { return false }
            for deployment in endpoint.deployments {
                let readTicks = now - GraphResource.lagTicks(salt: deployment.salt)
                let operation = world.operation(on: deployment, of: endpoint, at: readTicks)
                // It was not there yet.
                if operation.isCreation, operation.startTicks > readTicks { continue }
                guard hand(.deployment(deployment, of: endpoint), readTicks) else { return false }
            }
        }
        return true
    }
}
