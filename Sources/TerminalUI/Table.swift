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
    /// How far the columns are moved: at 0 the least wanted give way where room is short; from 1 on the first column is
    /// followed by the one at this index and by as many as fit, so that every one can come into sight.
    package var columnOffset = 0

    package init(
        columns: [Column<Row>],
        rows: some Sequence<Row>,
        selectedIndex: Int? = nil,
        hasGutter: Bool = true,
        spacing: Int = 2,
        columnOffset: Int = 0
    ) {
        self.columns = columns
        self.rows = Array(rows)
        self.selectedIndex = selectedIndex
        self.hasGutter = hasGutter
        self.spacing = spacing
        self.columnOffset = columnOffset
    }

    /// Draws the header and as many rows as fit.
    ///
    /// The selected row has a marker, and a band behind it while the table has the focus.
    ///
    /// - Returns: On which sides there are columns that are out of sight.
    @discardableResult
    package func draw(
        in rect: Rect,
        of buffer: inout CellBuffer,
        isFocused: Bool,
        showsHeader: Bool = true
    ) -> HiddenColumns {
        guard !rect.isEmpty else { return HiddenColumns() }
        let headerHeight = showsHeader ? 1 : 0
        var contents = TableContents(self, rowCount: max(0, rect.height - headerHeight), roomForEach: rect.width)
        let (places, hidden) = contents.layOut(width: rect.width)
        for (column, place) in places {
            let x = rect.x + place.lowerBound
            if showsHeader {
                let room = Rect(x: x, y: rect.y, width: place.count, height: 1).intersection(rect)
                buffer.write([Span(columns[column].title, .muted)], in: room, alignment: columns[column].alignment)
            }
            for row in 0..<contents.rowCount {
                let room = Rect(x: x, y: rect.y + headerHeight + row, width: place.count, height: 1)
                contents.place(column, row, in: room.intersection(rect), of: &buffer)
            }
        }
        if let selectedIndex, (0..<contents.rowCount).contains(selectedIndex) {
            mark(rect.row(selectedIndex + headerHeight), isFocused: isFocused, of: &buffer)
        }
        return hidden
    }

    /// The ids of the columns that a width of `width` cells has room for, in order.
    package func shownColumns(width: Int) -> [String] {
        var contents = TableContents(self, rowCount: rows.count, roomForEach: width)
        return contents.layOut(width: width).places.map { columns[$0.column].id }
    }

    /// The offset one step further, or the nearest at which other columns are shown; no further than the last.
    package func columnOffset(movedBy step: Int, width: Int) -> Int {
        let last = lastColumnOffset(width: width)
        var table = self
        table.columnOffset = min(columnOffset, last)
        let shown = table.shownColumns(width: width)
        repeat {
            table.columnOffset = max(0, min(last, table.columnOffset + step))
        } while table.columnOffset > 0 && table.columnOffset < last && table.shownColumns(width: width) == shown
        return table.columnOffset
    }

    /// The least offset at which the last column is in sight; 0 where all are without one.
    package func lastColumnOffset(width: Int) -> Int {
        var contents = TableContents(self, rowCount: rows.count, roomForEach: width)
        return contents.lastColumnOffset(width: width)
    }

    private func mark(_ line: Rect, isFocused: Bool, of buffer: inout CellBuffer) {
        if hasGutter { buffer.write(marker, at: line.origin, in: line, style: isFocused ? .accent : .muted) }
        if isFocused { buffer.restyle(line) { $0.selected } }
    }
}

extension Table: Sendable where Row: Sendable {}

/// On which sides of a table there are columns that are out of sight.
package struct HiddenColumns: Equatable, Sendable {
    package var areOnTheLeft = false
    package var areOnTheRight = false

    package init(areOnTheLeft: Bool = false, areOnTheRight: Bool = false) {
        self.areOnTheLeft = areOnTheLeft
        self.areOnTheRight = areOnTheRight
    }
}
