/// What was done before the world began, told anew from its seed whenever it is asked for.
struct ActivityHistory: Sendable {
    let names: ResourceNames
    private var world: World { names.world }

    static let people = [
        (name: "Minji Kim", address: "minji.kim@contoso.com"), (name: "Jisoo Park", address: "jisoo.park@contoso.com"),
        (name: "Alex Müller", address: "alex.mueller@contoso.com"),
    ]
    /// The Azure portal.
    private static let portal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
    private static let endpoints = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"

    func records(of endpoints: [SimulatedEndpoint]) -> [ActivityRecord] {
        endpoints.flatMap { rotations(of: $0) + writes(of: $0) }
    }

    private func rotations(of endpoint: SimulatedEndpoint) -> [ActivityRecord] {
        guard endpoint.specification.authMode == "Key" else { return [] }
        let rotations = (endpoint.specification.keyRotations ?? []).filter {
            $0.daysAgo < endpoint.specification.ageDays
        }
        return rotations.enumerated().map { number, rotation in
            var record = record(
                Self.endpoints + "/regenerateKeys/action",
                of: endpoint,
                daysAgo: rotation.daysAgo,
                by: actor(named: rotation.by),
                number: number
            )
            record.tookTicks = (4 + Int64(endpoint.salt % 9)) * CivilTime.ticksPerSecond
            return record
        }
    }

    /// That it was made, and when it was last changed.
    private func writes(of endpoint: SimulatedEndpoint) -> [ActivityRecord] {
        let specification = endpoint.specification
        let author = actor(named: Self.people[Int(endpoint.salt % 3)].name)
        return [specification.ageDays, specification.modifiedDaysAgo].filter { $0 > 0 }.enumerated().map {
            record(Self.endpoints + "/write", of: endpoint, daysAgo: $1, by: author, number: 100 + $0)
        }
    }

    private func record(
        _ action: String,
        of endpoint: SimulatedEndpoint,
        daysAgo: Double,
        by actor: ActivityRecord.Actor,
        number: Int
    ) -> ActivityRecord {
        var random = SeededRandom(endpoint.salt, UInt64(name: action), UInt64(number))
        let id = GUID.text(&random)
        return ActivityRecord(
            action: action,
            scope: names.endpoint(endpoint),
            actor: actor,
            ticks: world.bornTicks - Int64(daysAgo * 864_000_000_000) - Int64(endpoint.salt % 10_000_000),
            method: action.hasSuffix("/action") ? "POST" : "PUT",
            status: action.hasSuffix("/action") ? 202 : 200,
            operationID: id,
            correlationID: id
        )
    }

    /// A person, or the application of the scenario.
    private func actor(named name: String) -> ActivityRecord.Actor {
        guard let person = Self.people.first(where: { $0.name == name }) else {
            let application = world.application(of: .owner)
            return ActivityRecord.Actor(
                name: application.appID,
                objectID: application.objectID,
                appID: application.appID
            )
        }
        var random = SeededRandom(world.seed, UInt64(name: "person"), UInt64(name: name))
        return ActivityRecord.Actor(
            name: person.address,
            objectID: GUID.text(&random),
            appID: Self.portal,
            displayName: person.name,
            proof: "0"
        )
    }
}
