internal import AzureCore
internal import AzureML
internal import TerminalUI

extension DashboardState {
    /// Makes the selection valid again and keeps it in sight, whatever just happened.
    mutating func settle() {
        if selectedEndpoint.flatMap({ recordIndex[$0] }) == nil {
            selectedEndpoint = records.first?.id
            selectedDeployment = nil
        }
        if let deployments = selectedRecord?.deployments, !deployments.contains(where: { $0.id == selectedDeployment })
        {
            selectedDeployment = deployments.first?.id
        }
        let layout = HomeLayout(self)
        follow(selectedEndpoint.flatMap { recordIndex[$0] }, in: .endpoints, count: records.count, layout)
        let deployments = selectedRecord?.deployments ?? []
        let deployment = deployments.firstIndex { $0.id == selectedDeployment }
        follow(deployment, in: .deployments, count: deployments.count, layout)
        follow(deployment, in: .traffic, count: deployments.count, layout)
        follow(selectedLogRowIndex, in: .log, count: log.rows.count, layout)
        let credential = selectedCredential.flatMap { id in credentialRows.firstIndex { $0.id == id } }
        follow(credential ?? 0, in: .credentials, count: credentialCount, layout)
        if let view = views.last, let offset = scroll[.view(view)] {
            scroll[.view(view)] = min(offset, lastOffset(of: view))
        }
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
    var visibleRecords: Range<Int> {
        visibleRange(of: .endpoints, count: records.count, layout: HomeLayout(self))
    }

    func visibleRange(of pane: Pane, count: Int, layout: HomeLayout) -> Range<Int> {
        let height = layout.rowCount(of: pane)
        let start = max(0, min(scroll[.pane(pane)] ?? 0, count - height))
        return start..<min(count, start + max(0, height))
    }

    /// The index of the selected traffic row; 0 while the pane follows the newest, nil without rows.
    var selectedLogRowIndex: Int? {
        guard !log.rows.isEmpty else { return nil }
        guard let selectedLogRow else { return 0 }
        if logRowHint < log.rows.count, log.rows[logRowHint].requestID == selectedLogRow { return logRowHint }
        return log.rows.firstIndex { $0.requestID == selectedLogRow } ?? 0
    }
}
