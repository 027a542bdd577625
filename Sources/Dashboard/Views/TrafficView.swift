internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// Pane 3: how the selected endpoint's traffic is to be split, beside how it was seen to be.
    func drawTraffic(in rect: Rect, of frame: inout CellBuffer) {
        let record = state.selectedRecord
        let inner = drawFrame(
            of: .traffic,
            in: rect,
            title: .paneTraffic,
            subject: record?.endpoint.name,
            facts: [Span(texts[.trafficConfigured], .faint)],
            of: &frame
        )
        guard let record, let deployments = record.deployments, !deployments.isEmpty else {
            let text = record?.deployments == nil ? emptyDeploymentsText(record) : texts[.emptyTraffic]
            drawEmpty(text, failure: nil, in: inner, of: &frame)
            return
        }
        let range = state.visibleRange(of: .traffic, count: deployments.count, layout: layout)
        let names = deployments.map(\.deployment.name)
        let nameWidth = nameWidth(deployments)
        if !hasRoomForNote(width: inner.width, nameWidth: nameWidth) {
            let isScrolled = (state.columnOffsets[.traffic] ?? 0) > 0
            let hidden = HiddenColumns(areOnTheLeft: isScrolled, areOnTheRight: !isScrolled)
            mark(hidden, of: .traffic, in: rect, of: &frame)
        }
        let seen = seenShares(record)
        for (row, index) in range.enumerated() {
            let isSelected = state.focus == .traffic && deployments[index].id == state.selectedDeployment
            let line = inner.row(row)
            drawShare(of: names[index], record, nameWidth: nameWidth, seen: seen, in: line, of: &frame)
            if isSelected {
                frame.write("▸", at: line.origin, in: line, style: .accent)
                frame.restyle(line) { $0.selected }
            }
        }
        drawMarks(of: .traffic, in: inner, of: &frame)
        dimIfStale(.traffic, in: inner, of: &frame)
    }

    private func nameWidth(_ deployments: [DeploymentRecord]) -> Int {
        min(24, deployments.reduce(0) { max($0, TextWidth.width(of: $1.deployment.name)) })
    }

    private func hasRoomForNote(width: Int, nameWidth: Int) -> Bool { width >= nameWidth + 40 }

    /// Whether what was seen of the traffic comes into sight only by moving the columns.
    func hidesNotes(width: Int) -> Bool {
        guard let deployments = state.selectedRecord?.deployments, !deployments.isEmpty else { return false }
        return !hasRoomForNote(width: width, nameWidth: nameWidth(deployments))
    }

    private func drawShare(
        of name: String,
        _ record: EndpointRecord,
        nameWidth: Int,
        seen: [String: Int],
        in line: Rect,
        of frame: inout CellBuffer
    ) {
        let percent = record.endpoint.traffic[name] ?? 0
        let mirror = record.endpoint.mirrorTraffic[name] ?? 0
        let note = shareNote(name, mirror: mirror, seen: seen)
        let hasNote = hasRoomForNote(width: line.width, nameWidth: nameWidth)
        // The columns moved: the note has the bar's place.
        let isScrolled = !hasNote && (state.columnOffsets[.traffic] ?? 0) > 0
        let parts = line.inset(dx: 2).columns(
            [
                .fixed(nameWidth), .fixed(5), .fill(isScrolled ? 0 : 1),
                isScrolled ? .fill(1) : .fixed(hasNote ? min(24, line.width / 3) : 0),
            ],
            spacing: 1
        )
        let style = Style.deployment(name)
        frame.write([Span(name, style)], in: parts[0])
        frame.write([Span("\(percent) %", percent > 0 ? .strong : .muted)], in: parts[1], alignment: .trailing)
        let bar = Bar.text(fraction: Double(percent) / 100, width: parts[2].width)
        let mark = String(repeating: "░", count: mirror > 0 ? max(1, parts[2].width * mirror / 100) : 0)
        frame.write([percent > 0 ? Span(bar, style) : Span(mark, style)], in: parts[2])
        frame.write([Span(note, .muted)], in: parts[3])
    }

    private func shareNote(_ name: String, mirror: Int, seen: [String: Int]) -> String {
        if mirror > 0 { return texts.text(.valueMirror, ["percent": "\(mirror)"]) }
        let total = seen.values.reduce(0, +)
        guard total > 0 else { return "" }
        let share = Double(seen[name] ?? 0) / Double(total)
        return texts.text(.valueSeen, ["percent": Format.percent(share), "count": Format.count(total)])
    }

    /// Requests seen by deployment in the log's window; mirrored ones are not among them.
    private func seenShares(_ record: EndpointRecord) -> [String: Int] {
        var seen: [String: Int] = [:]
        let mirrored = record.endpoint.mirrorTraffic.filter { $0.value > 0 }
        for aggregate in state.aggregates[record.id] ?? [] where mirrored[aggregate.deploymentName] == nil {
            seen[aggregate.deploymentName, default: 0] += aggregate.requests
        }
        return seen
    }
}
