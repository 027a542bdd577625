@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport

/// What holds of every state, whatever happened before.
extension RandomWalk {
    func violations() -> [String] {
        secretViolations() + selectionViolations() + scrollViolations() + listViolations() + requestViolations()
            + countViolations()
    }

    private func secretViolations() -> [String] {
        guard case .reveal(let reveal)? = state.dialog, case .shown(_, _, let until) = reveal.stage else { return [] }
        let left = until.timeIntervalSince(state.now)
        return (0.0001...RevealDialog.secondsShown).contains(left) ? [] : ["a secret is shown for \(left) s more"]
    }

    private func selectionViolations() -> [String] {
        var faults: [String] = []
        if let selected = state.selectedEndpoint {
            if state.recordIndex[selected] == nil { faults.append("the selected endpoint is unknown") }
            if !state.shownEndpoints.isEmpty, state.selectedEndpointPosition == nil {
                faults.append("the selected endpoint is not shown")
            }
        } else if !state.shownEndpoints.isEmpty {
            faults.append("no endpoint is selected although some are shown")
        }
        if let deployments = state.selectedRecord?.deployments {
            let isKnown = deployments.contains { $0.id == state.selectedDeployment }
            if isKnown == deployments.isEmpty { faults.append("the selected deployment is not one of the endpoint's") }
        }
        for mark in state.marks {
            if case .endpoint(let id) = mark, state.recordIndex[id] == nil { faults.append("what is gone is marked") }
        }
        if case .copy(let menu)? = state.dialog, !menu.entries.indices.contains(menu.selected) {
            faults.append("the menu has no entry \(menu.selected)")
        }
        if let row = state.selectedLogRow, !state.log.rows.contains(where: { $0.requestID == row }) {
            faults.append("the selected traffic row is gone")
        }
        if let index = state.selectedLogRowIndex, !(0..<state.logRowCount).contains(index) {
            faults.append("the selected traffic row is not shown")
        }
        return faults
    }

    private func scrollViolations() -> [String] {
        var faults: [String] = []
        let layout = HomeLayout(state)
        let counts: [Pane: Int] = [
            .endpoints: state.shownEndpoints.count, .deployments: state.selectedRecord?.deployments?.count ?? 0,
            .traffic: state.selectedRecord?.deployments?.count ?? 0, .credentials: state.credentialRows.count,
            .log: state.logRowCount,
        ]
        for (pane, count) in counts {
            let range = state.visibleRange(of: pane, count: count, layout: layout)
            if range.lowerBound < 0 || range.upperBound > count { faults.append("\(pane) shows \(range) of \(count)") }
            let height = layout.rowCount(of: pane)
            let offset = state.scroll[.pane(pane)] ?? 0
            if height > 0, !(0...max(0, count - height)).contains(offset) {
                faults.append("\(pane) is scrolled to \(offset) with \(count) rows and room for \(height)")
            }
        }
        return faults + viewViolations()
    }

    private func viewViolations() -> [String] {
        guard let view = state.views.last else { return state.search == nil ? [] : ["a search without a view"] }
        var faults: [String] = []
        let (lines, height) = state.textLines(of: view)
        let offset = state.scroll[.view(view)] ?? 0
        if !(0...max(0, lines.count - height)).contains(offset), height > 0 {
            faults.append("\(view) is scrolled to \(offset) of \(lines.count) lines with room for \(height)")
        }
        if state.isOutline, !lines.indices.contains(state.outlineLine) {
            faults.append("line \(state.outlineLine) of \(lines.count) is the current one of \(view)")
        }
        return faults
    }

    private func listViolations() -> [String] {
        var faults: [String] = []
        if Set(state.shownEndpoints).count != state.shownEndpoints.count { faults.append("an endpoint is shown twice") }
        if !state.shownEndpoints.allSatisfy(state.records.indices.contains) {
            faults.append("an endpoint shown is none")
        }
        if state.recordIndex.count != state.records.count { faults.append("the index of the endpoints is off") }
        for (index, record) in state.records.enumerated() where state.recordIndex[record.id] != index {
            faults.append("the index of the endpoints is wrong for \(record.id)")
        }
        if let shown = state.shownLogRows {
            let known = Set(state.log.order)
            if Set(shown).count != shown.count || !shown.allSatisfy(known.contains) {
                faults.append("rows shown are none")
            }
        }
        if state.log.rows.count > RecentTraffic.capacity { faults.append("too many rows are kept") }
        return faults
    }

    private func requestViolations() -> [String] {
        var faults: [String] = []
        for (number, source) in state.requestsInFlight where state.feeds[source]?.request != number {
            faults.append("request \(number) is in flight, but nobody waits for it")
        }
        for (source, feed) in state.feeds {
            if let number = feed.request, state.requestsInFlight[number] != source {
                faults.append("\(source) waits for request \(number), which is not in flight")
            }
            if let receivedAt = feed.receivedAt, receivedAt > state.now {
                faults.append("\(source) was read in the future")
            }
        }
        if let reads = state.budget.reads, reads.remaining < 0 { faults.append("the read budget is \(reads)") }
        for record in state.records {
            if let readAt = record.readAt, readAt > state.now { faults.append("\(record.id) was told in the future") }
        }
        return faults
    }

    private func countViolations() -> [String] {
        let summary = state.summary
        let counts = [
            summary.endpointCount, summary.deploymentCount, summary.unreadEndpointCount, summary.alertCount,
            summary.warningCount,
        ]
        if counts.contains(where: { $0 < 0 }) { return ["a count of the header is negative"] }
        return summary.endpointCount == state.records.count ? [] : ["the header counts other endpoints"]
    }

    // MARK: What is drawn

    mutating func violationsInFrame() -> [String] {
        if random.chance(20) {
            state.language = random.chance(50) ? .english : .korean
            // Any event settles what the other language's texts take in lines.
            play(.terminal(.focus(state.isFocused)))
        }
        let frame = render(state, texts: Catalogue(state.language))
        // What the program shows is drawn in part only, and must not differ from what is drawn anew.
        let shown = renderer.frame(of: state, texts: Catalogue(state.language))
        state.changes = .none
        var faults: [String] = []
        if shown != frame {
            let row = (0..<frame.size.height).first { shown.text(ofRow: $0) != frame.text(ofRow: $0) } ?? -1
            faults.append("row \(row) was not drawn anew: \(shown.text(ofRow: row)) for \(frame.text(ofRow: row))")
        }
        if frame.size != Size(width: max(0, state.size.width), height: max(0, state.size.height)) {
            faults.append("the frame has another size: \(frame.size)")
        }
        for y in 0..<frame.size.height {
            var x = 0
            while x < frame.size.width {
                let cell = frame[x, y]
                let isWhole =
                    cell.width == 1 || cell.width == 2 && x + 1 < frame.size.width && frame[x + 1, y].width == 0
                if !isWhole { faults.append("a torn cell at \(x), \(y): \(frame.text(ofRow: y))") }
                x += max(1, cell.width)
            }
        }
        if let cursor = frame.cursor, !frame.area.contains(cursor) { faults.append("the cursor is at \(cursor)") }
        return faults
    }
}
