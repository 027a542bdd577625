#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes the requests of any endpoint in any minute, the same ones every time it is asked.
struct TrafficSource: Sendable {
    let world: World

    /// How long before the start logging was switched on.
    static let historyMinutes: Int64 = 3 * 1_440
    private static let second = CivilTime.ticksPerSecond

    /// The first minute that has rows.
    var firstMinute: Int64 { TrafficModel.minute(of: world.bornTicks) - Self.historyMinutes }

    /// Appends the requests of one minute, oldest first: the world's own, and those that clients really made.
    func append(_ endpoint: SimulatedEndpoint, minute: Int64, to rows: inout [TrafficRow]) {
        let first = rows.count
        appendOwn(endpoint, minute: minute, to: &rows)
        guard let served = world.served?.rows(of: world.keyName(of: endpoint), minute: minute), !served.isEmpty else {
            return
        }
        rows += served
        rows[first...].sort { $0.ticks < $1.ticks }
    }

    private func appendOwn(_ endpoint: SimulatedEndpoint, minute: Int64, to rows: inout [TrafficRow]) {
        let rate = endpoint.meanRate(minute: minute, bornTicks: world.bornTicks) * world.trafficScale
        guard rate > 0, minute >= firstMinute else { return }
        var random = SeededRandom(endpoint.salt, UInt64(bitPattern: minute))
        let count = TrafficModel.count(rate: rate, &random)
        guard count > 0 else { return }
        let start = minute * TrafficModel.ticksPerMinute
        let delay = Self.batchDelay(&random)
        // Queues grow a little with the day's traffic.
        let usual = endpoint.specification.requestsPerHour / 60 * world.trafficScale
        let load = 1 + 0.18 * max(0, rate / usual - 1)
        for position in 0..<count {
            let offset = (Double(position) + random.unit()) / Double(count)
            let ticks = start + Int64(offset * Double(TrafficModel.ticksPerMinute - 1))
            rows.append(row(endpoint, ticks: ticks, delay: delay, load: load, &random))
        }
    }

    /// Appends the copies of one minute's requests that a mirroring endpoint sends to `deployment`. They appear in the
    /// deployment's metrics but not in the log, which holds one row for each request of a client.
    func appendMirrored(
        _ endpoint: SimulatedEndpoint,
        deployment: SimulatedDeployment,
        minute: Int64,
        to rows: inout [TrafficRow]
    ) {
        let start = minute * TrafficModel.ticksPerMinute
        // A rule may come into force within the minute.
        let percents = [start, start + TrafficModel.ticksPerMinute - 1].map {
            endpoint.split(at: $0).mirrored[deployment.index]
        }
        guard percents.contains(where: { $0 > 0 }) else { return }
        var live: [TrafficRow] = []
        append(endpoint, minute: minute, to: &live)
        for row in live where row.reachesDeployment && row.served?.facts.isPinned != true {
            var random = SeededRandom(row.random, deployment.salt)
            let percent = endpoint.split(at: row.ticks).mirrored[deployment.index]
            guard random.unit() * 100 < Double(percent) else { continue }
            var copy = row
            copy.served = nil
            copy.deployment = Int16(deployment.index)
            let spell = deployment.spell(at: row.ticks)
            copy.outcome = spell.outcome(of: random.unit())
            Self.time(&copy, deployment: deployment, load: spell.slowdown, &random)
            rows.append(copy)
        }
    }

    /// Logs are shipped in batches: most within five minutes, a few much later.
    private static func batchDelay(_ random: inout SeededRandom) -> Int64 {
        var seconds = 150 + 160 * random.unit()
        if random.unit() < 0.03 { seconds += 240 * random.unit() }
        return Int64(seconds * Double(second))
    }

    private func row(
        _ endpoint: SimulatedEndpoint,
        ticks: Int64,
        delay: Int64,
        load: Double,
        _ random: inout SeededRandom
    ) -> TrafficRow {
        let share = random.unit()
        let index = endpoint.split(at: ticks).index(of: share) ?? 0
        let deployment = endpoint.deployments[index]
        let spell = deployment.spell(at: ticks)
        let outcome = spell.outcome(of: random.unit())
        let caller =
            endpoint.callers.isEmpty ? 0 : endpoint.callers[Int(random.next() % UInt64(endpoint.callers.count))]
        var row = TrafficRow(
            ticks: ticks,
            arrivalTicks: ticks + delay + Int64(random.unit() * 8 * Double(Self.second)),
            random: random.next(),
            totalMilliseconds: 0,
            requestMilliseconds: 0,
            responseMilliseconds: 0,
            requestBytes: 180 + Int32(random.next() % 1_900),
            responseBytes: 0,
            deployment: outcome.reachesDeployment ? Int16(index) : -1,
            caller: caller,
            outcome: outcome
        )
        Self.time(&row, deployment: deployment, load: load * spell.slowdown, &random)
        return row
    }

    /// How long it took and how much came back.
    private static func time(
        _ row: inout TrafficRow,
        deployment: SimulatedDeployment,
        load: Double,
        _ random: inout SeededRandom
    ) {
        let specification = deployment.specification
        let model = specification.medianMs * load * exp(specification.spread * random.normal())
        let limit = Double(specification.timeoutSeconds ?? 5) * 1_000
        let total: Double
        switch row.outcome {
        case .success: total = min(model, limit - 1)
        case .modelError: total = min(model * 0.7, limit - 1)
        case .timeout: total = limit + 4 * random.unit()
        case .gateway, .notReady, .serverError: total = 8 + 60 * random.unit()
        case .throttled, .clientError, .unauthorized: total = 1 + 3 * random.unit()
        }
        row.totalMilliseconds = max(1, Int32(total.rounded()))
        row.requestMilliseconds = min(row.totalMilliseconds, Int32(row.requestBytes / 900))
        row.responseMilliseconds =
            row.outcome.modelStatusCode == nil ? 0 : max(row.requestMilliseconds, row.totalMilliseconds - 1)
        row.responseBytes =
            switch row.outcome {
            case .success: 40 + Int32(random.next() % 700)
            case .throttled: 0
            default: 22 + Int32(random.next() % 60)
            }
    }
}
