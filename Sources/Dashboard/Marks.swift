package import AzureCore
internal import AzureML

/// A row that is marked.
package enum Mark: Hashable, Sendable {
    case endpoint(ResourceID)
    case deployment(ResourceID)
    case logRow(String)

    /// The panes that have such rows.
    func isOf(_ pane: Pane) -> Bool {
        switch self {
        case .endpoint: pane == .endpoints
        case .deployment: pane == .deployments || pane == .traffic
        case .logRow: pane == .log
        }
    }
}

extension DashboardState {
    /// What the selected row of a pane would be marked as; nil without a row.
    func mark(at pane: Pane) -> Mark? {
        switch pane {
        case .endpoints: selectedEndpoint.map(Mark.endpoint)
        case .deployments, .traffic: selectedDeploymentRecord.map { .deployment($0.id) }
        case .credentials: nil
        case .log: selectedLogRowIndex.map { .logRow(logRow(at: $0).requestID) }
        }
    }

    /// Marks the selected row or takes its mark away, and goes on to the next, so that a run of rows is marked by
    /// holding the key.
    mutating func toggleMark() {
        guard let mark = mark(at: focus) else { return }
        if marks.remove(mark) == nil { marks.insert(mark) }
        move(.down)
    }

    func isMarked(_ mark: Mark) -> Bool { !marks.isEmpty && marks.contains(mark) }

    func markCount(of pane: Pane) -> Int { marks.isEmpty ? 0 : marks.count { $0.isOf(pane) } }
}
