internal import TerminalUI

/// Where the parts of the home screen are, for a size and what is to be shown.
///
/// From 100×30 on all five panes are there; below, the endpoints and one companion; below 40×12 one pane without
/// borders, so that something sensible stands even at 20×5.
struct HomeLayout {
    var header = Rect.zero
    var footer = Rect.zero
    /// The line that names the panes, where not all are on the screen.
    var tabs = Rect.zero
    /// The line below the header that says which credential is about to fail; empty without one.
    var alert = Rect.zero
    var panes: [Pane: Rect] = [:]
    var hasBorders = true

    init(_ state: DashboardState) {
        let area = Rect(x: 0, y: 0, width: state.size.width, height: state.size.height)
        guard !area.isEmpty else { return }
        if area.height < 12 || area.width < 40 {
            layOutTiny(area, state)
        } else if state.isZoomed {
            let bands = area.rows([.fixed(1), .fixed(alertHeight(state)), .fill(1), .fixed(1)])
            (header, alert, footer) = (bands[0], bands[1], bands[3])
            panes[state.focus] = bands[2]
        } else if area.height < 30 || area.width < 100 {
            layOutNarrow(area, state)
        } else {
            layOutWide(area, state)
        }
    }

    /// The rows of content a pane has room for, without border and column titles; 0 when it is not on the screen.
    func rowCount(of pane: Pane) -> Int {
        guard let rect = panes[pane] else { return 0 }
        let content = rect.height - (hasBorders ? 2 : 0)
        return max(0, content - (pane.hasColumnTitles(in: rect) ? 1 : 0))
    }

    private func alertHeight(_ state: DashboardState) -> Int { state.alert == nil ? 0 : 1 }

    private mutating func layOutTiny(_ area: Rect, _ state: DashboardState) {
        hasBorders = false
        let bands = area.rows([.fixed(area.height > 1 ? 1 : 0), .fill(1), .fixed(area.height > 4 ? 1 : 0)])
        (header, footer) = (bands[0], bands[2])
        panes[state.focus] = bands[1]
    }

    private mutating func layOutNarrow(_ area: Rect, _ state: DashboardState) {
        let bands = area.rows([.fixed(1), .fixed(alertHeight(state)), .fill(1), .fixed(1), .fixed(1)])
        (header, alert, tabs, footer) = (bands[0], bands[1], bands[3], bands[4])
        let body = bands[2]
        // Without rows there is something to explain, and that takes room.
        let wanted = state.records.isEmpty ? body.height / 2 : max(4, state.records.count + 3)
        let halves = body.rows([.fixed(min(wanted, body.height * 11 / 21)), .fill(1)])
        panes[.endpoints] = halves[0]
        panes[state.companion] = halves[1]
    }

    private mutating func layOutWide(_ area: Rect, _ state: DashboardState) {
        let bands = area.rows([.fixed(1), .fixed(alertHeight(state)), .fill(1), .fixed(1)])
        (header, alert, footer) = (bands[0], bands[1], bands[3])
        let body = bands[2]
        let endpointsHeight = min(max(12, state.records.count + 3), body.height * 9 / 20)
        let middleHeight = min(max(11, body.height * 3 / 10), 16)
        let rows = body.rows([.fixed(endpointsHeight), .fixed(middleHeight), .fill(1)])
        panes[.endpoints] = rows[0]
        panes[.log] = rows[2]
        let columns = rows[1].columns([.fill(3), .fill(2)])
        let left = columns[0].rows([.fixed(middleHeight - middleHeight * 5 / 11), .fill(1)])
        panes[.deployments] = left[0]
        panes[.traffic] = left[1]
        panes[.credentials] = columns[1]
    }
}

extension Pane {
    /// Whether the first line of its content names the columns; a pane of two lines has better use for them.
    func hasColumnTitles(in rect: Rect) -> Bool {
        switch self {
        case .endpoints, .deployments: rect.height >= 3
        case .log: rect.height >= 16
        case .traffic, .credentials: false
        }
    }
}
