/// One online endpoint of the world with its deployments; a class, because it is handed around for every row.
final class SimulatedEndpoint: Sendable {
    let index: Int
    let name: String
    let specification: EndpointSpecification
    let deployments: [SimulatedDeployment]
    /// The number everything random about it is drawn from.
    let salt: UInt64
    /// The first half of its operations' ids.
    let operationGUID: String
    let principalID: String
    /// Indices into `World.callers`.
    let callers: [UInt8]
    /// The traffic rules, oldest first; the first holds from ever.
    let splits: [TrafficSplit]

    var logging: EndpointSpecification.Logging { specification.logging }
    var isKubernetes: Bool { specification.kubernetes ?? false }

    init(
        _ specification: EndpointSpecification,
        index: Int,
        seed: UInt64,
        callerIndex: [String: UInt8],
        bornTicks: Int64
    ) {
        self.index = index
        self.specification = specification
        name = specification.name
        salt = SeededRandom.mix(seed ^ UInt64(name: specification.name))
        var random = SeededRandom(salt, UInt64(name: "endpoint"))
        operationGUID = GUID.text(&random)
        principalID = GUID.text(&random)
        callers = specification.callers.compactMap { callerIndex[$0] }
        let isKubernetes = specification.kubernetes ?? false
        let salt = salt
        deployments = specification.deployments.enumerated().map { position, deployment in
            SimulatedDeployment(
                deployment,
                index: position,
                salt: SeededRandom.mix(salt ^ UInt64(name: deployment.name)),
                isKubernetes: isKubernetes,
                endpoint: specification,
                bornTicks: bornTicks
            )
        }
        let names = specification.deployments.map(\.name)
        splits =
            [
                TrafficSplit(
                    startTicks: .min,
                    shares: specification.deployments.map(\.traffic),
                    mirrored: specification.deployments.map { $0.mirror ?? 0 }
                )
            ]
            + (specification.splits ?? []).map { split in
                TrafficSplit(
                    startTicks: World.ticks(bornTicks, after: split.atSeconds),
                    shares: names.map { split.traffic[$0] ?? 0 },
                    mirrored: names.map { split.mirror?[$0] ?? 0 }
                )
            }
    }

    /// The traffic rule in force at a moment.
    func split(at ticks: Int64) -> TrafficSplit {
        splits.last { $0.startTicks <= ticks } ?? splits[0]
    }

    /// Expected requests in a minute at a traffic scale of 1.
    func meanRate(minute: Int64, bornTicks: Int64) -> Double {
        guard !split(at: minute * TrafficModel.ticksPerMinute).bounds.isEmpty, specification.requestsPerHour > 0 else {
            return 0
        }
        if let silent = specification.silentHours,
            minute >= TrafficModel.minute(of: bornTicks) - Int64(silent * 60)
        {
            return 0
        }
        return specification.requestsPerHour / 60
            * TrafficModel.dailyShape(minute: minute, peakHour: specification.peakHour)
            * TrafficModel.wobble(minute: minute, salt: salt)
    }

    func deployment(named name: String) -> SimulatedDeployment? {
        deployments.first { $0.name.lowercased() == name.lowercased() }
    }
}

/// One deployment of an endpoint.
final class SimulatedDeployment: Sendable {
    let index: Int
    let name: String
    let specification: DeploymentSpecification
    let salt: UInt64
    let operationGUID: String
    let isKubernetes: Bool
    let ageDays: Double
    let instanceIDs: [String]
    /// How it fares, oldest first; the first spell lasts from ever.
    let spells: [Spell]

    init(
        _ specification: DeploymentSpecification,
        index: Int,
        salt: UInt64,
        isKubernetes: Bool,
        endpoint: EndpointSpecification,
        bornTicks: Int64
    ) {
        self.index = index
        self.specification = specification
        self.salt = salt
        self.isKubernetes = isKubernetes
        name = specification.name
        var random = SeededRandom(salt, UInt64(name: "deployment"))
        operationGUID = GUID.text(&random)
        ageDays = min(specification.ageDays ?? endpoint.ageDays, endpoint.ageDays)
        instanceIDs = (0..<specification.instances).map { _ in "mir-" + GUID.hex(random.next() >> 24, 10) }
        spells =
            [Spell(startTicks: .min, errors: specification.errors ?? [:], slowdown: 1)]
            + (specification.spells ?? []).map { spell in
                Spell(
                    startTicks: World.ticks(bornTicks, after: spell.fromSeconds),
                    errors: spell.errors,
                    slowdown: spell.slowdown ?? 1
                )
            }
    }

    func spell(at ticks: Int64) -> Spell {
        spells.last { $0.startTicks <= ticks } ?? spells[0]
    }
}
