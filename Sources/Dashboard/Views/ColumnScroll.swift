internal import TerminalUI

extension ViewContext {
    /// Says in the border, beside the first line, on which sides a pane has columns that are out of sight.
    func mark(_ hidden: HiddenColumns, of pane: Pane, in rect: Rect, of frame: inout CellBuffer) {
        guard layout.hasBorders, rect.height >= 3 else { return }
        let style: Style = state.focus == pane ? .accent : .muted
        if hidden.areOnTheLeft { frame.write("◂", at: Point(x: rect.x, y: rect.y + 1), in: rect, style: style) }
        if hidden.areOnTheRight { frame.write("▸", at: Point(x: rect.maxX - 1, y: rect.y + 1), in: rect, style: style) }
    }

    /// The most columns that can be left out on the left of a pane; 0 where all are in sight.
    func mostHiddenColumns(of pane: Pane) -> Int {
        guard let rect = layout.panes[pane] else { return 0 }
        let width = inside(rect).width
        switch pane {
        case .endpoints: return endpointTable(width: width).mostHiddenColumns(width: width)
        case .deployments:
            guard let deployments = state.selectedRecord?.deployments else { return 0 }
            return deploymentTable(deployments).mostHiddenColumns(width: width)
        case .traffic: return hidesNotes(width: width) ? 1 : 0
        case .credentials: return credentialTable(width: width).mostHiddenColumns(width: width)
        case .log: return logTable(width: width).mostHiddenColumns(width: width)
        }
    }
}

extension DashboardState {
    /// Moves the columns of the focused pane, but no further than where the last one is in sight.
    mutating func scrollColumns(by step: Int) {
        let context = ViewContext(state: self, texts: Catalogue(language), layout: HomeLayout(self))
        let most = context.mostHiddenColumns(of: focus)
        let hidden = min(hiddenColumns[focus] ?? 0, most) + step
        hiddenColumns[focus] = hidden > 0 ? min(hidden, most) : nil
    }
}
