/// A query made ready to run over a table: names resolved, types checked, steps chained.
struct KustoPlan {
    let sink: KustoSink
    let entry: any KustoStage
    /// The columns of the answer.
    let fields: [KustoField]

    /// What a stage needs to be made, once the one behind it is there.
    private typealias Maker = (any KustoStage) -> any KustoStage

    /// - Parameters:
    ///   - query: As it was read.
    ///   - fields: The columns of the table.
    ///   - now: The moment `now()` means, in tenths of a microsecond since 1970.
    ///   - limit: The most rows an answer may have.
    /// - Throws: `KustoError` for names or types that do not fit.
    init(_ query: KustoQuery, fields: [KustoField], now: Int64, limit: Int) throws(KustoError) {
        var fields = fields
        var makers: [Maker] = []
        for step in query.steps {
            let binder = KustoBinder(fields: fields, now: now, step: step.name)
            if let maker = try Self.plan(step, &fields, binder) { makers.append(maker) }
        }
        let sink = KustoSink(limit: limit)
        entry = makers.reversed().reduce(sink as any KustoStage) { next, make in make(next) }
        self.sink = sink
        self.fields = fields
    }

    /// Plans one step and changes the columns as it does; `nil` when the rows stay as they are.
    private static func plan(
        _ step: KustoStep,
        _ fields: inout [KustoField],
        _ binder: KustoBinder
    ) throws(KustoError) -> Maker? {
        switch step {
        case .filter(let expression):
            let condition = try binder.condition(expression)
            return { KustoFilterStage(condition, next: $0) }
        case .project(let columns):
            fields = try named(columns, binder)
            return nil
        case .extend(let columns):
            for field in try named(columns, binder) {
                if let index = fields.firstIndex(where: { $0.name == field.name }) {
                    fields[index] = field
                } else {
                    fields.append(field)
                }
            }
            return nil
        case .take(let count):
            return { KustoTakeStage(count, next: $0) }
        case .order(let orders):
            let keys = try self.keys(orders, binder)
            return { KustoSortStage(keys, limit: nil, next: $0) }
        case .top(let count, let order):
            let keys = try self.keys([order], binder)
            return { KustoSortStage(keys, limit: count, next: $0) }
        case .count:
            fields = computed([("Count", .long)])
            return { KustoCountStage(next: $0) }
        case .distinct(let columns):
            return try group([], by: columns, &fields, binder)
        case .summarize(let aggregates, let groups):
            return try group(aggregates, by: groups, &fields, binder)
        }
    }

    private static func group(
        _ columns: [KustoColumn],
        by groups: [KustoColumn],
        _ fields: inout [KustoField],
        _ binder: KustoBinder
    ) throws(KustoError) -> Maker {
        var aggregates: [KustoAggregate] = []
        for column in columns { aggregates += try KustoAggregate.bind(column, binder) }
        var bound: [KustoBound] = []
        for column in groups { bound.append(try scalar(column.expression, binder)) }
        let names = zip(groups, bound).enumerated().map { index, group in
            (group.0.name ?? group.0.expression.columnName ?? "Column\(index + 1)", group.1.type)
        }
        fields = computed(names + aggregates.map { ($0.name, $0.type) })
        return { [aggregates, bound] in KustoGroupStage(by: bound, aggregates, next: $0) }
    }

    private static func named(_ columns: [KustoColumn], _ binder: KustoBinder) throws(KustoError) -> [KustoField] {
        var fields: [KustoField] = []
        for (index, column) in columns.enumerated() {
            let bound = try binder.bind(column.expression)
            let name = column.name ?? column.expression.columnName ?? "Column\(index + 1)"
            fields.append(KustoField(name: name, type: bound.type, value: bound.value))
        }
        return unique(fields)
    }

    private static func keys(_ orders: [KustoOrder], _ binder: KustoBinder) throws(KustoError) -> [KustoSortStage.Key] {
        var keys: [KustoSortStage.Key] = []
        for order in orders {
            keys.append(
                KustoSortStage.Key(
                    value: try scalar(order.expression, binder).value,
                    isAscending: order.isAscending,
                    nullsFirst: order.nullsFirst
                )
            )
        }
        return keys
    }

    /// An expression to group or order by, which a dynamic value cannot be.
    private static func scalar(_ expression: KustoExpression, _ binder: KustoBinder) throws(KustoError) -> KustoBound {
        let bound = try binder.bind(expression)
        guard bound.type != .dynamic else {
            throw .semantic(
                "SEM0064",
                "'\(binder.step)' operator: key '\(expression.columnName ?? "")' is of a 'dynamic' type. Please use an "
                    + "explicit cast (for example: 'tostring(…)')"
            )
        }
        return bound
    }

    /// Columns whose values the step before has put into the row.
    private static func computed(_ columns: [(String, KustoType)]) -> [KustoField] {
        unique(
            columns.enumerated().map { index, column in
                KustoField(name: column.0, type: column.1) { row in
                    if case .values(let values) = row { values[index] } else { .null }
                }
            }
        )
    }

    /// A name that is taken already gets a number: `count_`, `count_1`.
    private static func unique(_ fields: [KustoField]) -> [KustoField] {
        var taken: Set<String> = []
        return fields.map { field in
            var name = field.name
            var number = 1
            while taken.contains(name) {
                name = field.name + (field.name.hasSuffix("_") ? "" : "_") + String(number)
                number += 1
            }
            taken.insert(name)
            return KustoField(name: name, type: field.type, value: field.value)
        }
    }
}
