/// What the first filters of a query say about time and endpoint, so that only those rows are made that can pass.
///
/// A hint and no more: the filters themselves still decide.
struct KustoBounds: Sendable {
    /// Tenths of a microsecond since 1970, both ends in.
    var lowest = Int64.min
    var highest = Int64.max
    /// Names in lower case; `nil` allows all.
    var endpoints: Set<String>?

    init(_ query: KustoQuery, fields: [KustoField], now: Int64) {
        let binder = KustoBinder(fields: fields, now: now, step: "where")
        for step in query.steps {
            guard case .filter(let expression) = step else { return }
            narrow(expression, binder)
        }
    }

    mutating func narrow(from start: Int64, to end: Int64) {
        lowest = max(lowest, start)
        highest = min(highest, end)
    }

    private mutating func narrow(_ expression: KustoExpression, _ binder: KustoBinder) {
        switch expression {
        case .binary(let sign, let left, let right) where sign.text == "and":
            narrow(left, binder)
            narrow(right, binder)
        case .binary(let sign, .column(let column), let other):
            guard let value = (try? binder.bind(other))?.constant else { return }
            narrow(column.text, sign.text, value)
        case .binary(let sign, let other, .column(let column)):
            guard let value = (try? binder.bind(other))?.constant else { return }
            let mirrored = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]
            narrow(column.text, mirrored[sign.text] ?? sign.text, value)
        case .list(let sign, .column(let column), let items) where column.text == "EndpointName":
            guard ["in", "in~"].contains(sign.text) else { return }
            let names = items.compactMap { (try? binder.bind($0))?.constant?.text.lowercased() }
            if names.count == items.count { restrict(to: Set(names)) }
        case .between(let sign, .column(let column), let low, let high)
        where column.text == "TimeGenerated" && sign.text == "between":
            if let value = (try? binder.bind(low))?.constant { narrow(column.text, ">=", value) }
            if let value = (try? binder.bind(high))?.constant { narrow(column.text, "<=", value) }
        default:
            return
        }
    }

    private mutating func narrow(_ column: String, _ sign: String, _ value: KustoValue) {
        switch (column, sign, value) {
        case ("TimeGenerated", ">", .datetime(let ticks)), ("TimeGenerated", ">=", .datetime(let ticks)):
            lowest = max(lowest, ticks)
        case ("TimeGenerated", "<", .datetime(let ticks)), ("TimeGenerated", "<=", .datetime(let ticks)):
            highest = min(highest, ticks)
        case ("EndpointName", "==", .string(let name)), ("EndpointName", "=~", .string(let name)):
            restrict(to: [name.lowercased()])
        default:
            return
        }
    }

    private mutating func restrict(to names: Set<String>) {
        endpoints = endpoints?.intersection(names) ?? names
    }
}
