internal import AzureCore
internal import AzureML
internal import TerminalUI

extension DashboardState {
    /// Makes the selection valid again and keeps it in sight, whatever just happened.
    mutating func settle() {
        if selectedEndpointPosition == nil, let first = shownEndpoints.first {
            selectedEndpoint = records[first].id
            selectedDeployment = nil
            if logFollowsSelection { arrangeLog() }
        }
        if let selectedEndpoint, recordIndex[selectedEndpoint] == nil { self.selectedEndpoint = nil }
        if let deployments = selectedRecord?.deployments, !deployments.contains(where: { $0.id == selectedDeployment })
        {
            selectedDeployment = deployments.first?.id
        }
        let layout = HomeLayout(self)
        follow(selectedEndpointPosition, in: .endpoints, count: shownEndpoints.count, layout)
        let deployments = selectedRecord?.deployments ?? []
        let deployment = deployments.firstIndex { $0.id == selectedDeployment }
        follow(deployment, in: .deployments, count: deployments.count, layout)
        follow(deployment, in: .traffic, count: deployments.count, layout)
        let logPosition = selectedLogRowIndex
        selectedLogPosition = logPosition ?? 0
        follow(logPosition, in: .log, count: logRowCount, layout)
        let credential = selectedCredential.flatMap { id in credentialRows.firstIndex { $0.id == id } }
        follow(credential ?? 0, in: .credentials, count: credentialCount, layout)
        if let view = views.last { settle(view) }
        settleMarks()
    }

    private mutating func follow(_ selected: Int?, in pane: Pane, count: Int, _ layout: HomeLayout) {
        let height = layout.rowCount(of: pane)
        guard height > 0 else { return }
        let target = ScrollTarget.pane(pane)
        scroll[target] = ScrollWindow.offset(
            selected: selected,
            count: count,
            height: height,
            previous: scroll[target] ?? 0
        )
    }

    /// The rows of the endpoints pane that are on the screen, as indices into `records`.
    var visibleRecords: [Int] {
        Array(shownEndpoints[visibleRange(of: .endpoints, count: shownEndpoints.count, layout: HomeLayout(self))])
    }

    /// Where the selected endpoint stands among those that are shown; nil when it is not.
    var selectedEndpointPosition: Int? {
        selectedEndpoint.flatMap { recordIndex[$0] }.flatMap { shownEndpoints.firstIndex(of: $0) }
    }

    func visibleRange(of pane: Pane, count: Int, layout: HomeLayout) -> Range<Int> {
        let height = layout.rowCount(of: pane)
        let start = max(0, min(scroll[.pane(pane)] ?? 0, count - height))
        return start..<min(count, start + max(0, height))
    }
}
