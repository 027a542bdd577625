/// The query keys by which a list of online endpoints is narrowed and ordered (API.md d.2).
struct EndpointFilter {
    private let name: String?
    private let computeType: String?
    /// `a` must be there, `b=c` must have that value.
    private let tags: [(name: String, value: String?)]
    private let order: String?

    init(_ exchange: Exchange) {
        func value(_ key: String) -> String? {
            exchange.query(key).flatMap { $0.isEmpty ? nil : $0.lowercased() }
        }
        name = value("name")
        computeType = value("computeType")
        order = value("orderBy")
        tags = (exchange.query("tags") ?? "").split(separator: ",").map { tag in
            let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        }
    }

    func apply(to world: World, at ticks: Int64) -> [SimulatedEndpoint] {
        let kept = world.endpoints.filter(allows)
        switch order {
        case "createdatdesc": return kept.sorted { $0.specification.ageDays < $1.specification.ageDays }
        case "createdatasc": return kept.sorted { $0.specification.ageDays > $1.specification.ageDays }
        case "updatedatdesc", "updatedatasc":
            let dated = kept.map { ($0, world.operation(on: $0, at: ticks).startTicks) }
            let sorted = dated.sorted { order == "updatedatasc" ? $0.1 < $1.1 : $0.1 > $1.1 }
            return sorted.map(\.0)
        default: return kept
        }
    }

    private func allows(_ endpoint: SimulatedEndpoint) -> Bool {
        if let name, name != endpoint.name.lowercased() { return false }
        if let computeType, computeType != (endpoint.isKubernetes ? "kubernetes" : "managed") { return false }
        return tags.allSatisfy { tag in
            guard let value = endpoint.specification.tags[tag.name] else { return false }
            return tag.value.map { $0 == value } ?? true
        }
    }
}
