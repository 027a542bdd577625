internal import AzureCore
internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// The workspaces the identity can read, over all subscriptions; one that refuses has a row that says why.
    func drawWorkspaces(in rect: Rect, of frame: inout CellBuffer) {
        let rows = state.workspaceRows
        let feed = feed(of: .workspaces)
        var facts: [Span] = []
        if !rows.isEmpty { facts.append(Span(Format.count(rows.count) + " · ", .muted)) }
        facts += feed.failure.map { [Span("▲ " + wording.headline($0), .warning)] } ?? [Span(ageText(feed), .muted)]
        frame.drawBox(
            rect,
            style: .focusedBorder,
            topLeading: [Span(texts[.workspacesTitle], .title)],
            topTrailing: facts,
            bottomLeading: [],
            bottomTrailing: []
        )
        let inner = rect.inset(by: 1)
        guard !rows.isEmpty else {
            let text = texts[feed.receivedAt == nil ? .workspacesReading : .workspacesNone]
            drawEmpty(text, failure: feed.failure, in: inner, of: &frame)
            return
        }
        let height = max(1, inner.height - 1)
        let start = ScrollWindow.offset(
            selected: state.directory.selection,
            count: rows.count,
            height: height,
            previous: state.directory.selection - height / 2
        )
        let range = start..<min(rows.count, start + height)
        let table = Table(
            columns: workspaceColumns,
            rows: rows[range],
            selectedIndex: state.directory.selection - start,
            spacing: 2
        )
        table.draw(in: inner, of: &frame, isFocused: true, showsHeader: true)
    }

    private var workspaceColumns: [Column<WorkspaceRow>] {
        [
            Column(id: "name", title: texts[.columnName], width: .fit(min: 12, max: 40)) { [self] in nameCell($0) },
            Column(id: "group", title: texts[.columnGroup], priority: 3, width: .fit(min: 8, max: 30)) {
                guard case .workspace(let entry) = $0 else { return [] }
                return [Span(entry.address.resourceGroup, .muted)]
            },
            Column(id: "location", title: texts[.columnLocation], priority: 4, width: .fit(min: 6, max: 16)) {
                guard case .workspace(let entry) = $0 else { return [] }
                return [Span(entry.location, .muted)]
            },
            Column(id: "subscription", title: texts[.columnSubscription], priority: 2, width: .fill(min: 16)) {
                [self] in subscriptionCell($0)
            },
        ]
    }

    private func nameCell(_ row: WorkspaceRow) -> [Span] {
        switch row {
        case .workspace(let entry):
            let isShown = entry.address.id == state.workspaceAddress.id
            return [Span(isShown ? "● " : "  ", .good), Span(entry.address.name, isShown ? .strong : .text)]
        case .refusal:
            return [Span("▲ ", .warning), Span(texts[.workspacesRefused], .warning)]
        }
    }

    private func subscriptionCell(_ row: WorkspaceRow) -> [Span] {
        switch row {
        case .workspace(let entry):
            [Span(entry.subscriptionName ?? entry.address.subscriptionID, .text)]
        case .refusal(let refusal):
            [Span(refusal.subscriptionName, .text), Span(" · " + wording.why(refusal.error), .warning)]
        }
    }
}
