import FoundationEssentials

/// One `GET …/providers/Microsoft.Insights/metrics`, from the query to the answer.
struct MetricQuery {
    let services: Services
    let resource: InsightsRoutes.Resource
    let exchange: Exchange

    /// The grains a client may ask for.
    static let grains: [(text: String, minutes: Int64)] = [
        ("PT1M", 1), ("PT5M", 5), ("PT15M", 15), ("PT30M", 30), ("PT1H", 60), ("PT6H", 360), ("PT12H", 720),
        ("P1D", 1_440),
    ]

    func reply() throws(ServiceError) -> Reply {
        let namespace = MetricDefinition.namespace(of: resource)
        if let asked = exchange.query("metricnamespace"), asked.lowercased() != namespace.lowercased() {
            throw bad("Cannot find the metric namespace '\(asked)' for resource type '\(namespace)'.")
        }
        let definitions = try self.definitions()
        let filter = try self.filter(definitions)
        let window = try self.window()
        let aggregations = (exchange.query("aggregation") ?? "average").split(separator: ",").map {
            $0.trimmingSpaces.lowercased()
        }
        for aggregation in aggregations
        where !["average", "minimum", "maximum", "total", "count", "none"].contains(aggregation) {
            throw bad("Invalid aggregation type '\(aggregation)'.")
        }
        let collected = MetricCollector(services: services, resource: resource, window: window, now: exchange.now.ticks)
            .collect(definitions, clauses: filter.clauses)
        let value = collected.map { metric($0, aggregations) }
        return Reply(
            200,
            [
                "cost": .int(max(0, window.count - 1) * definitions.count),
                "timespan": .string(window.timespan),
                "interval": .string(window.interval),
                "value": .array(value),
                "namespace": .string(namespace),
                "resourceregion": .string(services.world.scenario.location),
            ]
        )
    }

    private func bad(_ message: String) -> ServiceError {
        var error = ServiceError(400, "BadRequest", message)
        error.isBare = true
        error.isFromGateway = false
        return error
    }

    private func definitions() throws(ServiceError) -> [MetricDefinition] {
        let all = MetricDefinition.all(for: resource)
        guard let names = exchange.query("metricnames"), !names.isEmpty else { return Array(all.prefix(1)) }
        var found: [MetricDefinition] = []
        for name in names.split(separator: ",").map(\.trimmingSpaces) {
            guard let definition = all.first(where: { $0.name.lowercased() == name.lowercased() }) else {
                let type = MetricDefinition.namespace(of: resource).split(separator: "/").dropFirst().joined(
                    separator: "/"
                )
                throw bad(
                    "Failed to find metric configuration for provider: Microsoft.MachineLearningServices, resource Type: "
                        + "\(type), metric: \(name), Valid metrics: \(all.map(\.name).joined(separator: ","))"
                )
            }
            found.append(definition)
        }
        guard found.count <= 20 else {
            throw bad("Requested metrics count: \(found.count) bigger than allowed max: 20")
        }
        return found
    }

    private func filter(_ definitions: [MetricDefinition]) throws(ServiceError) -> MetricFilter {
        guard let text = exchange.query("$filter"), !text.isEmpty else { return MetricFilter() }
        guard let filter = MetricFilter.parse(text) else { throw bad("Invalid filter: \(text)") }
        for definition in definitions {
            let known = definition.dimensions.map { $0.lowercased() }
            if let unknown = filter.clauses.first(where: { !known.contains($0.dimension.lowercased()) }) {
                throw bad(
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
        if let text = exchange.query("timespan"), !text.isEmpty {
            guard let parsed = MetricWindow.span(text, now: now), parsed.start < parsed.end else {
                throw bad("Invalid time range: \(text). The start time must be before the end time.")
            }
            span = parsed
        }
        let interval = exchange.query("interval") ?? "PT1M"
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
            throw bad(
                "Detected invalid time grain input, supported ones are: "
                    + Self.grains.map(\.text).joined(separator: ",")
            )
        }
        let step = grain.minutes * minute
        let aligned = span.start.dividedFloor(by: step).quotient * step
        guard (end - aligned) / step <= 10_080 else {
            throw bad("The time grain \(grain.text) is too fine for the requested time range.")
        }
        return MetricWindow(startTicks: aligned, endTicks: end, stepTicks: step, interval: grain.text)
    }

    private static func duration(_ ticks: Int64) -> String {
        let minutes = ticks / TrafficModel.ticksPerMinute
        return minutes % 60 == 0 ? "PT\(minutes / 60)H" : "PT\(minutes)M"
    }

    private func metric(_ accumulator: MetricAccumulator, _ aggregations: [String]) -> JSON {
        let definition = accumulator.definition
        let supported = aggregations.filter { definition.aggregations.contains($0) }
        let metric: JSON = [
            "id": .string("/" + exchange.path.joined(separator: "/") + "/\(definition.name)"),
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
        let isMetadata = exchange.query("resultType")?.lowercased() == "metadata"
        let series = ranked(accumulator, by: supported[0]).map { key, pieces -> JSON in
            let names: JSON = .array(
                zip(accumulator.clauses, key).map { clause, value in
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
        let isRising = exchange.query("orderby")?.lowercased().hasSuffix(" asc") ?? false
        func weight(_ pieces: [MetricAccumulator.Piece]) -> Double { pieces.reduce(0) { $0 + $1.sum } }
        let sorted = all.sorted { left, right in
            let (a, b) = (weight(left.pieces), weight(right.pieces))
            return a == b ? left.key.lexicographicallyPrecedes(right.key) : isRising ? a < b : a > b
        }
        let top = exchange.query("top").flatMap { Int($0) } ?? exchange.query("$top").flatMap { Int($0) } ?? 10
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
