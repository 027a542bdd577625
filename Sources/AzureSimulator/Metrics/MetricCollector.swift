/// Fills the accumulators of one query out of the world.
struct MetricCollector {
    let services: Services
    let resources: [InsightsRoutes.Resource]
    let window: MetricWindow
    let now: Int64

    /// The dimension that tells resources apart, in lower case.
    static let resourceDimension = "microsoft.resourceid"

    private var world: World { services.world }

    /// The minutes of a window whose metrics are there: whole ones, a minute after they ended.
    static func completeMinutes(_ window: MetricWindow, now: Int64) -> Range<Int64> {
        let minutes = window.minutes
        let last = TrafficModel.minute(of: now - TrafficModel.ticksPerMinute)
        return minutes.lowerBound..<max(minutes.lowerBound, min(minutes.upperBound, last))
    }

    func collect(
        _ definitions: [MetricDefinition],
        clauses: [MetricFilter.Clause],
        rolledUp: Set<String>
    ) -> [MetricAccumulator] {
        var accumulators = definitions.map {
            MetricAccumulator($0, clauses: clauses, rolledUp: rolledUp, window: window)
        }
        let wanted = clauses.first { $0.dimension.lowercased() == Self.resourceDimension }
        for resource in resources {
            let source = Source(resource: resource, id: services.names.resource(resource))
            if wanted?.allows(source.id) ?? true { collect(source, into: &accumulators) }
        }
        return accumulators
    }

    /// A resource with its id.
    private struct Source {
        let resource: InsightsRoutes.Resource
        let id: String

        /// The dimensions every sample of it has.
        func dimension(_ name: String) -> String? {
            name == MetricCollector.resourceDimension ? id : nil
        }
    }

    private func collect(_ source: Source, into accumulators: inout [MetricAccumulator]) {
        let needsTraffic = accumulators.contains { !$0.definition.source.isGauge }
        var rows: [TrafficRow] = []
        for minute in Self.completeMinutes(window, now: now) {
            guard let index = window.index(ofMinute: minute) else { continue }
            if needsTraffic {
                rows.removeAll(keepingCapacity: true)
                append(source.resource, minute: minute, to: &rows)
            }
            for position in accumulators.indices {
                add(source, minute: minute, rows: rows, at: index, to: &accumulators[position])
            }
        }
    }

    private func append(_ resource: InsightsRoutes.Resource, minute: Int64, to rows: inout [TrafficRow]) {
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

    private func add(
        _ source: Source,
        minute: Int64,
        rows: [TrafficRow],
        at index: Int,
        to accumulator: inout MetricAccumulator
    ) {
        switch accumulator.definition.source {
        case .requestsPerMinute:
            for row in rows { accumulator.add(1, at: index) { dimension($0, row, source) } }
        case .latency:
            for row in rows where row.reachesDeployment {
                accumulator.add(Double(row.totalMilliseconds), at: index) { dimension($0, row, source) }
            }
        case .networkBytes:
            for row in rows {
                accumulator.add(Double(row.requestBytes + row.responseBytes), at: index, dimension: source.dimension)
            }
        case .connections(let perSecond):
            // Callers keep connections for some twenty requests.
            guard !rows.isEmpty else { return }
            let perMinute = Double(rows.count) / 20
            accumulator.add(
                perSecond ? perMinute / 60 : max(1, perMinute.rounded()),
                at: index,
                dimension: source.dimension
            )
        case .gauge(let gauge):
            addGauge(gauge, source, minute: minute, at: index, to: &accumulator)
        case .nothing:
            return
        }
    }

    private func dimension(_ name: String, _ row: TrafficRow, _ source: Source) -> String? {
        switch name {
        case "deployment":
            row.deployment < 0 ? nil : source.resource.endpoint.deployments[Int(row.deployment)].name
        case "statuscode", "envoy_response_code": String(row.responseCode)
        case "statuscodeclass": "\(row.responseCode / 100)xx"
        case "modelstatuscode": row.modelStatusCode.map { String($0) } ?? "0"
        default: source.dimension(name)
        }
    }

    private func addGauge(
        _ gauge: MetricDefinition.Gauge,
        _ source: Source,
        minute: Int64,
        at index: Int,
        to accumulator: inout MetricAccumulator
    ) {
        guard case .deployment(let deployment, let endpoint) = source.resource else { return }
        guard world.isServing(deployment, of: endpoint, at: minute * TrafficModel.ticksPerMinute) else { return }
        let gauges = DeploymentGauges(world: world, endpoint: endpoint, deployment: deployment)
        for (instance, id) in deployment.instanceIDs.enumerated() {
            guard let value = gauges.value(gauge, minute: minute, instance: instance) else { continue }
            accumulator.add(value, at: index) { name in
                switch name {
                case "instanceid": id
                case "disk": "/dev/sda1"
                case "state": "Ready"
                default: source.dimension(name)
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
