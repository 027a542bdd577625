/// Collects the samples of one metric, by series and piece of time.
struct MetricAccumulator {
    struct Piece {
        var count = 0
        var sum = 0.0
        var least = Double.infinity
        var greatest = -Double.infinity
        /// Kept only for percentiles.
        var values: [Double] = []

        mutating func add(_ value: Double, keep: Bool) {
            count += 1
            sum += value
            least = min(least, value)
            greatest = max(greatest, value)
            if keep { values.append(value) }
        }
    }

    let definition: MetricDefinition
    /// The clauses of the filter; without any there is one series over everything.
    let clauses: [MetricFilter.Clause]
    /// Dimensions in lower case that are filtered by but not split by.
    let rolledUp: Set<String>
    let window: MetricWindow
    private(set) var series: [[String]: [Piece]] = [:]

    init(_ definition: MetricDefinition, clauses: [MetricFilter.Clause], rolledUp: Set<String>, window: MetricWindow) {
        self.definition = definition
        self.clauses = clauses
        self.rolledUp = rolledUp
        self.window = window
        if clauses.isEmpty { series[[]] = Array(repeating: Piece(), count: window.count) }
    }

    /// The clauses whose dimensions are in the key of a series, in its order.
    var splitting: [MetricFilter.Clause] { clauses.filter { !rolledUp.contains($0.dimension.lowercased()) } }

    /// Adds one sample; `dimension` gives its value for the name of a dimension in lower case, `nil` where it has none.
    mutating func add(_ value: Double, at index: Int, dimension: (String) -> String?) {
        var key: [String] = []
        for clause in clauses {
            let name = clause.dimension.lowercased()
            guard let value = dimension(name), clause.allows(value) else { return }
            if !rolledUp.contains(name) { key.append(value) }
        }
        var keep = false
        if case .latency(.some) = definition.source { keep = true }
        series[key, default: Array(repeating: Piece(), count: window.count)][index].add(value, keep: keep)
    }

    /// The value of one piece for an aggregation; `nil` leaves a hole.
    ///
    /// - Parameters:
    ///   - piece: What was collected.
    ///   - aggregation: In lower case.
    ///   - minutes: How many whole minutes the piece has had.
    /// - Returns: The aggregated value.
    func value(_ piece: Piece, _ aggregation: String, minutes: Int) -> Double? {
        guard piece.count > 0 else { return nil }
        switch definition.source {
        case .requestsPerMinute: return Double(piece.count) / Double(max(1, minutes))
        case .latency(.some(let percent)): return Self.percentile(piece.values, percent)
        case .networkBytes: return piece.sum / Double(max(1, minutes) * 60)
        case .latency(nil), .connections, .gauge, .nothing: break
        }
        switch aggregation {
        case "minimum": return piece.least
        case "maximum": return piece.greatest
        default: return piece.sum / Double(piece.count)
        }
    }

    /// The nearest rank.
    static func percentile(_ values: [Double], _ percent: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
        return sorted[min(sorted.count - 1, max(0, rank - 1))]
    }
}
