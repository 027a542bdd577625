import FoundationEssentials

/// Everything that can be asked about; values only. What happens in it is a function of this and the time.
struct World: Sendable {
    let seed: UInt64
    let scenario: Scenario
    /// The moment the histories are anchored to.
    let bornTicks: Int64
    let operationSeconds: Int
    private(set) var tenantID: String
    /// A tenant that signs in too, but does not own the subscription.
    private(set) var guestTenantID: String
    let subscriptionID: String
    private(set) var appID: String
    private(set) var principalID: String
    /// The applications that have a role each.
    private(set) var applications: [SimulatorPrincipal: Application]
    let workspaceID: String
    /// A subscription that the identity can see, but not look into.
    let closedSubscriptionID: String
    /// Workspaces in other subscriptions that the same identity can read.
    private(set) var neighbours: [World] = []
    /// The query id of the Log Analytics workspace.
    let customerID: String
    let callers: [Caller]
    let endpoints: [SimulatedEndpoint]
    /// What all rates are multiplied by.
    let trafficScale: Double
    /// How long a Microsoft Entra token lives.
    let tokenSeconds: Int
    /// How long an Azure ML token lives; half of it until it should be renewed.
    let endpointTokenSeconds: Int
    /// What a fault makes of operations, in the answer to one request.
    var operationTrouble: OperationTrouble?
    /// What became of the keys of endpoints.
    var keys: KeyStore?
    /// The requests that clients really made.
    var served: ServedRequests?
    private let indexByName: [String: Int]

    struct Application: Sendable {
        let name: String
        let appID: String
        let objectID: String
    }

    struct Caller: Sendable {
        let name: String
        let objectID: String
        /// As the log holds it.
        let userAgent: String
        let sendsRequestIDs: Bool
    }

    /// - Throws: `SimulatorError` for an unknown scenario or an option out of its range.
    init(options: SimulatorOptions, bornAt: Date) throws(SimulatorError) {
        try options.check()
        seed = options.seed
        let scenario = try Scenario(named: options.scenario)
        self.scenario = scenario
        bornTicks = bornAt.ticks
        operationSeconds = options.operationSeconds
        var ids = SeededRandom(seed, UInt64(name: "identities"))
        tenantID = GUID.text(&ids)
        guestTenantID = GUID.text(&ids)
        subscriptionID = GUID.text(&ids)
        let owner = Application(name: scenario.principal, appID: GUID.text(&ids), objectID: GUID.text(&ids))
        let applications = Self.applications(owner: owner, seed: options.seed)
        self.applications = applications
        let signedIn = applications[options.principal] ?? owner
        appID = signedIn.appID
        principalID = signedIn.objectID
        workspaceID = GUID.text(&ids)
        customerID = GUID.text(&ids)
        closedSubscriptionID = GUID.text(&ids)
        let seed = options.seed
        callers = scenario.callers.map { caller in
            var random = SeededRandom(seed, UInt64(name: "caller"), UInt64(name: caller.name))
            let objectID = GUID.text(&random)
            return Caller(
                name: caller.name,
                objectID: caller.isPrincipal == true ? owner.objectID : objectID,
                userAgent: String(caller.userAgent.prefix(70)),
                sendsRequestIDs: random.unit() < 0.6
            )
        }
        tokenSeconds = options.tokenSeconds ?? scenario.tokenSeconds ?? 3_599
        endpointTokenSeconds =
            options.tokenSeconds == nil ? scenario.endpointTokenSeconds ?? 7_200 : 2 * (tokenSeconds + 1)
        let perEndpoint = options.deploymentsPerEndpoint ?? scenario.deploymentsPerEndpoint
        var specifications = scenario.endpoints
        if let count = options.endpointCount ?? scenario.endpointCount {
            let extra = max(0, count - specifications.count)
            let maker = FleetMaker(seed: seed, callers: scenario.callers.map(\.name))
            specifications = Array(specifications.prefix(count))
            specifications += (0..<extra).map { maker.endpoint(at: $0, deployments: perEndpoint) }
        }
        if let perEndpoint { specifications = specifications.map { $0.having(perEndpoint) } }
        let callerIndex = Dictionary(
            scenario.callers.enumerated().map { ($1.name, UInt8($0)) },
            uniquingKeysWith: { first, _ in first }
        )
        let bornTicks = bornTicks
        let endpoints = specifications.enumerated().map { index, specification in
            SimulatedEndpoint(
                specification,
                index: index,
                seed: seed,
                callerIndex: callerIndex,
                bornTicks: bornTicks
            )
        }
        self.endpoints = endpoints
        indexByName = Dictionary(
            endpoints.map { ($0.name.lowercased(), $0.index) },
            uniquingKeysWith: { first, _ in first }
        )
        trafficScale = Self.scale(for: options.rowsInLastHour, endpoints: endpoints, bornTicks: bornTicks)
        if options.scenario != Self.neighbourScenario { neighbours = [try neighbour(options, bornAt: bornAt)] }
    }

    private static func applications(owner: Application, seed: UInt64) -> [SimulatorPrincipal: Application] {
        var applications = [SimulatorPrincipal.owner: owner]
        for principal in SimulatorPrincipal.allCases {
            guard let name = principal.applicationName else { continue }
            var random = SeededRandom(seed, UInt64(name: "application"), UInt64(name: name))
            applications[principal] = Application(
                name: name,
                appID: GUID.text(&random),
                objectID: GUID.text(&random)
            )
        }
        return applications
    }

    func application(of principal: SimulatorPrincipal) -> Application {
        applications[principal] ?? Application(name: scenario.principal, appID: appID, objectID: principalID)
    }

    private static let neighbourScenario = "lab"

    /// A small workspace of its own seed, for the same identity in the same tenant.
    private func neighbour(_ options: SimulatorOptions, bornAt: Date) throws(SimulatorError) -> World {
        let options = SimulatorOptions(
            scenario: Self.neighbourScenario,
            seed: SeededRandom.mix(seed ^ UInt64(name: Self.neighbourScenario)),
            operationSeconds: options.operationSeconds,
            tokenSeconds: options.tokenSeconds
        )
        var world = try World(options: options, bornAt: bornAt)
        (world.tenantID, world.guestTenantID) = (tenantID, guestTenantID)
        (world.appID, world.principalID) = (appID, principalID)
        world.applications = applications
        return world
    }

    /// The world with what is asked of a subscription: its own workspace; the first for any other.
    func world(ofSubscription id: String) -> World {
        guard var neighbour = neighbours.first(where: { $0.subscriptionID == id }) else { return self }
        neighbour.operationTrouble = operationTrouble
        neighbour.keys = keys
        neighbour.served = served
        return neighbour
    }

    /// Whether the application's secret has lapsed, and with it all that was ever issued for it.
    func isSignedOut(at ticks: Int64) -> Bool {
        scenario.signedOutAfterSeconds.map { ticks >= Self.ticks(bornTicks, after: $0) } ?? false
    }

    /// The moment some seconds after another.
    static func ticks(_ bornTicks: Int64, after seconds: Double) -> Int64 {
        bornTicks + Int64(seconds * Double(CivilTime.ticksPerSecond))
    }

    func endpoint(named name: String) -> SimulatedEndpoint? {
        indexByName[name.lowercased()].map { endpoints[$0] }
    }

    /// The factor that makes the visible hour before the start hold about `rows`.
    private static func scale(for rows: Int?, endpoints: [SimulatedEndpoint], bornTicks: Int64) -> Double {
        guard let rows else { return 1 }
        let last = TrafficModel.minute(of: bornTicks)
        // The newest minutes have not arrived yet.
        let visible = (last - 60)..<(last - 4)
        var expected = 0.0
        for endpoint in endpoints where endpoint.logging != .off {
            for minute in visible { expected += endpoint.meanRate(minute: minute, bornTicks: bornTicks) }
        }
        return expected > 0 ? Double(rows) / expected : 1
    }
}

extension SimulatorOptions {
    fileprivate func check() throws(SimulatorError) {
        let limits: [(name: String, value: Int?, range: ClosedRange<Int>)] = [
            ("port", port, 0...65_532), ("endpointCount", endpointCount, 0...100_000),
            ("deploymentsPerEndpoint", deploymentsPerEndpoint, 1...20),
            ("rowsInLastHour", rowsInLastHour, 0...50_000_000),
            ("latencyMilliseconds", latencyMilliseconds, 0...600_000),
            ("operationSeconds", operationSeconds, 0...86_400), ("tokenSeconds", tokenSeconds, 1...1_000_000),
            ("pageSize", pageSize, 1...10_000), ("keyGraceSeconds", keyGraceSeconds, 0...86_400),
        ]
        for limit in limits {
            guard let value = limit.value else { continue }
            if !limit.range.contains(value) { throw SimulatorError(.optionOutOfRange(limit.name)) }
        }
    }
}
