/// Reads a query: a table name, then steps behind `|`.
///
/// The subset: `where`, `project`, `extend`, `order by` (`sort by`), `top`, `take` (`limit`), `count`, `distinct`,
/// `summarize`, with the expressions of `KustoParser+Expressions` and the functions of `KustoFunction` and
/// `KustoAggregate`. No `let`, no joins, no `render`.
struct KustoParser {
    private let tokens: [KustoToken]
    private var index = 0

    private init(_ text: String) throws(KustoError) {
        tokens = try KustoTokenizer.tokens(text)
    }

    /// - Throws: `KustoError` where the text leaves the subset.
    static func parse(_ text: String) throws(KustoError) -> KustoQuery {
        var parser = try KustoParser(text)
        return try parser.query()
    }

    var current: KustoToken { tokens[index] }

    mutating func advance() -> KustoToken {
        let token = tokens[index]
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    /// Takes the token if it is this sign or keyword.
    mutating func take(_ text: String) -> Bool {
        guard isAt(text) else { return false }
        _ = advance()
        return true
    }

    func isAt(_ text: String) -> Bool {
        switch current.kind {
        case .name, .sign: current.text == text
        default: false
        }
    }

    mutating func expect(_ text: String) throws(KustoError) {
        guard take(text) else { throw .syntax(at: current) }
    }

    mutating func name() throws(KustoError) -> KustoToken {
        guard current.kind == .name, !current.text.hasPrefix("!"), !Self.reserved.contains(current.text) else {
            throw .syntax(at: current)
        }
        return advance()
    }

    private static let reserved: Set<String> = [
        "and", "or", "by", "asc", "desc", "nulls", "in", "in~", "has", "contains", "startswith", "endswith", "between",
    ]

    private mutating func query() throws(KustoError) -> KustoQuery {
        let table = try name()
        var steps: [KustoStep] = []
        while take("|") { steps.append(try step()) }
        _ = take(";")
        guard current.kind == .end else { throw .syntax(at: current) }
        return KustoQuery(table: table, steps: steps)
    }

    private mutating func step() throws(KustoError) -> KustoStep {
        let word = current
        guard word.kind == .name else { throw .syntax(at: word) }
        _ = advance()
        switch word.text {
        case "where", "filter": return .filter(try expression())
        case "project": return .project(try columns())
        case "extend": return .extend(try columns())
        case "take", "limit": return .take(try wholeNumber())
        case "count": return .count
        case "distinct": return .distinct(try columns())
        case "summarize": return try summarize()
        case "order", "sort":
            try expect("by")
            var orders = [try order()]
            while take(",") { orders.append(try order()) }
            return .order(orders)
        case "top":
            let count = try wholeNumber()
            try expect("by")
            return .top(count, try order())
        default: throw .syntax(at: word)
        }
    }

    private mutating func wholeNumber() throws(KustoError) -> Int {
        guard case .integer(let value) = current.kind, let count = Int(exactly: value) else {
            throw .syntax(at: current)
        }
        _ = advance()
        return count
    }

    private mutating func columns() throws(KustoError) -> [KustoColumn] {
        var columns = [try column()]
        while take(",") { columns.append(try column()) }
        return columns
    }

    /// `name = expression`, or an expression that names itself.
    private mutating func column() throws(KustoError) -> KustoColumn {
        if current.kind == .name, tokens[index + 1].kind == .sign, tokens[index + 1].text == "=" {
            let name = try name()
            _ = advance()
            return KustoColumn(name: name.text, expression: try expression())
        }
        return KustoColumn(name: nil, expression: try expression())
    }

    private mutating func summarize() throws(KustoError) -> KustoStep {
        let aggregates = isAt("by") ? [] : try columns()
        let groups = take("by") ? try columns() : []
        guard !aggregates.isEmpty || !groups.isEmpty else { throw .syntax(at: current) }
        return .summarize(aggregates, by: groups)
    }

    private mutating func order() throws(KustoError) -> KustoOrder {
        let expression = try expression()
        let isAscending = take("asc")
        if !isAscending { _ = take("desc") }
        var nullsFirst = isAscending
        if take("nulls") {
            nullsFirst = take("first")
            if !nullsFirst { try expect("last") }
        }
        return KustoOrder(expression: expression, isAscending: isAscending, nullsFirst: nullsFirst)
    }
}
