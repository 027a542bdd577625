/// The room a column asks for, in cells.
package enum ColumnWidth: Hashable, Sendable {
    case fixed(Int)
    /// As wide as the widest of the title and the rows shown, within bounds.
    case fit(min: Int, max: Int)
    /// A share of what the other columns leave, at least `min`.
    case fill(min: Int)
}

/// A column of a table, as data.
package struct Column<Row>: Sendable {
    package let id: String
    package let title: String
    /// 1 is never dropped; of the others the highest goes first where room is short, among equals the last.
    package let priority: Int
    package let alignment: Alignment
    package let width: ColumnWidth
    let write: @Sendable (Row, inout CellWriter) -> Void

    /// A column whose cells are written piece by piece.
    package init(
        id: String,
        title: String,
        priority: Int = 1,
        alignment: Alignment = .leading,
        width: ColumnWidth,
        write: @escaping @Sendable (Row, inout CellWriter) -> Void
    ) {
        self.id = id
        self.title = title
        self.priority = priority
        self.alignment = alignment
        self.width = width
        self.write = write
    }

    /// A column whose cells come as spans.
    package init(
        id: String,
        title: String,
        priority: Int = 1,
        alignment: Alignment = .leading,
        width: ColumnWidth,
        value: @escaping @Sendable (Row) -> [Span]
    ) {
        self.init(id: id, title: title, priority: priority, alignment: alignment, width: width) { row, cell in
            cell.write(value(row))
        }
    }
}

/// What a column needs, once its contents are known.
struct ColumnDemand: Equatable {
    var priority: Int
    /// The least width at which it is worth showing.
    var minimum: Int
    /// The width at which nothing of it is cut.
    var natural: Int
    var isFilling: Bool

    /// The width of each column within `available`, nil for one that is dropped.
    static func widths(of demands: [ColumnDemand], available: Int, spacing: Int) -> [Int?] {
        var widths: [Int?] = demands.map { $0.isFilling ? $0.minimum : $0.natural }
        func excess() -> Int {
            let shown = widths.compactMap(\.self)
            return shown.reduce(0, +) + spacing * max(0, shown.count - 1) - available
        }
        while excess() > 0, let victim = nextToDrop(demands, shown: widths) { widths[victim] = nil }
        shrink(&widths, demands: demands, by: excess())
        let fills = demands.indices.filter { widths[$0] != nil && demands[$0].isFilling }
        var rest = max(0, -excess())
        for (position, index) in fills.enumerated() {
            let share = (rest + fills.count - position - 1) / (fills.count - position)
            widths[index] = (widths[index] ?? 0) + share
            rest -= share
        }
        return widths
    }

    private static func nextToDrop(_ demands: [ColumnDemand], shown widths: [Int?]) -> Int? {
        let candidates = demands.indices.filter { widths[$0] != nil && demands[$0].priority > 1 }
        return candidates.max { (demands[$0].priority, $0) < (demands[$1].priority, $1) }
    }

    /// Takes `cells` from the columns that are never dropped: the widest first, down to its minimum, then below it.
    private static func shrink(_ widths: inout [Int?], demands: [ColumnDemand], by cells: Int) {
        for floor in [demands.map(\.minimum), demands.map { _ in 0 }] {
            var left = cells - demands.indices.reduce(0) { $0 + taken($1, widths, demands) }
            while left > 0 {
                let open = demands.indices.filter { (widths[$0] ?? 0) > floor[$0] }
                guard let widest = open.max(by: { (widths[$0] ?? 0, $0) < (widths[$1] ?? 0, $1) }) else { break }
                widths[widest] = (widths[widest] ?? 0) - 1
                left -= 1
            }
        }
    }

    private static func taken(_ index: Int, _ widths: [Int?], _ demands: [ColumnDemand]) -> Int {
        guard let width = widths[index] else { return 0 }
        return (demands[index].isFilling ? demands[index].minimum : demands[index].natural) - width
    }
}
