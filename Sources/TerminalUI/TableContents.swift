/// The cells of a table as they are written, and where its columns go.
///
/// A column is written when its width matters: one that has no room is never looked at.
struct TableContents<Row> {
    private let table: Table<Row>
    let rowCount: Int
    private let most: Int
    private var writer = CellWriter()
    /// For each column that was written: where each row's entry is among the cells.
    private var entries: [[Range<Int>]?]

    init(_ table: Table<Row>, rowCount: Int, roomForEach most: Int) {
        self.table = table
        self.rowCount = min(rowCount, table.rows.count)
        self.most = most
        entries = Array(repeating: nil, count: table.columns.count)
        writer.reserve(self.rowCount * most)
    }

    /// Puts one entry, of a column that has a place, into its room.
    func place(_ column: Int, _ row: Int, in room: Rect, of buffer: inout CellBuffer) {
        guard let entry = entries[column]?[row] else { return }
        buffer.place(writer.cells, entry, in: room, alignment: table.columns[column].alignment)
    }

    private mutating func write(_ column: Int) -> [Range<Int>] {
        if let known = entries[column] { return known }
        var written: [Range<Int>] = []
        written.reserveCapacity(rowCount)
        let write = table.columns[column].write
        for row in table.rows.prefix(rowCount) {
            let start = writer.cells.count
            writer.begin(columns: most)
            write(row, &writer)
            written.append(start..<writer.cells.count)
        }
        entries[column] = written
        return written
    }

    private mutating func demand(of index: Int) -> ColumnDemand {
        let column = table.columns[index]
        let written = write(index)
        switch column.width {
        case .fixed(let width):
            return ColumnDemand(priority: column.priority, minimum: width, natural: width, isFilling: false)
        case .fill(let minimum):
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: minimum, isFilling: true)
        case .fit(let minimum, let maximum):
            let widest = written.reduce(TextWidth.width(of: column.title)) { max($0, $1.count) }
            let natural = max(minimum, min(maximum, widest))
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: natural, isFilling: false)
        }
    }

    // MARK: Layout

    typealias Places = [(column: Int, place: Range<Int>)]

    /// The columns shown, each with its place counted from the left edge.
    mutating func layOut(width: Int) -> (places: Places, hidden: HiddenColumns) {
        let gutter = min(table.hasGutter ? 2 : 0, width)
        let available = width - gutter
        var hidden = HiddenColumns()
        let count = table.columns.count
        let left = table.hiddenColumns > 0 ? min(table.hiddenColumns, mostHiddenColumns(width: width)) : 0
        var shown: [Int]
        var demands: [ColumnDemand]
        if left == 0 {
            (shown, demands) = byPriority(available)
            hidden.areOnTheRight = shown.count < count
        } else {
            (shown, demands) = behind(left, available)
            hidden.areOnTheLeft = true
            hidden.areOnTheRight = shown.last.map { $0 < count - 1 } ?? false
        }
        let widths = ColumnDemand.widths(of: demands, available: available, spacing: table.spacing)
        var x = gutter
        var places: Places = []
        for (column, columnWidth) in zip(shown, widths) {
            guard let columnWidth, columnWidth > 0 else { continue }
            places.append((column, x..<x + columnWidth))
            x += columnWidth + table.spacing
        }
        return (places, hidden)
    }

    /// The columns that fit if the least wanted give way: those of priority 1 and, in order, what else there is room for.
    private mutating func byPriority(_ available: Int) -> (shown: [Int], demands: [ColumnDemand]) {
        let columns = table.columns
        let order = columns.indices.sorted { (columns[$0].priority, $0) < (columns[$1].priority, $1) }
        var used = -table.spacing
        var demands: [Int: ColumnDemand] = [:]
        for index in order {
            let demand = demand(of: index)
            used += table.spacing + demand.natural
            guard columns[index].priority <= 1 || used <= available else { break }
            demands[index] = demand
        }
        let shown = demands.keys.sorted()
        return (shown, shown.compactMap { demands[$0] })
    }

    /// The first column and those behind the hidden ones, as many as there is room for, none of them dropped later.
    private mutating func behind(_ hidden: Int, _ available: Int) -> (shown: [Int], demands: [ColumnDemand]) {
        var shown: [Int] = []
        var demands: [ColumnDemand] = []
        var used = -table.spacing
        for index in [0] + (hidden + 1..<table.columns.count) {
            var demand = demand(of: index)
            demand.priority = 1
            // The name leaves the columns that were asked for half of the room.
            if index == 0 { demand.natural = min(demand.natural, max(demand.minimum, available / 2)) }
            used += table.spacing + demand.natural
            // One of those that were asked for is shown in any case, cut where it has to be.
            guard shown.count < 2 || used <= available else { break }
            shown.append(index)
            demands.append(demand)
        }
        return (shown, demands)
    }

    mutating func mostHiddenColumns(width: Int) -> Int {
        let available = width - min(table.hasGutter ? 2 : 0, width)
        let count = table.columns.count
        guard count > 1, byPriority(available).shown.count < count else { return 0 }
        return (1..<count - 1).first { behind($0, available).shown.last == count - 1 } ?? count - 2
    }
}
