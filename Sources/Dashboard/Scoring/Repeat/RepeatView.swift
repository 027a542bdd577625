internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// The plan, the question, and what comes of it.
    func draw(_ panel: RepeatPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        guard !rect.isEmpty else { return }
        var title = [Span(texts[.repeatTitle], .title), Span(" · ", .faint), Span(panel.endpoint, .strong)]
        if panel.isProduction { title.append(Span("  " + texts[.headerProduction], Style(.alert, bold: true))) }
        let hint = hintSpans(panel.hints, room: rect.width - 8)
        let inner = drawPanelFrame(title, hint: hint, in: rect, isFocused: isFocused, of: &frame)
        let lines =
            switch panel.stage {
            case .planning, .confirming: planLines(panel, width: inner.width)
            case .running, .over: resultLines(panel, width: inner.width)
            case .failed(let error): failureLines(error, width: inner.width)
            }
        for (row, line) in lines.lines.enumerated() where row < inner.height { frame.write(line, in: inner.row(row)) }
        guard let cursor = lines.cursor, isFocused else { return }
        let point = Point(x: min(inner.maxX - 1, inner.x + cursor.x), y: inner.y + cursor.y)
        if inner.contains(point) { frame.cursor = point }
    }

    // MARK: Planning

    private func planLines(_ panel: RepeatPanel, width: Int) -> (lines: [[Span]], cursor: Point?) {
        var lines: [[Span]] = [[]]
        var cursor: Point?
        let labels = [texts[.repeatLanes], texts[.repeatCount], texts[.repeatParallel]]
        let labelWidth = (labels.map { TextWidth.width(of: $0) }.max() ?? 0) + 3
        var lanes: [Span] = []
        for (index, lane) in panel.plan.lanes.enumerated() {
            if index > 0 { lanes.append(Span(" · ", .faint)) }
            lanes.append(Span(lane ?? texts[.repeatRouted], panel.plan.lanes.count > 1 ? .series(index) : .strong))
        }
        lines.append([Span("  " + padded(labels[0], labelWidth), .muted)] + lanes)
        let isPlanning = panel.stage == .planning
        func add(_ label: String, _ prompt: Prompt, _ field: RepeatPanel.Field) {
            let isFocused = isPlanning && panel.field == field
            if isFocused { cursor = Point(x: labelWidth + 2 + prompt.cursor, y: lines.count) }
            let isWrong = panel.wrongField == field
            lines.append([
                Span(isFocused ? "▸ " : "  ", .key), Span(padded(label, labelWidth), .muted),
                Span(padded(prompt.text, 6), Style(isWrong ? .alert : .strong, underlined: isFocused)),
            ])
        }
        add(labels[1], panel.countPrompt, .count)
        add(labels[2], panel.parallelPrompt, .parallel)
        lines.append([])
        let limits: KeyValuePairs = ["count": "\(RepeatPlan.mostRequests)", "parallel": "\(RepeatPlan.mostParallel)"]
        let total: KeyValuePairs = [
            "count": Format.count(panel.plan.requestCount), "size": Format.bytes(panel.plan.bodyBytes),
            "total": Format.bytes(panel.plan.bodyBytes * panel.plan.requestCount),
        ]
        let isWrong = panel.wrongField != nil
        lines += wrapped(texts.text(.repeatLimits, limits), width: width - 2).map {
            [Span("  " + $0, isWrong ? .alert : .muted)]
        }
        lines += wrapped(texts.text(.repeatTotal, total), width: width - 2).map { [Span("  " + $0)] }
        lines += wrapped(texts[.repeatCosts], width: width - 2).map { [Span("  " + $0, .muted)] }
        if panel.isProduction { lines.append([Span("▲ " + texts[.repeatProduction], Style(.alert, bold: true))]) }
        if case .confirming(let confirmation) = panel.stage {
            lines.append([])
            let question = confirmationLines(panel, confirmation, width: width)
            if let point = question.cursor { cursor = Point(x: point.x, y: lines.count + point.y) }
            lines += question.lines
        }
        return (lines, cursor)
    }

    private func confirmationLines(
        _ panel: RepeatPanel,
        _ confirmation: RepeatPanel.Confirmation,
        width: Int
    ) -> (lines: [[Span]], cursor: Point?) {
        let values: KeyValuePairs = ["count": Format.count(panel.plan.requestCount), "endpoint": panel.endpoint]
        let key: TextKey = confirmation == .yes ? .repeatAskYes : .repeatAskName
        var lines = wrapped(texts.text(key, values), width: width - 2).map {
            [Span("  " + $0, Style(.strong, bold: true))]
        }
        guard confirmation == .name else { return (lines, nil) }
        let prompt = panel.namePrompt
        let room = max(4, min(48, width - 6))
        let first = prompt.firstShown(columns: room - 1)
        let shown = TextWidth.prefix(of: String(prompt.text.dropFirst(first)), fitting: room).text
        let before = String(prompt.text.dropFirst(first).prefix(prompt.cursor - first))
        let cursor = Point(x: 2 + TextWidth.width(of: before), y: lines.count)
        let wrong = panel.isNameWrong ? [Span("  " + texts[.repeatWrongName], .alert)] : []
        lines.append([Span("▸ ", .key), Span(padded(shown, room), Style(.strong, underlined: true))] + wrong)
        return (lines, cursor)
    }

    // MARK: Results

    private func resultLines(_ panel: RepeatPanel, width: Int) -> (lines: [[Span]], cursor: Point?) {
        var lines = [progress(panel, width: width), []]
        let lanes = (panel.report?.perLane ?? panel.plan.lanes.map { _ in ScoringStatistics() })
        let labels = RepeatRow.all.map { texts[$0.label] ?? $0.name }
        let widest = (labels + [texts[.repeatOverTime]]).map { TextWidth.width(of: $0) }.max() ?? 0
        let labelWidth = widest + 2
        let column = max(12, min(46, (width - labelWidth) / max(1, lanes.count)))
        if lanes.count > 1 {
            var header = [Span(String(repeating: " ", count: labelWidth))]
            for (index, lane) in panel.plan.lanes.enumerated() {
                header += fitted([Span(lane ?? texts[.repeatRouted], Style.series(index).bold)], column)
            }
            lines.append(header)
        }
        let top = lanes.compactMap(\.maximum).max()
        for (row, label) in zip(RepeatRow.all, labels) {
            var line = [Span(padded(label, labelWidth), .muted)]
            for (index, statistics) in lanes.enumerated() {
                line += fitted(cell(row, statistics, index, of: top, width: column), column)
            }
            lines.append(line)
        }
        lines.append([])
        lines += latencyLines(panel, labelWidth: labelWidth, column: column)
        return (lines, nil)
    }

    private func failureLines(_ error: AzureError, width: Int) -> (lines: [[Span]], cursor: Point?) {
        var lines = wrapped("✗ " + wording.headline(error), width: width).map { [Span($0, Style(.alert, bold: true))] }
        if let next = wording.nextStep(error) { lines += wrapped(next, width: width).map { [Span($0)] } }
        return (lines, nil)
    }

    private func progress(_ panel: RepeatPanel, width: Int) -> [Span] {
        let all = panel.plan.requestCount
        let done = panel.report?.done ?? 0
        let values: KeyValuePairs = ["done": Format.count(done), "count": Format.count(all)]
        let isStopped = panel.report?.stopped == true
        var spans: [Span] = []
        if panel.isRunning {
            spans = [Span("◐ ", .warning), Span(texts[panel.isStopping ? .repeatStopping : .repeatRunning], .strong)]
            spans.append(Span("  " + texts.text(.repeatProgress, values)))
        } else if isStopped {
            spans = [Span("■ " + texts.text(.repeatStopped, values), Style(.warning, bold: true))]
        } else {
            spans = [Span("✓ " + texts[.repeatOver], Style(.good, bold: true))]
            spans.append(Span("  " + texts.text(.repeatProgress, values)))
        }
        let failures = panel.report?.failures ?? 0
        if failures > 0 {
            spans.append(Span("  " + texts.text(.repeatFailures, ["count": Format.count(failures)]), .alert))
        }
        let room = min(40, width - spans.width - 3)
        guard room >= 8 else { return spans }
        let share = Double(done) / Double(max(1, all))
        return spans + [Span("  "), Span(Bar.text(fraction: share, width: room), panel.isRunning ? .accent : .good)]
    }

    private func cell(
        _ row: RepeatRow,
        _ statistics: ScoringStatistics,
        _ lane: Int,
        of top: Duration?,
        width: Int
    ) -> [Span] {
        switch row {
        case .answers: return [Span(Format.count(statistics.sampleCount), .strong)]
        case .codes: return codes(statistics)
        case .least: return time(statistics.minimum)
        case .mean: return time(statistics.mean)
        case .most: return bar(statistics.maximum, lane, of: top, width: width)
        case .percentile(let share):
            guard let value = statistics.percentile(share) else { return percentile(share, of: statistics) }
            return bar(value, lane, of: top, width: width)
        }
    }

    private func time(_ duration: Duration?) -> [Span] {
        duration.map { [Span(Format.span($0))] } ?? [Span("–", .faint)]
    }

    /// A time and a bar as long as it is of the longest one: the percentiles below each other show the distribution.
    private func bar(_ duration: Duration?, _ lane: Int, of top: Duration?, width: Int) -> [Span] {
        guard let duration, let top, top > .zero else { return time(duration) }
        let room = min(24, width - 12)
        let text = padded(Format.span(duration), 9)
        guard room >= 4 else { return [Span(text)] }
        return [Span(text), Span(Bar.text(fraction: duration / top, width: room), .series(lane))]
    }

    private func codes(_ statistics: ScoringStatistics) -> [Span] {
        let counts = statistics.countsByStatus.sorted { $0.key < $1.key }
        guard !counts.isEmpty || statistics.failureCount > 0 else { return [Span("–", .faint)] }
        var spans: [Span] = []
        for (status, count) in counts {
            if !spans.isEmpty { spans.append(Span("  ")) }
            spans.append(Span("\(status)", Style(AnswerLayout.ink(of: status), bold: true)))
            spans.append(Span(" ×\(Format.count(count))", .muted))
        }
        if statistics.failureCount > 0 {
            spans.append(Span((spans.isEmpty ? "" : "  ") + "✗ ×\(Format.count(statistics.failureCount))", .alert))
        }
        return spans
    }

    /// How the latency went while it was sent.
    private func latencyLines(_ panel: RepeatPanel, labelWidth: Int, column: Int) -> [[Span]] {
        guard panel.latencies.contains(where: { $0.count > 1 }) else { return [] }
        let top = panel.latencies.joined().compactMap(\.self).max()
        var line = [Span(padded(texts[.repeatOverTime], labelWidth), .muted)]
        for (index, values) in panel.latencies.enumerated() {
            let width = max(4, column - 2)
            let shown = Array(values.suffix(width))
            let chart = Sparkline.text(values: shown, width: shown.count, maximum: top)
            line += fitted([Span(chart, .series(index))], column)
        }
        return [line]
    }
}

/// A figure of a lane.
private enum RepeatRow {
    case answers, codes, least, mean, most
    case percentile(Double)

    static let all: [RepeatRow] = [
        .answers, .codes, .least, .percentile(0.5), .percentile(0.9), .percentile(0.95), .percentile(0.99), .most,
        .mean,
    ]

    var label: TextKey? {
        switch self {
        case .answers: .repeatAnswersLabel
        case .codes: .repeatCodes
        case .least: .repeatMin
        case .mean: .repeatMean
        case .most: .repeatMax
        case .percentile: nil
        }
    }

    var name: String {
        if case .percentile(let share) = self { ViewContext.percentileName(share) } else { "" }
    }
}

extension Catalogue {
    fileprivate subscript(_ key: TextKey?) -> String? { key.map { self[$0] } }
}

extension RepeatPanel {
    /// The keys that do something right now.
    fileprivate var hints: [(key: Key, text: TextKey)] {
        switch stage {
        case .planning: [(.enter, .repeatHintBegin), (.tab, .repeatHintField), (.escape, .repeatHintClose)]
        case .confirming(.yes): [(.character("y"), .repeatHintYes), (.escape, .repeatHintBack)]
        case .confirming(.name): [(.enter, .repeatHintBegin), (.escape, .repeatHintBack)]
        case .running: [(.character("s"), .repeatHintStop)]
        case .failed: [(.character("r"), .repeatHintAgain), (.escape, .repeatHintClose)]
        case .over:
            (plan.lanes.count > 1 ? [(.character("c"), .repeatHintCompare)] : [])
                + [(.character("r"), .repeatHintAgain), (.escape, .repeatHintClose)]
        }
    }
}
