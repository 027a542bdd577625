internal import AzureML
internal import TerminalUI

extension DashboardState {
    /// The rows of a pane that are on the screen and the text of each, without border, marker and spaces at its ends.
    func linesOnScreen(of pane: Pane) -> [(mark: Mark, line: String)] {
        let layout = HomeLayout(self)
        guard let rect = layout.panes[pane] else { return [] }
        let context = ViewContext(state: self, texts: Catalogue(language), layout: layout)
        var frame = CellBuffer(size: size)
        context.draw(pane, in: rect, of: &frame)
        let count = context.rowCount(of: pane)
        let range = visibleRange(of: pane, count: count, layout: layout)
        let top = rect.y + (layout.hasBorders ? 1 : 0) + (pane.hasColumnTitles(in: rect) ? 1 : 0)
        let margin = layout.hasBorders ? 1 : 0
        return range.enumerated().compactMap { row, position in
            guard let mark = mark(at: position, of: pane) else { return nil }
            let columns = rect.minX + margin + 2..<max(rect.minX + margin + 2, rect.maxX - margin)
            let text = columns.reduce(into: "") { $0 += frame[$1, top + row].text }
            return (mark, text.trimmingSpaces)
        }
    }

    fileprivate func mark(at position: Int, of pane: Pane) -> Mark? {
        switch pane {
        case .endpoints: .endpoint(records[shownEndpoints[position]].id)
        case .deployments, .traffic: selectedRecord?.deployments.map { .deployment($0[position].id) }
        case .credentials: nil
        case .log: .logRow(logRow(at: position).requestID)
        }
    }
}

extension ViewContext {
    /// Sets off the marked rows of a pane in the second column of the gutter.
    func drawMarks(of pane: Pane, in inner: Rect, of frame: inout CellBuffer) {
        guard state.markCount(of: pane) > 0, let rect = layout.panes[pane] else { return }
        let range = state.visibleRange(of: pane, count: rowCount(of: pane), layout: layout)
        let top = inner.y + (pane.hasColumnTitles(in: rect) ? 1 : 0)
        for (row, position) in range.enumerated() {
            guard let mark = state.mark(at: position, of: pane), state.marks.contains(mark) else { continue }
            frame.write("*", at: Point(x: inner.x + 1, y: top + row), in: inner, style: Style(.accent, bold: true))
        }
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
