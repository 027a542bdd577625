internal import AzureML
internal import JSONValue
internal import TerminalUI

extension ViewContext {
    /// Two answers side by side: their figures, then where their bodies differ.
    func draw(_ panel: ComparePanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        guard !rect.isEmpty else { return }
        let names = [
            Span(texts[.compareTitle], .title), Span(" · ", .faint), Span(panel.first.label, .series(0)),
            Span(" ≠ ", .faint), Span(panel.second.label, .series(1)),
        ]
        let inner = drawPanelFrame(
            names,
            position: positionSpans(panel),
            hint: compareHint(panel, rect.width - 20),
            in: rect,
            isFocused: isFocused,
            of: &frame
        )
        var lines = figures(panel, width: inner.width)
        lines.append(verdict(panel, width: inner.width))
        if inner.height > lines.count + 4 { lines.append([]) }
        for (row, line) in lines.enumerated() where row < inner.height { frame.write(line, in: inner.row(row)) }
        let body = Rect(x: inner.x, y: inner.y + lines.count, width: inner.width, height: inner.height - lines.count)
        switch panel.layout {
        case .differences: drawDifferences(panel, in: body, isFocused: isFocused, of: &frame)
        case .sideBySide: drawSideBySide(panel, in: body, isFocused: isFocused, of: &frame)
        }
    }

    private func positionSpans(_ panel: ComparePanel) -> [Span] {
        let count = panel.lineCount
        return count > 0 ? [Span("\(Format.count(panel.place.cursor + 1))/\(Format.count(count))", .muted)] : []
    }

    private func compareHint(_ panel: ComparePanel, _ room: Int) -> [Span] {
        let isList = panel.layout == .differences
        var keys: [(Key, TextKey)] = [(.character("v"), isList ? .compareHintLayout : .compareHintList)]
        if case .json = panel.outcome { keys.insert((.character("+"), .compareHintTolerance), at: 0) }
        if !isList { keys.append((.character("n"), .compareHintNext)) }
        return hintSpans(keys + [(.escape, .compareHintClose)], room: room)
    }

    // MARK: Figures

    private func figures(_ panel: ComparePanel, width: Int) -> [[Span]] {
        var rows: [(label: String, first: [Span], second: [Span], remark: [Span])] = [
            ("", [Span(name(panel.first), .series(0))], [Span(name(panel.second), .series(1))], []),
            (texts[.compareStatus], status(panel.first), status(panel.second), []),
        ]
        if let first = panel.first.statistics, let second = panel.second.statistics {
            let counts = [first, second].map { statistics in
                [Span(texts.text(.repeatAnswers, ["count": Format.count(statistics.sampleCount)]), .muted)]
            }
            rows.append((texts[.repeatLatency], counts[0], counts[1], []))
            for share in [0.5, 0.95, 0.99] {
                rows.append(
                    (
                        Self.percentileName(share), percentile(share, of: first), percentile(share, of: second),
                        gap(first.percentile(share), second.percentile(share))
                    )
                )
            }
        } else {
            rows.append(
                (
                    texts[.compareTime], [Span(Format.span(panel.first.duration))],
                    [Span(Format.span(panel.second.duration))], gap(panel.first.duration, panel.second.duration)
                )
            )
        }
        rows.append(
            (
                texts[.compareBody], [Span(Format.bytes(panel.first.body.count))],
                [Span(Format.bytes(panel.second.body.count))], []
            )
        )
        var lines = aligned(rows, width: width)
        if panel.first.statistics == nil || panel.second.statistics == nil {
            lines += wrapped(texts[.compareOneEach], width: width).map { [Span($0, .muted)] }
        }
        return lines
    }

    private func aligned(
        _ rows: [(label: String, first: [Span], second: [Span], remark: [Span])],
        width: Int
    ) -> [[Span]] {
        let labelWidth = (rows.map { TextWidth.width(of: $0.label) }.max() ?? 0) + 2
        let column = min(30, max(8, (width - labelWidth) / 3))
        return rows.map { row in
            let label = Span(padded(row.label, labelWidth), .muted)
            return [label] + fitted(row.first, column) + fitted(row.second, column) + row.remark
        }
    }

    func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TextWidth.width(of: text)))
    }

    /// Spans cut or filled up to a width, a free column at their end.
    func fitted(_ spans: [Span], _ width: Int) -> [Span] {
        let cut = spans.truncated(to: max(0, width - 1))
        return cut + [Span(String(repeating: " ", count: max(0, width - cut.width)))]
    }

    private func name(_ answer: ComparedAnswer) -> String {
        "\(answer.label) (\(texts[answer.isPinned ? .answerPinned : .answerRouted]))"
    }

    private func status(_ answer: ComparedAnswer) -> [Span] {
        var spans = [Span("\(answer.status)", Style(AnswerLayout.ink(of: answer.status), bold: true))]
        if let model = answer.modelStatus { spans.append(Span(" → \(model)", .alert)) }
        return spans
    }

    /// A percentile, or how many answers it wants.
    func percentile(_ share: Double, of statistics: ScoringStatistics) -> [Span] {
        if let value = statistics.percentile(share) { return [Span(Format.span(value))] }
        return [Span(texts.text(.repeatNeeds, ["count": "\(Self.sampleNeeded(for: share))"]), .faint)]
    }

    static func percentileName(_ share: Double) -> String { "p\(Int((share * 100).rounded()))" }

    /// How many answers a percentile wants so that one is expected beyond it.
    static func sampleNeeded(for share: Double) -> Int {
        share <= 0.5 ? 1 : Int((1 / (1 - share)).rounded())
    }

    /// How much the second one differs from the first.
    private func gap(_ first: Duration?, _ second: Duration?) -> [Span] {
        guard let first, let second, first > .zero, first != second else { return [] }
        let isSlower = second > first
        let difference = isSlower ? second - first : first - second
        let values: KeyValuePairs = [
            "time": Format.span(difference), "share": Format.decimal(100 * (difference / first), digits: 0),
        ]
        return [Span(texts.text(isSlower ? .compareSlower : .compareFaster, values), isSlower ? .warning : .good)]
    }

    // MARK: Bodies

    private func verdict(_ panel: ComparePanel, width: Int) -> [Span] {
        switch panel.outcome {
        case .bytes(let difference):
            guard let difference else { return [Span("= " + texts[.compareEqual], Style(.good, bold: true))] }
            let place = texts.text(.compareFirstByte, ["offset": Format.count(difference + 1)])
            return [Span("≠ " + place, Style(.warning, bold: true)), Span("   " + texts[.compareNoJSON], .muted)]
        case .json(let comparison): return verdict(comparison, panel)
        }
    }

    private func verdict(_ comparison: JSONComparison, _ panel: ComparePanel) -> [Span] {
        var spans: [Span] = []
        if comparison.isEqual {
            let key: TextKey = comparison.toleratedCount > 0 ? .compareEqualWithin : .compareEqual
            spans.append(Span("= " + texts[key], Style(.good, bold: true)))
        } else {
            let count = Format.count(comparison.differences.count)
            let compared = max(comparison.comparedCount, comparison.differences.count)
            let text =
                comparison.isCut
                ? texts.text(.compareMore, ["count": count])
                : texts.text(.compareDifferences, ["count": count, "compared": Format.count(compared)])
            spans.append(Span("≠ " + text, Style(.warning, bold: true)))
        }
        let tolerance = panel.tolerance
        let limit =
            tolerance == 0 ? texts[.compareExact] : texts.text(.compareTolerance, ["value": Self.share(tolerance)])
        spans.append(Span("   " + limit, tolerance == 0 ? .muted : .accent))
        if comparison.toleratedCount > 0 {
            let values: KeyValuePairs = [
                "count": Format.count(comparison.toleratedCount), "gap": "\(comparison.widestGap)",
            ]
            spans.append(Span("   " + texts.text(.compareTolerated, values), .muted))
        }
        return spans
    }

    /// A share as `1 %` or, where it is small, as a power of ten.
    private static func share(_ value: Double) -> String {
        value >= 0.01 ? "\(Format.decimal(value * 100, digits: 0)) %" : "\(value)"
    }

    private func drawDifferences(_ panel: ComparePanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        guard case .json(let comparison) = panel.outcome, !comparison.differences.isEmpty, rect.height > 1 else {
            return
        }
        let place = max(10, min(rect.width * 2 / 5, 60))
        let value = max(4, (rect.width - place) / 2)
        let header =
            fitted([Span(texts[.compareColumnPlace], .muted)], place)
            + fitted([Span(panel.first.label, .series(0))], value)
            + fitted([Span(panel.second.label, .series(1))], value)
        frame.write(header, in: rect.row(0))
        let list = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
        let shown = window(panel.place, count: comparison.differences.count, height: list.height)
        for (row, index) in shown.enumerated() {
            let difference = comparison.differences[index]
            let line =
                fitted([Span(difference.pointer.isEmpty ? "/" : difference.pointer, .accent)], place)
                + fitted([side(difference.first)], value) + fitted([side(difference.second)], value)
            frame.write(line, in: list.row(row))
            if index == panel.place.cursor, isFocused { frame.restyle(list.row(row)) { $0.selected } }
        }
    }

    private func side(_ value: JSONValue?) -> Span {
        guard let value else { return Span(texts[.compareAbsent], .faint) }
        switch value {
        case .object(let object): return Span("{ \(object.count) }", .muted)
        case .array(let elements): return Span("[ \(elements.count) ]", .muted)
        case .string(let text): return Span(JSONValue.string(String(text.prefix(400))).text())
        default: return Span(value.text(), .strong)
        }
    }

    private func drawSideBySide(_ panel: ComparePanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        let half = max(1, (rect.width - 3) / 2)
        let shown = window(panel.place, count: panel.rows.count, height: rect.height)
        for (line, index) in shown.enumerated() {
            let row = panel.rows[index]
            let style: Style = row.isDifferent ? .warning : .text
            let margin = String(repeating: " ", count: min(row.depth * 2, half / 2))
            func cell(_ text: String?) -> [Span] {
                guard let text else { return fitted([Span(margin + "·", .faint)], half) }
                return fitted([Span(margin + String(text.prefix(half * 4)), style)], half)
            }
            let middle = Span(row.isDifferent ? "≠ " : "│ ", row.isDifferent ? Style(.warning, bold: true) : .faint)
            frame.write(cell(row.first) + [middle] + cell(row.second), in: rect.row(line))
            if index == panel.place.cursor, isFocused { frame.restyle(rect.row(line)) { $0.selected } }
        }
    }

    /// The lines of a list that are shown.
    private func window(_ place: AnswerPanel.Place, count: Int, height: Int) -> Range<Int> {
        let offset = ScrollWindow.offset(selected: place.cursor, count: count, height: height, previous: place.top)
        return ScrollWindow(offset: offset).range(count: count, height: height)
    }
}
