internal import TerminalUI

extension ViewContext {
    /// Says in the border, beside the first line, on which sides a pane has columns that are out of sight.
    func mark(_ hidden: HiddenColumns, of pane: Pane, in rect: Rect, of frame: inout CellBuffer) {
        guard layout.hasBorders, rect.height >= 3 else { return }
        let style: Style = state.focus == pane ? .accent : .muted
        if hidden.areOnTheLeft { frame.write("◂", at: Point(x: rect.x, y: rect.y + 1), in: rect, style: style) }
        if hidden.areOnTheRight { frame.write("▸", at: Point(x: rect.maxX - 1, y: rect.y + 1), in: rect, style: style) }
    }

    /// How far the columns of a pane are moved by one more step; 0 where all are in sight.
    func columnOffset(of pane: Pane, movedBy step: Int) -> Int {
        guard let rect = layout.panes[pane] else { return 0 }
        let width = inside(rect).width
        switch pane {
        case .endpoints: return endpointTable(width: width).columnOffset(movedBy: step, width: width)
        case .deployments:
            guard let deployments = state.selectedRecord?.deployments else { return 0 }
            return deploymentTable(deployments).columnOffset(movedBy: step, width: width)
        case .traffic: return hidesNotes(width: width) && step > 0 ? 1 : 0
        case .credentials: return credentialTable(width: width).columnOffset(movedBy: step, width: width)
        case .log: return logTable(width: width).columnOffset(movedBy: step, width: width)
        }
    }
}

extension DashboardState {
    /// Moves the columns of the focused pane, but no further than where the last one is in sight.
    mutating func scrollColumns(by step: Int) {
        let context = ViewContext(state: self, texts: Catalogue(language), layout: HomeLayout(self))
        let offset = context.columnOffset(of: focus, movedBy: step)
        columnOffsets[focus] = offset > 0 ? offset : nil
    }
}
