import FoundationEssentials

/// One page of the rows of a query.
struct GraphPage {
    let plan: KustoPlan
    let query: KustoQuery
    /// As it came.
    let text: String
    let start: Int
    let top: Int

    /// Whether there can be a next page: `id` is there to go on from, and no step cut the rows.
    private var canContinue: Bool {
        let isCut = query.steps.contains { step in
            switch step {
            case .take, .top: true
            default: false
            }
        }
        return !isCut && plan.fields.contains { $0.name == "id" }
    }

    /// The answer, as objects or as a table. `resultTruncated` is a text, and false wherever a token leads on.
    func json(isTable: Bool) -> JSON {
        let rows = plan.sink.rows
        let first = min(start, rows.count)
        let end = min(first + top, rows.count)
        let hasMore = end < rows.count
        let data = isTable ? table(rows[first..<end]) : .array(rows[first..<end].map(object))
        let head: JSON = [
            "totalRecords": .int(rows.count), "count": .int(end - first),
            "resultTruncated": hasMore && !canContinue ? "true" : "false",
        ]
        return head.adding("$skipToken", hasMore && canContinue ? .string(SkipToken(position: end, text).text) : nil)
            .adding("facets", []).adding("data", data)
    }

    private func object(_ row: KustoRow) -> JSON {
        .object(plan.fields.map { ($0.name, $0.value(row).json) })
    }

    private func table(_ rows: ArraySlice<KustoRow>) -> JSON {
        [
            "columns": .array(plan.fields.map { ["name": .string($0.name), "type": .string($0.type.graphName)] }),
            "rows": .array(rows.map { row in .array(plan.fields.map { $0.value(row).json }) }),
        ]
    }
}

/// Where a next page begins; good for the same query only.
struct SkipToken {
    private let position: Int
    private let query: UInt64

    init(position: Int, _ text: String) {
        self.position = position
        query = UInt64(name: text)
    }

    init?(_ text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "/")
        guard parts.count == 2, let position = Int(parts[0]), position >= 0, let query = UInt64(parts[1]) else {
            return nil
        }
        self.position = position
        self.query = query
    }

    var text: String { Data("\(position)/\(query)".utf8).base64EncodedString() }

    /// Where to go on in the answer to `text`; `nil` when the token is another query's.
    func position(of text: String) -> Int? {
        query == UInt64(name: text) ? position : nil
    }
}

extension KustoType {
    /// The word for it in a table of Resource Graph.
    fileprivate var graphName: String {
        switch self {
        case .bool: "boolean"
        case .int, .long: "integer"
        case .real: "number"
        case .string, .datetime, .timespan: "string"
        case .dynamic: "object"
        }
    }
}
