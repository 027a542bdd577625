import FoundationEssentials

/// What all routes share.
struct Services: Sendable {
    let options: SimulatorOptions
    /// Another one for each request: faults change what it shows.
    var world: World
    let addresses: OriginAddresses
    let issuer: TokenIssuer
    let ledger: TokenLedger
    let clientSecret: String
    let clientKeys: ClientKeys
    let usedAssertions: UsedAssertions
    let deviceCodes: DeviceCodes
    let credentials: EndpointCredentials
    let limiter: RateLimiter
    let graphQuota: GraphQuota
    let counts: RequestCounts
    let faults: FaultBoard
    let trafficLog: TrafficLogTable
    let scoring: ScoringDesk
    let activity: ActivityStore

    /// The same for what is asked of a subscription.
    func within(subscription id: String) -> Services {
        var services = self
        services.world = world.world(ofSubscription: id)
        return services
    }

    /// A key in force, with those it replaced that hold for a while longer.
    func key(_ slot: EndpointCredentials.Slot, of endpoint: SimulatedEndpoint, at ticks: Int64) -> World.KeyInForce {
        world.key(
            slot,
            of: endpoint,
            from: credentials,
            graceTicks: Int64(options.keyGraceSeconds) * CivilTime.ticksPerSecond,
            at: ticks
        )
    }

    var access: AccessControl { AccessControl(names: names) }
    var names: ResourceNames { ResourceNames(world: world, addresses: addresses) }
    var audiences: Audiences { Audiences(addresses: addresses) }
    var bearers: BearerCheck { BearerCheck(issuer: issuer, ledger: ledger, world: world) }
}

/// Whom tokens are for; compared without a slash at the end.
struct Audiences: Sendable {
    let addresses: OriginAddresses

    /// As the cloud metadata lists them: Azure's own first, so that clients ask for the well-known one.
    var published: [String] { ["https://management.azure.com/", addresses.url(.resourceManager)] }
    var resourceManager: [String] {
        [
            "https://management.core.windows.net", "https://management.azure.com", addresses.url(.resourceManager),
        ]
    }
    var logAnalytics: [String] { [addresses.url(.logAnalytics)] }
    var machineLearning: [String] { ["https://ml.azure.com"] }
    var all: [String] { resourceManager + logAnalytics + machineLearning }
}
