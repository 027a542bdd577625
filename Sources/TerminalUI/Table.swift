/// The visible rows of a list, in columns that give way where room is short.
package struct Table<Row> {
    package var columns: [Column<Row>]
    /// The rows shown, from the top.
    package var rows: [Row]
    /// The selected row, as an index into `rows`.
    package var selectedIndex: Int?
    /// Stands before the selected row, one column wide.
    package var marker = "▸"
    /// Whether two columns on the left are kept for the marker.
    package var hasGutter = true
    /// Free columns between two columns of the table.
    package var spacing = 2

    package init(
        columns: [Column<Row>],
        rows: some Sequence<Row>,
        selectedIndex: Int? = nil,
        hasGutter: Bool = true,
        spacing: Int = 2
    ) {
        self.columns = columns
        self.rows = Array(rows)
        self.selectedIndex = selectedIndex
        self.hasGutter = hasGutter
        self.spacing = spacing
    }

    /// Draws the header and as many rows as fit.
    ///
    /// The selected row has a marker, and a band behind it while the table has the focus.
    package func draw(in rect: Rect, of buffer: inout CellBuffer, isFocused: Bool, showsHeader: Bool = true) {
        guard !rect.isEmpty else { return }
        let headerHeight = showsHeader ? 1 : 0
        let shown = rows.prefix(max(0, rect.height - headerHeight))
        let contents = columns.map { column in shown.map(column.value) }
        let places = placedColumns(in: rect, contents: contents)
        if showsHeader { drawHeader(in: rect.row(0), places: places, of: &buffer) }
        for index in shown.indices {
            let line = rect.row(index + headerHeight)
            for (column, place) in places {
                let room = Rect(x: place.x, y: line.y, width: place.width, height: 1)
                buffer.write(contents[column][index], in: room, alignment: columns[column].alignment)
            }
            if index == selectedIndex { mark(line, isFocused: isFocused, of: &buffer) }
        }
    }

    /// The ids of the columns that a width of `width` cells has room for, in order.
    package func shownColumns(width: Int) -> [String] {
        let contents = columns.map { column in rows.map(column.value) }
        return placedColumns(in: Rect(x: 0, y: 0, width: width, height: 1), contents: contents).map { columns[$0.0].id }
    }

    private func placedColumns(in rect: Rect, contents: [[[Span]]]) -> [(Int, Rect)] {
        let gutter = min(hasGutter ? 2 : 0, rect.width)
        let demands = zip(columns, contents).map { column, cells in demand(of: column, contents: cells) }
        let widths = ColumnDemand.widths(of: demands, available: rect.width - gutter, spacing: spacing)
        var x = rect.x + gutter
        var places: [(Int, Rect)] = []
        for (index, width) in widths.enumerated() {
            guard let width, width > 0 else { continue }
            places.append((index, Rect(x: x, y: rect.y, width: width, height: 1).intersection(rect)))
            x += width + spacing
        }
        return places
    }

    private func demand(of column: Column<Row>, contents: [[Span]]) -> ColumnDemand {
        switch column.width {
        case .fixed(let width):
            return ColumnDemand(priority: column.priority, minimum: width, natural: width, isFilling: false)
        case .fill(let minimum):
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: minimum, isFilling: true)
        case .fit(let minimum, let maximum):
            let widest = contents.reduce(TextWidth.width(of: column.title)) { max($0, $1.width) }
            let natural = max(minimum, min(maximum, widest))
            return ColumnDemand(priority: column.priority, minimum: minimum, natural: natural, isFilling: false)
        }
    }

    private func drawHeader(in line: Rect, places: [(Int, Rect)], of buffer: inout CellBuffer) {
        for (column, place) in places {
            let room = Rect(x: place.x, y: line.y, width: place.width, height: 1)
            buffer.write([Span(columns[column].title, .muted)], in: room, alignment: columns[column].alignment)
        }
    }

    private func mark(_ line: Rect, isFocused: Bool, of buffer: inout CellBuffer) {
        if hasGutter { buffer.write(marker, at: line.origin, in: line, style: isFocused ? .accent : .muted) }
        if isFocused { buffer.restyle(line) { $0.selected } }
    }
}

extension Table: Sendable where Row: Sendable {}
