internal import CNCurses
package import TerminalUI

extension CursesTerminal {
    /// Shows a frame: only the cells that differ from the frame before are handed on, in one go.
    ///
    /// A frame of another size than the screen shows as far as both reach. With `erasingLast` the cells of the frame
    /// before are overwritten when this one stands, for frames with something in them that must not stay in memory.
    package func present(_ frame: CellBuffer, erasingLast: Bool = false) {
        guard isOpen else { return }
        defer { if erasingLast { eraseLine() } }
        let isFresh = shown?.size != frame.size
        if isFresh { cncurses_erase() }
        let width = min(size.width, frame.size.width)
        for row in 0..<min(size.height, frame.size.height) where width > 0 {
            if isFresh {
                put(frame, row: row, columns: 0..<width)
            } else if let columns = changedColumns(of: frame, row: row, width: width) {
                put(frame, row: row, columns: columns)
            }
        }
        if erasingLast { shown?.erase() }
        shown = frame
        if let cursor = frame.cursor, Rect(x: 0, y: 0, width: size.width, height: size.height).contains(cursor) {
            cncurses_show_cursor(Int32(cursor.x), Int32(cursor.y))
        } else {
            cncurses_hide_cursor()
        }
        cncurses_flush()
    }

    /// Overwrites the cells that were handed to curses last, and what older rows left behind them.
    private func eraseLine() {
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: repeatElement(cncurses_cell(), count: line.capacity))
        line.removeAll(keepingCapacity: true)
    }

    /// The columns from the first to the last that changed, whole graphemes only; nil where nothing did.
    private func changedColumns(of frame: CellBuffer, row: Int, width: Int) -> Range<Int>? {
        guard let shown else { return 0..<width }
        return frame.changedColumns(since: shown, row: row, width: width)
    }

    private func put(_ frame: CellBuffer, row: Int, columns: Range<Int>) {
        let start = row * frame.size.width
        line.removeAll(keepingCapacity: true)
        frame.cells.withUnsafeBufferPointer { cells in
            var isLeftHalfShown = false
            // Replaced, a wide grapheme keeps its two columns.
            var rightHalf: UInt32 = 0x20
            for column in columns {
                let cell = cells[start + column]
                if cell.width == 0 {
                    append(base: isLeftHalfShown ? 0 : rightHalf, style: cell.style)
                    continue
                }
                // The right half of the last one would be beyond the screen's edge.
                let hasRoom = column + cell.width <= columns.upperBound
                let base = hasRoom ? glyph(for: cell) : 0x20
                isLeftHalfShown = cell.width == 2 && base == cell.base
                rightHalf = hasRoom && isASCII ? base : 0x20
                if base == cell.base, !isASCII {
                    append(base: base, firstMark: cell.firstMark, secondMark: cell.secondMark, style: cell.style)
                } else {
                    append(base: base, style: cell.style)
                }
            }
        }
        cncurses_put(Int32(columns.lowerBound), Int32(row), line, Int32(line.count))
    }

    private func append(base: UInt32, firstMark: UInt32 = 0, secondMark: UInt32 = 0, style: Style) {
        let look = look(of: style)
        line.append(
            cncurses_cell(
                base: base,
                first_mark: firstMark,
                second_mark: secondMark,
                attributes: look.attributes,
                pair: look.pair
            )
        )
    }

    /// The base to send for a cell: its own, or one that every terminal like this one can show in one column.
    private func glyph(for cell: Cell) -> UInt32 {
        if cell.base < 0x80, cell.firstMark == 0 { return cell.base }
        if isASCII { return ASCIIGlyphs.substitute(for: cell.base) }
        return isAgreed(cell) ? cell.base : 0x25AF
    }

    /// Whether curses will count the same columns for a cell as the frame does; its tables may be older or newer.
    private func isAgreed(_ cell: Cell) -> Bool {
        if 0x2500...0x25FC ~= cell.base { return cell.firstMark == 0 }
        return Int(cncurses_width(cell.base)) == cell.width
            && (cell.firstMark == 0 || cncurses_width(cell.firstMark) == 0)
            && (cell.secondMark == 0 || cncurses_width(cell.secondMark) == 0)
    }

    private func look(of style: Style) -> (attributes: UInt16, pair: UInt16) {
        if let known = looks[style.code] { return known }
        let look = palette.look(of: style)
        let made = (look.attributes, pair(for: look.colors))
        looks[style.code] = made
        return made
    }

    /// The number of a pair of colours; 0, the terminal's own, where the terminal has no more.
    func pair(for colors: Palette.ColorPair) -> UInt16 {
        if colors == Palette.ColorPair() { return 0 }
        if let known = pairs[colors] { return known }
        let number = UInt16(pairs.count + 1)
        let isSet = cncurses_set_pair(Int32(number), colors.foreground, colors.background)
        pairs[colors] = isSet ? number : 0
        return isSet ? number : 0
    }
}
