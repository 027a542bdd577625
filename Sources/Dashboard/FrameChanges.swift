package import TerminalUI

/// What of the screen may differ from the last frame.
package struct FrameChanges: Equatable, Sendable {
    /// Anything may.
    package private(set) var areEverywhere = true
    /// Only these panes, and the footer.
    package private(set) var panes: Set<Pane> = []

    package init() {}

    package static let none: FrameChanges = {
        var changes = FrameChanges()
        changes.areEverywhere = false
        return changes
    }()

    mutating func addEverything() { areEverywhere = true }
    mutating func add(_ panes: [Pane]) { self.panes.formUnion(panes) }
}

extension DashboardState {
    /// The panes that a move of the selection within a pane can change; nil where it can change more.
    var panesThatFollow: [Pane]? {
        guard views.isEmpty, dialog == nil, prompt == nil, notice == nil else { return nil }
        switch focus {
        case .endpoints: return logFollowsSelection ? nil : [.endpoints, .deployments, .traffic]
        case .deployments, .traffic: return [.deployments, .traffic]
        case .credentials: return [.credentials]
        case .log: return [.log]
        }
    }
}

/// Draws one frame after another, and takes over from the last what cannot have changed since.
///
/// What it draws is what `render` draws; moving through a list is only faster.
package struct Renderer {
    private var last: CellBuffer?

    package init() {}

    package mutating func frame(of state: DashboardState, texts: Catalogue) -> CellBuffer {
        let frame = partialFrame(of: state, texts: texts) ?? render(state, texts: texts)
        last = frame
        return frame
    }

    private mutating func partialFrame(of state: DashboardState, texts: Catalogue) -> CellBuffer? {
        guard !state.changes.areEverywhere, let last, last.size == state.size else { return nil }
        guard !state.changes.panes.isEmpty else { return last }
        let layout = HomeLayout(state)
        let context = ViewContext(state: state, texts: texts, layout: layout)
        var frame = last
        // Drawn into in place: nobody else holds the cells any more.
        self.last = nil
        for pane in state.changes.panes {
            guard let rect = layout.panes[pane] else { continue }
            frame.fill(rect)
            context.draw(pane, in: rect, of: &frame)
        }
        frame.fill(layout.footer)
        context.drawFooter(in: layout.footer, of: &frame)
        return frame
    }
}
