package import TerminalUI

/// Draws the state; the only way anything is drawn.
package func render(_ state: DashboardState, texts: Catalogue) -> CellBuffer {
    var frame = CellBuffer(size: state.size)
    let layout = HomeLayout(state)
    let context = ViewContext(state: state, texts: texts, layout: layout)
    context.drawHeader(in: layout.header, of: &frame)
    context.drawAlert(in: layout.alert, of: &frame)
    if let view = state.views.last {
        let body = context.bodyArea
        context.draw(view, in: body, of: &frame)
    } else {
        for (pane, rect) in layout.panes { context.draw(pane, in: rect, of: &frame) }
        context.drawTabs(in: layout.tabs, of: &frame)
    }
    context.drawFooter(in: layout.footer, of: &frame)
    context.drawDialog(of: &frame)
    return frame
}

/// What every view needs: the state, the texts, and where things are.
///
/// A class, so that the many closures of the tables share it instead of copying the state.
final class ViewContext: Sendable {
    let state: DashboardState
    let texts: Catalogue
    let layout: HomeLayout
    /// The rows of the endpoints pane, as indices into the records.
    let visibleRecords: [Int]

    init(state: DashboardState, texts: Catalogue, layout: HomeLayout) {
        self.state = state
        self.texts = texts
        self.layout = layout
        visibleRecords = state.visibleRecords
    }

    var wording: Wording { Wording(texts: texts) }

    /// All between header and footer.
    var bodyArea: Rect {
        let top = layout.header.height + layout.alert.height
        let bottom = layout.footer.isEmpty ? state.size.height : layout.footer.y
        return Rect(x: 0, y: top, width: state.size.width, height: bottom - top)
    }

    func draw(_ pane: Pane, in rect: Rect, of frame: inout CellBuffer) {
        switch pane {
        case .endpoints: drawEndpoints(in: rect, of: &frame)
        case .deployments: drawDeployments(in: rect, of: &frame)
        case .traffic: drawTraffic(in: rect, of: &frame)
        case .credentials: drawCredentials(in: rect, of: &frame)
        case .log: drawLog(in: rect, of: &frame)
        }
    }

    func draw(_ view: View, in rect: Rect, of frame: inout CellBuffer) {
        switch view {
        case .help: drawHelp(in: rect, of: &frame)
        case .workspaces: drawWorkspaces(in: rect, of: &frame)
        case .journal: drawJournal(in: rect, of: &frame)
        case .scoring: drawScoring(in: rect, of: &frame)
        case .endpoint, .deployment, .logRow, .token, .journalRotation: drawDetails(view, in: rect, of: &frame)
        }
    }
}
