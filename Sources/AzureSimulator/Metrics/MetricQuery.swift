import FoundationEssentials

/// One request for metrics, of one resource or of a subscription's, from the query to the answer.
struct MetricQuery {
    /// Whose metrics are asked for.
    enum Scope: Sendable {
        case resource(InsightsRoutes.Resource)
        /// All in one region, told apart by the dimension `Microsoft.ResourceId`.
        case subscription
    }

    let services: Services
    let scope: Scope
    let exchange: Exchange
    private let parameters: MetricParameters

    /// - Throws: `ServiceError` when the body of a POST does not read, or says what the query says too.
    init(services: Services, scope: Scope, exchange: Exchange) throws(ServiceError) {
        self.services = services
        self.scope = scope
        self.exchange = exchange
        do throws(MetricParameters.Failure) {
            parameters = try MetricParameters(exchange)
        } catch {
            throw Self.bad(error.message)
        }
    }

    /// The grains a client may ask for.
    static let grains: [(text: String, minutes: Int64)] = [
        ("PT1M", 1), ("PT5M", 5), ("PT15M", 15), ("PT30M", 30), ("PT1H", 60), ("PT6H", 360), ("PT12H", 720),
        ("P1D", 1_440),
    ]

    func reply() throws(ServiceError) -> Reply {
        let type = try self.type()
        let definitions = try self.definitions(type)
        let filter = try self.filter(definitions)
        let window = try self.window()
        let aggregations = (parameters["aggregation"] ?? "average").split(separator: ",").map {
            $0.trimmingSpaces.lowercased()
        }
        for aggregation in aggregations
        where !["average", "minimum", "maximum", "total", "count", "none"].contains(aggregation) {
            throw Self.bad("Invalid aggregation type '\(aggregation)'.")
        }
        let rolledUp = (parameters["rollupby"] ?? "").split(separator: ",").map { $0.trimmingSpaces.lowercased() }
        let collected = MetricCollector(
            services: services,
            resources: try resources(type),
            window: window,
            now: exchange.now.ticks
        ).collect(definitions, clauses: filter.clauses, rolledUp: Set(rolledUp))
        let value = collected.map { metric($0, aggregations) }
        return Reply(
            200,
            [
                "cost": .int(max(0, window.count - 1) * definitions.count),
                "timespan": .string(window.timespan),
                "interval": .string(window.interval),
                "value": .array(value),
                "namespace": .string(type.namespace),
                "resourceregion": .string(exchange.query("region") ?? services.world.scenario.location),
            ]
        )
    }

    /// What the namespace is about; a resource has one by itself.
    private func type() throws(ServiceError) -> MetricDefinition.ResourceType {
        let asked = parameters["metricnamespace"]
        switch scope {
        case .resource(let resource):
            if let asked, asked.lowercased() != resource.type.namespace.lowercased() {
                throw Self.bad(
                    "Cannot find the metric namespace '\(asked)' for resource type '\(resource.type.namespace)'."
                )
            }
            return resource.type
        case .subscription:
            guard let asked else { throw Self.bad("Missing required metricnamespace params") }
            let types = MetricDefinition.ResourceType.allCases
            guard let type = types.first(where: { $0.namespace.lowercased() == asked.lowercased() }) else {
                throw Self.bad("Cannot find the metric namespace '\(asked)'.")
            }
            return type
        }
    }

    private func resources(_ type: MetricDefinition.ResourceType) throws(ServiceError) -> [InsightsRoutes.Resource] {
        if case .resource(let resource) = scope { return [resource] }
        guard let region = exchange.query("region"), !region.isEmpty else {
            throw Self.bad("Missing required region params")
        }
        let world = services.world
        guard region.lowercased() == world.scenario.location else { return [] }
        switch type {
        case .endpoint: return world.endpoints.map { .endpoint($0) }
        case .deployment:
            return world.endpoints.flatMap { endpoint in
                endpoint.deployments.map { .deployment($0, of: endpoint) }
            }
        }
    }

    private static func bad(_ message: String) -> ServiceError {
        var error = ServiceError(400, "BadRequest", message)
        error.isBare = true
        error.isFromGateway = false
        return error
    }

    private func definitions(_ type: MetricDefinition.ResourceType) throws(ServiceError) -> [MetricDefinition] {
        let all = type.definitions
        guard let names = parameters["metricnames"], !names.isEmpty else { return Array(all.prefix(1)) }
        var found: [MetricDefinition] = []
        for name in names.split(separator: ",").map(\.trimmingSpaces) {
            guard let definition = all.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                let path = type.namespace.split(separator: "/").dropFirst().joined(
                    separator: "/"
                )
                throw Self.bad(
                    "Failed to find metric configuration for provider: Microsoft.MachineLearningServices, resource Type: "
                        + "\(path), metric: \(name), Valid metrics: \(all.map(\.name).joined(separator: ","))"
                )
            }
            found.append(definition)
        }
        guard found.count <= 20 else {
            throw Self.bad("Requested metrics count: \(found.count) bigger than allowed max: 20")
        }
        return found
    }

    private func filter(_ definitions: [MetricDefinition]) throws(ServiceError) -> MetricFilter {
        guard let text = parameters["filter"], !text.isEmpty else { return MetricFilter() }
        guard let filter = MetricFilter.parse(text) else { throw Self.bad("Invalid filter: \(text)") }
        guard parameters["validatedimensions"]?.lowercased() != "false" else { return filter }
        for definition in definitions {
            var known = definition.dimensions.map { $0.lowercased() }
            if case .subscription = scope { known.append(MetricCollector.resourceDimension) }
            if let unknown = filter.clauses.first(where: { !known.contains($0.dimension.lowercased()) }) {
                throw Self.bad(
                    "Metric: \(definition.name) does not support requested dimension combination: "
                        + "\(unknown.dimension.lowercased()), supported ones are: \(known.joined(separator: ",")), TraceId: "
                        + "{\(exchange.requestID)}"
                )
            }
        }
        return filter
    }

    private func window() throws(ServiceError) -> MetricWindow {
        let now = exchange.now.ticks
        var span = (start: now - 3_600 * CivilTime.ticksPerSecond, end: now)
        if let text = parameters["timespan"], !text.isEmpty {
            guard let parsed = MetricWindow.span(text, now: now), parsed.start < parsed.end else {
                throw Self.bad("Invalid time range: \(text). The start time must be before the end time.")
            }
            span = parsed
        }
        let interval = parameters["interval"] ?? "PT1M"
        // The end belongs to the piece it falls into.
        let minute = TrafficModel.ticksPerMinute
        let end = (span.end + minute - 1).dividedFloor(by: minute).quotient * minute
        let start = span.start.dividedFloor(by: minute).quotient * minute
        if interval.uppercased() == "FULL" {
            return MetricWindow(
                startTicks: start,
                endTicks: end,
                stepTicks: end - start,
                interval: Self.duration(end - start)
            )
        }
        guard let grain = Self.grains.first(where: { $0.text == interval.uppercased() }) else {
            throw Self.bad(
                "Detected invalid time grain input, supported ones are: "
                    + Self.grains.map(\.text).joined(separator: ",")
            )
        }
        let step = grain.minutes * minute
        let aligned = span.start.dividedFloor(by: step).quotient * step
        guard (end - aligned) / step <= 10_080 else {
            throw Self.bad("The time grain \(grain.text) is too fine for the requested time range.")
        }
        return MetricWindow(startTicks: aligned, endTicks: end, stepTicks: step, interval: grain.text)
    }

    private static func duration(_ ticks: Int64) -> String {
        let minutes = ticks / TrafficModel.ticksPerMinute
        return minutes % 60 == 0 ? "PT\(minutes / 60)H" : "PT\(minutes)M"
    }

    private func metric(_ accumulator: MetricAccumulator, _ aggregations: [String]) -> JSON {
        let definition = accumulator.definition
        // As the service does it: the ids of a subscription's metrics begin without a slash.
        let slash = if case .subscription = scope { "" } else { "/" }
        let supported = aggregations.filter { definition.aggregations.contains($0) }
        let metric: JSON = [
            "id": .string(slash + exchange.path.joined(separator: "/") + "/\(definition.name)"),
            "type": "Microsoft.Insights/metrics",
            "name": ["value": .string(definition.name), "localizedValue": .string(definition.localizedName)],
            "displayDescription": .string(definition.description),
            "unit": .string(definition.unit),
        ]
        guard !supported.isEmpty else {
            return metric.adding("timeseries", []).adding("errorCode", "InvalidSamplingType").adding(
                "errorMessage",
                .string(
                    "Sampling type is not found. Metric:\(definition.name), SamplingType:"
                        + aggregations.joined(separator: ",") + "."
                )
            )
        }
        let isMetadata = parameters["resulttype"]?.lowercased() == "metadata"
        let series = ranked(accumulator, by: supported[0]).map { key, pieces -> JSON in
            let names: JSON = .array(
                zip(accumulator.splitting, key).map { clause, value in
                    let name = JSON.string(clause.dimension.lowercased())
                    return ["name": ["value": name, "localizedValue": name], "value": .string(value)]
                }
            )
            let element: JSON = ["metadatavalues": names]
            return isMetadata ? element : element.adding("data", .array(data(accumulator, pieces, supported)))
        }
        return metric.adding("timeseries", .array(series)).adding("errorCode", "Success")
    }

    /// The series asked for: the largest first, at most `top` (10 unless told) where there is a filter.
    private func ranked(
        _ accumulator: MetricAccumulator,
        by aggregation: String
    ) -> [(key: [String], pieces: [MetricAccumulator.Piece])] {
        let all = accumulator.series.map { (key: $0.key, pieces: $0.value) }
        guard !accumulator.clauses.isEmpty else { return all }
        let isRising = parameters["orderby"]?.lowercased().hasSuffix(" asc") ?? false
        func weight(_ pieces: [MetricAccumulator.Piece]) -> Double { pieces.reduce(0) { $0 + $1.sum } }
        let sorted = all.sorted { left, right in
            let (a, b) = (weight(left.pieces), weight(right.pieces))
            return a == b ? left.key.lexicographicallyPrecedes(right.key) : isRising ? a < b : a > b
        }
        let top = parameters["top"].flatMap { Int($0) } ?? 10
        return Array(sorted.prefix(max(0, top)))
    }

    private func data(
        _ accumulator: MetricAccumulator,
        _ pieces: [MetricAccumulator.Piece],
        _ aggregations: [String]
    ) -> [JSON] {
        let window = accumulator.window
        let complete = MetricCollector.completeMinutes(window, now: exchange.now.ticks)
        return pieces.enumerated().map { index, piece in
            let start = window.start(of: index)
            let minutes = complete.clamped(
                to: TrafficModel.minute(
                    of: start
                )..<TrafficModel.minute(of: min(window.endTicks, start + window.stepTicks))
            )
            var point: [(key: String, value: JSON)] = [("timeStamp", .string(CivilTime(ticks: start).isoSeconds))]
            for aggregation in aggregations {
                if let value = accumulator.value(piece, aggregation, minutes: minutes.count) {
                    point.append((aggregation, .double(value)))
                }
            }
            return .object(point)
        }
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
