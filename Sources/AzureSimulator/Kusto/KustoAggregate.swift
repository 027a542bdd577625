/// The aggregates of `summarize`: `count countif sum sumif avg avgif min max dcount percentile percentiles`.
struct KustoAggregate: Sendable {
    enum Function: Sendable {
        case count
        case sum
        case average
        case least, greatest
        case distinct
        case percentile(Double)
    }

    let name: String
    let type: KustoType
    let function: Function
    /// What is aggregated; `nil` counts rows.
    let value: KustoBound?
    /// Only rows for which this is true.
    let condition: KustoBound?

    /// The aggregates of one column of `summarize`: one, or several for `percentiles`.
    ///
    /// - Throws: `KustoError` when the expression is not an aggregate, or its arguments do not fit.
    static func bind(_ column: KustoColumn, _ binder: KustoBinder) throws(KustoError) -> [KustoAggregate] {
        guard case .call(let token, let arguments) = column.expression else {
            throw .semantic("SEM0100", "'summarize' operator: an aggregate is expected.")
        }
        let name = token.text
        func bound(_ index: Int) throws(KustoError) -> KustoBound { try binder.bind(arguments[index]) }
        func check(_ count: ClosedRange<Int>) throws(KustoError) {
            guard count.contains(arguments.count) else {
                throw .semantic("SEM0219", "'summarize' operator: \(name)(): wrong number of arguments.")
            }
        }
        func named(_ suffix: String) -> String { column.name ?? "\(name)_\(suffix)" }
        let argument = arguments.first?.columnName ?? ""

        switch name {
        case "count":
            try check(0...0)
            return [KustoAggregate(name: named(""), type: .long, function: .count, value: nil, condition: nil)]
        case "countif":
            try check(1...1)
            let condition = try binder.condition(arguments[0])
            return [KustoAggregate(name: named(""), type: .long, function: .count, value: nil, condition: condition)]
        case "sum", "avg", "sumif", "avgif":
            let isConditional = name.hasSuffix("if")
            try check(isConditional ? 2...2 : 1...1)
            let value = try number(try bound(0), name)
            let condition = isConditional ? try binder.condition(arguments[1]) : nil
            let isSum = name.hasPrefix("sum")
            return [
                KustoAggregate(
                    name: named(argument),
                    type: isSum ? (value.type == .int ? .long : value.type) : .real,
                    function: isSum ? .sum : .average,
                    value: value,
                    condition: condition
                )
            ]
        case "min", "max":
            try check(1...1)
            let value = try bound(0)
            return [
                KustoAggregate(
                    name: named(argument),
                    type: value.type,
                    function: name == "min" ? .least : .greatest,
                    value: value,
                    condition: nil
                )
            ]
        case "dcount":
            try check(1...2)
            return [
                KustoAggregate(
                    name: named(argument),
                    type: .long,
                    function: .distinct,
                    value: try bound(0),
                    condition: nil
                )
            ]
        case "percentile", "percentiles":
            try check(2...(name == "percentile" ? 2 : 32))
            let value = try number(try bound(0), name)
            var aggregates: [KustoAggregate] = []
            for index in 1..<arguments.count {
                guard let percent = try bound(index).constant?.number, (0...100).contains(percent) else {
                    throw .semantic(
                        "SEM0025",
                        "'summarize' operator: \(name)(): a constant between 0 and 100 is expected."
                    )
                }
                let digits = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)".replacing(".", with: "_")
                let own = name == "percentile" ? column.name : column.name.map { "\($0)_\(digits)" }
                aggregates.append(
                    KustoAggregate(
                        name: own ?? "percentile_\(argument)_\(digits)",
                        type: value.type == .int ? .long : value.type,
                        function: .percentile(percent),
                        value: value,
                        condition: nil
                    )
                )
            }
            return aggregates
        default:
            throw .semantic("SEM0260", "'summarize' operator: Unknown aggregate function: '\(name)'.")
        }
    }

    private static func number(_ bound: KustoBound, _ name: String) throws(KustoError) -> KustoBound {
        guard bound.type.isNumber || bound.type == .timespan && name == "sum" else {
            throw .semantic(
                "SEM0025",
                "'summarize' operator: \(name)(): argument has an invalid type: \(bound.type.rawValue)"
            )
        }
        return bound
    }

    /// What a group has collected so far.
    struct State {
        var count = 0
        var sum = 0.0
        var wholeSum: Int64 = 0
        var extreme: KustoValue = .null
        var values: [KustoValue] = []
        var distinct: Set<KustoValue> = []
    }

    func add(_ row: KustoRow, to state: inout State) {
        if let condition, !condition.value(row).isTrue { return }
        guard let value = value?.value(row) else {
            state.count += 1
            return
        }
        guard !value.isNull else { return }
        state.count += 1
        switch function {
        case .count: break
        case .sum, .average:
            if case .long(let whole) = value { state.wholeSum &+= whole }
            if case .timespan(let ticks) = value { state.wholeSum &+= ticks }
            state.sum += value.number ?? 0
        case .least:
            if state.extreme.isNull || value.compare(state.extreme) == -1 { state.extreme = value }
        case .greatest:
            if state.extreme.isNull || value.compare(state.extreme) == 1 { state.extreme = value }
        case .distinct: state.distinct.insert(value)
        case .percentile: state.values.append(value)
        }
    }

    func result(_ state: State) -> KustoValue {
        switch function {
        case .count: return .long(Int64(state.count))
        case .sum:
            switch type {
            case .real: return .real(state.sum)
            case .timespan: return .timespan(state.wholeSum)
            default: return .long(state.wholeSum)
            }
        case .average:
            guard state.count > 0 else { return .real(.nan) }
            return .real(state.sum / Double(state.count))
        case .least, .greatest: return state.extreme
        case .distinct: return .long(Int64(state.distinct.count))
        case .percentile(let percent):
            guard !state.values.isEmpty else { return .null }
            let sorted = state.values.sorted { $0.compare($1) == -1 }
            // The nearest rank.
            let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
            return sorted[min(sorted.count - 1, max(0, rank - 1))]
        }
    }
}

extension KustoExpression {
    private var isMember: Bool {
        if case .member = self { true } else { false }
    }

    /// The name a column gives to what is made of it.
    var columnName: String? {
        switch self {
        case .column(let token): token.text
        case .call(let token, let arguments) where ["bin", "floor"].contains(token.text): arguments.first?.columnName
        case .call(let token, let arguments) where token.text == "tostring" && arguments.first?.isMember == true:
            arguments.first?.columnName
        case .member(let inner, let name): (inner.columnName.map { $0 + "_" } ?? "") + name
        default: nil
        }
    }
}
