internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// The answer with its own heading line: how it went, what it means, and the body.
    func draw(_ panel: AnswerPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        guard !rect.isEmpty else { return }
        if panel.isTyping { frame.cursor = nil }
        drawRule(
            [Span(texts[.answerTitle], Style(.title, bold: isFocused))] + findingSpans(panel),
            trailing: isFocused ? answerHint(panel, room: rect.width - 20) : [],
            in: rect.row(0),
            isFocused: isFocused,
            of: &frame
        )
        let inner = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
        let parts = AnswerLayout(panel, context: self, size: inner)
        var y = 0
        for line in parts.lines where y < inner.height {
            frame.write(line, in: inner.row(y))
            y += 1
        }
        guard y < inner.height else { return }
        let tabs = panel.tabs
        guard !tabs.isEmpty else { return }
        frame.write(tabSpans(panel, tabs), in: inner.row(y))
        let body = Rect(x: inner.x, y: inner.y + y + 1, width: inner.width, height: inner.height - y - 1)
        drawBody(panel, in: body, isFocused: isFocused, of: &frame)
        drawPosition(panel, in: inner.row(y), of: &frame)
    }

    /// A heading set into a line.
    func drawRule(
        _ leading: [Span],
        trailing: [Span] = [],
        in row: Rect,
        isFocused: Bool,
        of frame: inout CellBuffer
    ) {
        let style: Style = isFocused ? .focusedBorder : .border
        frame.fill(row, with: "─", style: style)
        let room = max(0, row.width - 6)
        let title = leading.truncated(to: room)
        frame.write([Span(" ")] + title + [Span(" ")], at: Point(x: row.x + 2, y: row.y), in: row)
        let left = row.width - title.width - 8
        guard !trailing.isEmpty, trailing.width + 2 <= left else { return }
        let x = row.maxX - trailing.width - 4
        frame.write([Span(" ")] + trailing + [Span(" ")], at: Point(x: x, y: row.y), in: row)
    }

    // MARK: Heading

    /// The word that is looked for, while it is typed and after.
    private func findingSpans(_ panel: AnswerPanel) -> [Span] {
        guard panel.prompt != nil || panel.finding != nil else { return [] }
        let word = panel.prompt?.text ?? panel.finding?.search.text ?? ""
        var spans = [Span("  /" + word, .accent)]
        if panel.prompt != nil { spans.append(Span("▏", .accent)) }
        guard let finding = panel.finding else { return spans }
        let position = finding.search.line.flatMap { line in finding.lines.firstIndex { Int($0) == line } }
        let isCut = finding.lines.count >= 10_000
        let text = "  \(position.map { "\($0 + 1)" } ?? "–")/\(finding.lines.count)\(isCut ? "+" : "")"
        return spans + [Span(text, finding.lines.isEmpty ? .warning : .muted)]
    }

    /// The keys that do something right now, as many as there is room for.
    private func answerHint(_ panel: AnswerPanel, room: Int) -> [Span] {
        var keys: [(Key, TextKey)] = []
        switch panel.stage {
        case .idle: keys = [(.function(9), .answerHintSend)]
        case .running: keys = [(.escape, .answerHintCancel)]
        default:
            keys = [(.character("c"), .answerHintCompare), (.character("b"), .answerHintElsewhere)]
            if !panel.body.bytes.isEmpty {
                let more: [(Key, TextKey)] = [
                    (.character("y"), .answerHintCopy), (.character("/"), .answerHintSearch),
                    (.character("w"), .answerHintSave),
                ]
                keys += more
            }
            keys.append((.character("x"), .answerHintMeaning))
        }
        return hintSpans(keys, room: room)
    }

    func hintSpans(_ keys: [(key: Key, text: TextKey)], room: Int) -> [Span] {
        var spans: [Span] = []
        for (key, text) in keys {
            let piece = [Span(key.label, Style(.key, bold: true)), Span(" " + texts[text], .muted)]
            let gap = spans.isEmpty ? [] : [Span("  ")]
            guard spans.width + gap.width + piece.width <= room else { break }
            spans += gap + piece
        }
        return spans
    }

    // MARK: Tabs

    private func tabSpans(_ panel: AnswerPanel, _ tabs: [AnswerTab]) -> [Span] {
        var spans: [Span] = []
        for (index, tab) in tabs.enumerated() {
            if index > 0 { spans.append(Span("  ")) }
            let isShown = tab == panel.tab
            spans.append(Span("\(index + 1) ", isShown ? .key : .faint))
            spans.append(Span(texts[tab.title], isShown ? Style(.strong, bold: true, underlined: true) : .muted))
        }
        return spans
    }

    /// Which lines are shown, and what is to be known of the body.
    private func drawPosition(_ panel: AnswerPanel, in row: Rect, of frame: inout CellBuffer) {
        var spans: [Span] = []
        if !panel.body.isUTF8, panel.tab == .text { spans.append(Span(texts[.answerNotUTF8] + "  ", .warning)) }
        if panel.answer?.isBodyCut == true { spans.append(Span(texts[.answerCut] + "  ", .warning)) }
        let count = panel.lineCount
        if count > 0, panel.tab != .meaning {
            let cursor = min(count - 1, panel.places[panel.tab]?.cursor ?? 0)
            spans.append(Span("\(Format.count(cursor + 1))/\(Format.count(count))", .faint))
        }
        let used = tabSpans(panel, panel.tabs).width
        guard spans.width + 2 <= row.width - used else { return }
        frame.write(spans, in: row, alignment: .trailing)
    }
}
