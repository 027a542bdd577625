/// Fills the accumulators of one query out of the world.
struct MetricCollector {
    let services: Services
    let resource: InsightsRoutes.Resource
    let window: MetricWindow
    let now: Int64

    private var world: World { services.world }

    /// The minutes of a window whose metrics are there: whole ones, a minute after they ended.
    static func completeMinutes(_ window: MetricWindow, now: Int64) -> Range<Int64> {
        let minutes = window.minutes
        let last = TrafficModel.minute(of: now - TrafficModel.ticksPerMinute)
        return minutes.lowerBound..<max(minutes.lowerBound, min(minutes.upperBound, last))
    }

    func collect(_ definitions: [MetricDefinition], clauses: [MetricFilter.Clause]) -> [MetricAccumulator] {
        var accumulators = definitions.map { MetricAccumulator($0, clauses: clauses, window: window) }
        let needsTraffic = definitions.contains { !$0.source.isGauge }
        var rows: [TrafficRow] = []
        for minute in Self.completeMinutes(window, now: now) {
            guard let index = window.index(ofMinute: minute) else { continue }
            if needsTraffic {
                rows.removeAll(keepingCapacity: true)
                append(minute: minute, to: &rows)
            }
            for position in accumulators.indices {
                add(minute: minute, rows: rows, at: index, to: &accumulators[position])
            }
        }
        return accumulators
    }

    private func append(minute: Int64, to rows: inout [TrafficRow]) {
        let source = TrafficSource(world: world)
        switch resource {
        case .endpoint(let endpoint):
            source.append(endpoint, minute: minute, to: &rows)
        case .deployment(let deployment, let endpoint):
            source.append(endpoint, minute: minute, to: &rows)
            rows.removeAll { $0.deployment != Int16(deployment.index) }
            source.appendMirrored(endpoint, deployment: deployment, minute: minute, to: &rows)
        }
    }

    private func add(minute: Int64, rows: [TrafficRow], at index: Int, to accumulator: inout MetricAccumulator) {
        switch accumulator.definition.source {
        case .requestsPerMinute:
            for row in rows { accumulator.add(1, at: index) { dimension($0, row) } }
        case .latency:
            for row in rows where row.outcome.reachesDeployment {
                accumulator.add(Double(row.totalMilliseconds), at: index) { dimension($0, row) }
            }
        case .networkBytes:
            for row in rows { accumulator.add(Double(row.requestBytes + row.responseBytes), at: index) { _ in nil } }
        case .connections(let perSecond):
            // Callers keep connections for some twenty requests.
            guard !rows.isEmpty else { return }
            let perMinute = Double(rows.count) / 20
            accumulator.add(perSecond ? perMinute / 60 : max(1, perMinute.rounded()), at: index) { _ in nil }
        case .gauge(let gauge):
            addGauge(gauge, minute: minute, at: index, to: &accumulator)
        case .nothing:
            return
        }
    }

    private func dimension(_ name: String, _ row: TrafficRow) -> String? {
        switch name {
        case "deployment": endpoint.flatMap { row.deployment < 0 ? nil : $0.deployments[Int(row.deployment)].name }
        case "statuscode", "envoy_response_code": String(row.outcome.responseCode)
        case "statuscodeclass": "\(row.outcome.responseCode / 100)xx"
        case "modelstatuscode": row.outcome.modelStatusCode.map { String($0) } ?? "0"
        default: nil
        }
    }

    private var endpoint: SimulatedEndpoint? {
        switch resource {
        case .endpoint(let endpoint): endpoint
        case .deployment(_, let endpoint): endpoint
        }
    }

    private func addGauge(
        _ gauge: MetricDefinition.Gauge,
        minute: Int64,
        at index: Int,
        to accumulator: inout MetricAccumulator
    ) {
        guard case .deployment(let deployment, let endpoint) = resource else { return }
        guard world.isServing(deployment, of: endpoint, at: minute * TrafficModel.ticksPerMinute) else { return }
        let gauges = DeploymentGauges(world: world, endpoint: endpoint, deployment: deployment)
        for (instance, id) in deployment.instanceIDs.enumerated() {
            guard let value = gauges.value(gauge, minute: minute, instance: instance) else { continue }
            accumulator.add(value, at: index) { name in
                switch name {
                case "instanceid": id
                case "disk": "/dev/sda1"
                case "state": "Ready"
                default: nil
                }
            }
        }
    }
}

extension MetricDefinition.Source {
    fileprivate var isGauge: Bool {
        switch self {
        case .gauge, .nothing: true
        case .requestsPerMinute, .latency, .networkBytes, .connections: false
        }
    }
}
