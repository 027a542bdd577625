internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// The answer with its own heading line: how it went, what it means, and the body.
    func draw(_ panel: AnswerPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        guard !rect.isEmpty else { return }
        if panel.isTyping { frame.cursor = nil }
        let inner = drawPanelFrame(
            [Span(texts[.answerTitle], .title)] + findingSpans(panel),
            position: positionSpans(panel),
            hint: isFocused ? answerHint(panel, room: rect.width - 20) : [],
            in: rect,
            isFocused: isFocused,
            of: &frame
        )
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
    }

    /// The frame of a panel, where there is room for one; answers with the area inside.
    func drawPanelFrame(
        _ title: [Span],
        facts: [Span] = [],
        position: [Span] = [],
        hint: [Span] = [],
        in rect: Rect,
        isFocused: Bool,
        of frame: inout CellBuffer
    ) -> Rect {
        guard rect.width >= 20, rect.height >= 4 else { return rect }
        frame.drawBox(
            rect,
            style: isFocused ? .focusedBorder : .border,
            topLeading: title,
            topTrailing: facts,
            bottomLeading: position,
            bottomTrailing: hint
        )
        return rect.inset(dx: 2, dy: 1)
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
            let again: [(Key, TextKey)] = [
                (.character("c"), .answerHintCompare), (.character("b"), .answerHintElsewhere),
            ]
            let body: [(Key, TextKey)] = [
                (.character("y"), .answerHintCopy), (.character("/"), .answerHintSearch),
                (.character("w"), .answerHintSave),
            ]
            let meaning: [(Key, TextKey)] = [(.character("x"), .answerHintMeaning)]
            let isWell = panel.explanation?.isSuccess == true
            keys = (isWell ? [] : meaning) + again + (panel.body.bytes.isEmpty ? [] : body) + (isWell ? meaning : [])
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
    private func positionSpans(_ panel: AnswerPanel) -> [Span] {
        var spans: [Span] = []
        let count = panel.lineCount
        if count > 0, panel.tab != .meaning {
            let cursor = min(count - 1, panel.places[panel.tab]?.cursor ?? 0)
            spans.append(Span("\(Format.count(cursor + 1))/\(Format.count(count))", .muted))
        }
        if !panel.body.isUTF8, panel.tab == .text { spans.append(Span("  " + texts[.answerNotUTF8], .warning)) }
        if panel.answer?.isBodyCut == true { spans.append(Span("  " + texts[.answerCut], .warning)) }
        return spans
    }
}
