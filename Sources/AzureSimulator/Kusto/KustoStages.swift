/// Takes rows one after the other.
protocol KustoStage: AnyObject {
    /// - Returns: Whether more rows are wanted.
    func push(_ row: KustoRow) -> Bool
    /// There are no more rows.
    func finish()
}

/// The end of the way: the rows of the answer.
final class KustoSink: KustoStage {
    private(set) var rows: [KustoRow] = []
    private let limit: Int
    /// Whether rows were left out because the service gives no more than that.
    private(set) var isCut = false

    init(limit: Int) {
        self.limit = limit
    }

    func push(_ row: KustoRow) -> Bool {
        if rows.count == limit {
            isCut = true
            return false
        }
        rows.append(row)
        return true
    }

    func finish() {}
}

final class KustoFilterStage: KustoStage {
    private let condition: @Sendable (KustoRow) -> KustoValue
    private let next: any KustoStage

    init(_ condition: KustoBound, next: any KustoStage) {
        self.condition = condition.value
        self.next = next
    }

    func push(_ row: KustoRow) -> Bool { condition(row).isTrue ? next.push(row) : true }
    func finish() { next.finish() }
}

final class KustoTakeStage: KustoStage {
    private var left: Int
    private let next: any KustoStage

    init(_ count: Int, next: any KustoStage) {
        left = max(0, count)
        self.next = next
    }

    func push(_ row: KustoRow) -> Bool {
        guard left > 0 else { return false }
        left -= 1
        return next.push(row) && left > 0
    }

    func finish() { next.finish() }
}

/// `order by`, and `top`, which never holds much more than it will give.
final class KustoSortStage: KustoStage {
    struct Key {
        let value: @Sendable (KustoRow) -> KustoValue
        let isAscending: Bool
        let nullsFirst: Bool
    }

    private struct Entry {
        let keys: [KustoValue]
        let number: Int
        let row: KustoRow
    }

    private let keys: [Key]
    private let limit: Int?
    private let next: any KustoStage
    private var entries: [Entry] = []
    private var pushed = 0

    init(_ keys: [Key], limit: Int?, next: any KustoStage) {
        self.keys = keys
        self.limit = limit.map { max(0, $0) }
        self.next = next
    }

    func push(_ row: KustoRow) -> Bool {
        entries.append(Entry(keys: keys.map { $0.value(row) }, number: pushed, row: row))
        pushed += 1
        if let limit, entries.count >= 2 * limit + 64 { cut(to: limit) }
        return true
    }

    func finish() {
        cut(to: limit ?? entries.count)
        for entry in entries where !next.push(entry.row) { break }
        entries = []
        next.finish()
    }

    private func cut(to count: Int) {
        entries.sort(by: precedes)
        entries.removeLast(max(0, entries.count - count))
    }

    private func precedes(_ left: Entry, _ right: Entry) -> Bool {
        for (index, key) in keys.enumerated() {
            let (a, b) = (left.keys[index], right.keys[index])
            if a.isNull != b.isNull { return a.isNull == key.nullsFirst }
            if let order = a.compare(b), order != 0 { return (order < 0) == key.isAscending }
        }
        // Rows that are equal stay as they came.
        return left.number < right.number
    }
}

/// `count`.
final class KustoCountStage: KustoStage {
    private var count: Int64 = 0
    private let next: any KustoStage

    init(next: any KustoStage) {
        self.next = next
    }

    func push(_ row: KustoRow) -> Bool {
        count += 1
        return true
    }

    func finish() {
        _ = next.push(.values([.long(count)]))
        next.finish()
    }
}

/// `summarize`, and `distinct`, which is one without aggregates. Groups come in the order of their first row.
final class KustoGroupStage: KustoStage {
    private let groups: [KustoBound]
    private let aggregates: [KustoAggregate]
    private let next: any KustoStage
    private var positions: [[KustoValue]: Int] = [:]
    private var keys: [[KustoValue]] = []
    private var states: [[KustoAggregate.State]] = []

    init(by groups: [KustoBound], _ aggregates: [KustoAggregate], next: any KustoStage) {
        self.groups = groups
        self.aggregates = aggregates
        self.next = next
        // Without groups there is one row even when nothing came.
        if groups.isEmpty { _ = position(of: []) }
    }

    func push(_ row: KustoRow) -> Bool {
        let position = position(of: groups.map { $0.value(row) })
        for (index, aggregate) in aggregates.enumerated() {
            aggregate.add(row, to: &states[position][index])
        }
        return true
    }

    func finish() {
        for (key, states) in zip(keys, states) {
            let results = zip(aggregates, states).map { $0.result($1) }
            if !next.push(.values(key + results)) { break }
        }
        next.finish()
    }

    private func position(of key: [KustoValue]) -> Int {
        if let position = positions[key] { return position }
        positions[key] = keys.count
        keys.append(key)
        states.append(Array(repeating: KustoAggregate.State(), count: aggregates.count))
        return keys.count - 1
    }
}
