/// The cells of a table as they are written, and where its columns go.
///
/// A column is written when its width matters: one that has no room is never looked at.
///
/// It knows nothing of the type of the rows, so that there is one of it, compiled in full.
struct TableContents {
    let rowCount: Int
    private let columns: [TableColumn]
    private let gutter: Int
    private let spacing: Int
    private let columnOffset: Int
    private let most: Int
    private let writeEntry: (_ column: Int, _ row: Int, inout CellWriter) -> Void
    private var writer = CellWriter()
    /// For each column that was written: where each row's entry is among the cells.
    private var entries: [[Range<Int>]?]

    /// Of an entry no more than `most` columns are kept.
    init<Row>(_ table: Table<Row>, rowCount: Int, roomForEach most: Int) {
        let (columns, rows) = (table.columns, table.rows)
        self.rowCount = min(rowCount, rows.count)
        self.columns = columns.map(TableColumn.init)
        gutter = table.hasGutter ? 2 : 0
        spacing = table.spacing
        columnOffset = table.columnOffset
        self.most = most
        writeEntry = { column, row, writer in columns[column].write(rows[row], &writer) }
        entries = Array(repeating: nil, count: columns.count)
        writer.reserve(self.rowCount * most * 2)
    }

    /// Puts one entry, of a column that has a place, into its room.
    func place(_ column: Int, _ row: Int, in room: Rect, of buffer: inout CellBuffer) {
        guard let entry = entries[column]?[row] else { return }
        buffer.place(writer.cells, entry, in: room, alignment: columns[column].alignment)
    }

    private mutating func write(_ column: Int) -> [Range<Int>] {
        if let known = entries[column] { return known }
        var written: [Range<Int>] = []
        written.reserveCapacity(rowCount)
        for row in 0..<rowCount {
            let start = writer.cells.count
            writer.begin(columns: most)
            writeEntry(column, row, &writer)
            written.append(start..<writer.cells.count)
        }
        entries[column] = written
        return written
    }

    private mutating func demand(of index: Int) -> ColumnDemand {
        let column = columns[index]
        let written = write(index)
        switch column.width {
        case .fixed(let width):
            return ColumnDemand(priority: column.priority, minimum: width, natural: width, isFilling: false)
        case .fill(let minimum):
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: minimum, isFilling: true)
        case .fit(let minimum, let maximum):
            let widest = written.reduce(column.titleWidth) { max($0, $1.count) }
            let natural = max(minimum, min(maximum, widest))
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: natural, isFilling: false)
        }
    }

    // MARK: Layout

    typealias Places = [(column: Int, place: Range<Int>)]

    /// The columns shown, each with its place counted from the left edge.
    mutating func layOut(width: Int) -> (places: Places, hidden: HiddenColumns) {
        let gutter = min(gutter, width)
        let available = width - gutter
        var hidden = HiddenColumns()
        let count = columns.count
        let left = columnOffset > 0 ? min(columnOffset, lastColumnOffset(width: width)) : 0
        var shown: [Int]
        var demands: [ColumnDemand]
        if left == 0 {
            (shown, demands) = byPriority(available)
            hidden.areOnTheRight = shown.count < count
        } else {
            (shown, demands) = behind(left, available)
            hidden.areOnTheLeft = left > 1
            hidden.areOnTheRight = shown.last.map { $0 < count - 1 } ?? false
        }
        let widths = ColumnDemand.widths(of: demands, available: available, spacing: spacing)
        var x = gutter
        var places: Places = []
        for (column, columnWidth) in zip(shown, widths) {
            guard let columnWidth, columnWidth > 0 else { continue }
            places.append((column, x..<x + columnWidth))
            x += columnWidth + spacing
        }
        return (places, hidden)
    }

    /// The columns that fit if the least wanted give way: those of priority 1 and, in order, what else there is room for.
    private mutating func byPriority(_ available: Int) -> (shown: [Int], demands: [ColumnDemand]) {
        let order = columns.indices.sorted { (columns[$0].priority, $0) < (columns[$1].priority, $1) }
        var used = -spacing
        var demands: [Int: ColumnDemand] = [:]
        for index in order {
            let demand = demand(of: index)
            used += spacing + demand.natural
            guard columns[index].priority <= 1 || used <= available else { break }
            demands[index] = demand
        }
        let shown = demands.keys.sorted()
        return (shown, shown.compactMap { demands[$0] })
    }

    /// The first column and those from an offset on, as many as there is room for, none of them dropped later.
    private mutating func behind(_ offset: Int, _ available: Int) -> (shown: [Int], demands: [ColumnDemand]) {
        var shown: [Int] = []
        var demands: [ColumnDemand] = []
        var used = -spacing
        for index in [0] + (offset..<columns.count) {
            var demand = demand(of: index)
            demand.priority = 1
            // The name leaves the columns that were asked for half of the room.
            if index == 0 { demand.natural = min(demand.natural, max(demand.minimum, available / 2)) }
            used += spacing + demand.natural
            // One of those that were asked for is shown in any case, cut where it has to be.
            guard shown.count < 2 || used <= available else { break }
            shown.append(index)
            demands.append(demand)
        }
        return (shown, demands)
    }

    mutating func lastColumnOffset(width: Int) -> Int {
        let available = width - min(gutter, width)
        let count = columns.count
        guard count > 1, byPriority(available).shown.count < count else { return 0 }
        return (1..<count).first { behind($0, available).shown.last == count - 1 } ?? count - 1
    }
}

/// A column without the type of its rows.
private struct TableColumn {
    let titleWidth: Int
    let priority: Int
    let alignment: Alignment
    let width: ColumnWidth

    init<Row>(_ column: Column<Row>) {
        titleWidth = TextWidth.width(of: column.title)
        priority = column.priority
        alignment = column.alignment
        width = column.width
    }
}
