internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// What was sent before, one a line.
    func draw(_ panel: ScoringHistoryPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        guard !rect.isEmpty else { return }
        let shown = panel.shown
        var title = [Span(texts[.pastTitle], .title)]
        if !panel.filter.isEmpty || panel.isTyping {
            title.append(Span("  /" + panel.filter + (panel.isTyping ? "▏" : ""), .accent))
        }
        let counts = "\(Format.count(shown.count))/\(Format.count(panel.records.count))"
        let inner = drawPanelFrame(
            title,
            facts: [Span(counts, .muted)],
            hint: hintSpans(Self.historyKeys, room: rect.width - 8),
            in: rect,
            isFocused: isFocused,
            of: &frame
        )
        guard !shown.isEmpty else {
            let text =
                panel.records.isEmpty ? texts[.pastNone] : texts.text(.pastNoMatch, ["filter": panel.filter])
            for (row, piece) in wrapped(text, width: inner.width).prefix(inner.height).enumerated() {
                frame.write([Span(piece, .muted)], in: inner.row(row))
            }
            return
        }
        let columns = HistoryColumn.shown(in: inner.width)
        frame.write(columns.flatMap { fitted([Span(texts[$0.title], .muted)], $0.width) }, in: inner.row(0))
        let list = Rect(x: inner.x, y: inner.y + 1, width: inner.width, height: max(0, inner.height - 2))
        let offset = ScrollWindow.offset(
            selected: panel.selected,
            count: shown.count,
            height: list.height,
            previous: panel.top
        )
        for (row, index) in ScrollWindow(offset: offset).range(count: shown.count, height: list.height).enumerated() {
            let record = shown[index]
            frame.write(columns.flatMap { fitted(cell($0, record, panel), $0.width) }, in: list.row(row))
            if index == panel.selected { frame.restyle(list.row(row)) { $0.selected } }
        }
        frame.write(historyFooter(panel), in: inner.row(inner.height - 1))
    }

    private static let historyKeys: [(key: Key, text: TextKey)] = [
        (.enter, .pastHintOpen), (.character("r"), .pastHintRerun), (.character(" "), .pastHintMark),
        (.character("c"), .pastHintCompare), (.character("/"), .pastHintSearch), (.character("x"), .pastHintDelete),
        (.escape, .pastHintClose),
    ]

    private func historyFooter(_ panel: ScoringHistoryPanel) -> [Span] {
        if panel.deleting != nil { return [Span("▲ " + texts[.pastDelete], Style(.warning, bold: true))] }
        guard let record = panel.current else { return [] }
        var spans = [Span(record.id, .muted)]
        if record.answer == nil {
            spans.append(Span("   " + texts.text(.pastFailed, ["kind": record.failure ?? "?"]), .alert))
        }
        if record.requestBody == nil, record.requestByteCount > 0 {
            spans.append(Span("   " + texts[.pastNoBody], .warning))
        }
        return spans
    }

    private func cell(_ column: HistoryColumn, _ record: ScoringRecord, _ panel: ScoringHistoryPanel) -> [Span] {
        switch column.kind {
        case .when:
            let mark = panel.marks.firstIndex(of: record.id).map { ["①", "②"][$0] + " " } ?? "  "
            return [Span(mark, .accent), Span(Format.dateTime(record.sentAt, in: state.zone), .muted)]
        case .status:
            guard let answer = record.answer else {
                return [Span("✗ " + (record.failure ?? "?"), .alert)]
            }
            var spans = [Span("\(answer.status)", Style(AnswerLayout.ink(of: answer.status), bold: true))]
            if let model = answer.modelStatus { spans.append(Span(" → \(model)", .alert)) }
            return spans
        case .deployment:
            let how = texts[record.pinnedDeployment == nil ? .answerRouted : .answerPinned]
            let name = record.answer?.deployment ?? record.pinnedDeployment ?? "–"
            return [Span(name, .accent), Span(" (\(how))", .muted)]
        case .time: return [Span(record.answer.map { Format.span($0.duration) } ?? "–")]
        case .sent: return [Span(Format.bytes(record.requestByteCount))]
        case .received: return [Span(record.answer == nil ? "–" : Format.bytes(record.answerByteCount))]
        case .credential: return [Span(texts[record.credential.label], .muted)]
        case .id: return [Span(record.answer?.requestID ?? "", .muted)]
        }
    }
}

/// A column of the history.
private struct HistoryColumn {
    enum Kind { case when, status, deployment, time, sent, received, credential, id }

    var kind: Kind
    var title: TextKey
    var width: Int

    /// Those that there is room for, the least needed left out; the deployment takes what is left.
    static func shown(in width: Int) -> [HistoryColumn] {
        var columns = [
            HistoryColumn(kind: .when, title: .pastColumnWhen, width: 22),
            HistoryColumn(kind: .status, title: .pastColumnStatus, width: 15),
            HistoryColumn(kind: .deployment, title: .pastColumnDeployment, width: 18),
            HistoryColumn(kind: .time, title: .pastColumnTime, width: 10),
        ]
        let more = [
            HistoryColumn(kind: .received, title: .pastColumnReceived, width: 10),
            HistoryColumn(kind: .sent, title: .pastColumnSent, width: 9),
            HistoryColumn(kind: .credential, title: .pastColumnCredential, width: 23),
            HistoryColumn(kind: .id, title: .detailsRequestID, width: 38),
        ]
        var left = width - columns.reduce(0) { $0 + $1.width }
        for column in more where column.width <= left {
            columns.append(column)
            left -= column.width
        }
        columns[2].width += max(0, min(left, 24))
        return columns
    }
}
