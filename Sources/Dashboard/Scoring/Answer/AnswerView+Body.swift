internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// The lines of the tab that is shown, from where it stands; only those on the screen are made.
    func drawBody(_ panel: AnswerPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        guard !rect.isEmpty else { return }
        switch panel.tab {
        case .meaning:
            guard let explanation = panel.explanation else { return }
            let lines = explanationLines(explanation, width: rect.width)
            let top = min(panel.places[.meaning]?.cursor ?? 0, max(0, lines.count - rect.height))
            for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
                frame.write(line, in: rect.row(row))
            }
        case .headers:
            guard let answer = panel.answer else { return }
            let lines = headerLines(answer)
            drawLines(panel, count: lines.count, in: rect, isFocused: isFocused, of: &frame) { lines[$0] }
        default:
            guard !panel.body.bytes.isEmpty else { return drawEmptyBody(panel, in: rect, of: &frame) }
            drawLines(panel, count: panel.lineCount, in: rect, isFocused: isFocused, of: &frame) { line in
                panel.body.line(line, panel.tab, width: rect.width)
            }
        }
    }

    private func drawEmptyBody(_ panel: AnswerPanel, in rect: Rect, of frame: inout CellBuffer) {
        guard panel.answer != nil else { return }
        frame.write([Span(texts[.answerEmpty], .muted)], in: rect.row(0))
    }

    /// Draws lines that may take several rows each, so that the one under the cursor is in sight.
    private func drawLines(
        _ panel: AnswerPanel,
        count: Int,
        in rect: Rect,
        isFocused: Bool,
        of frame: inout CellBuffer,
        line: (Int) -> [Span]
    ) {
        guard count > 0 else { return }
        let place = panel.places[panel.tab] ?? AnswerPanel.Place()
        let cursor = max(0, min(place.cursor, count - 1))
        var laidOut: [Int: [[Span]]] = [:]
        func rows(_ number: Int) -> [[Span]] {
            if let known = laidOut[number] { return known }
            var spans = line(number)
            if let search = panel.finding?.search { spans = TextLine(spans).highlighting(search).spans }
            let indent = panel.tab == .json ? indent(of: spans) + 4 : 0
            let rows = panel.tab == .hex ? [spans] : LineFlow.wrapped(spans, width: rect.width, indent: indent)
            laidOut[number] = rows
            return rows
        }
        let first = firstLine(cursor: cursor, top: place.top, count: count, height: rect.height) { rows($0).count }
        var y = 0
        for number in first..<count {
            guard y < rect.height else { break }
            for row in rows(number).prefix(rect.height - y) {
                frame.write(row, in: rect.row(y))
                if number == cursor, isFocused { frame.restyle(rect.row(y)) { $0.selected } }
                y += 1
            }
        }
    }

    /// The first line to show: the one wanted, unless the cursor would be out of sight or room be left unused.
    private func firstLine(cursor: Int, top: Int, count: Int, height: Int, rows: (Int) -> Int) -> Int {
        var used = rows(cursor)
        var first = cursor
        while first > 0, first > top, used + rows(first - 1) <= height {
            first -= 1
            used += rows(first)
        }
        var last = cursor
        while last + 1 < count, used < height {
            last += 1
            used += rows(last)
        }
        while first > 0, last + 1 == count, used + rows(first - 1) <= height {
            first -= 1
            used += rows(first)
        }
        return first
    }

    private func indent(of spans: [Span]) -> Int { spans.first.map { $0.text.prefix { $0 == " " }.count } ?? 0 }

    private func headerLines(_ answer: ScoringAnswer) -> [[Span]] {
        answer.headerRows.map { row in
            switch row {
            case .heading(let key): [Span(texts[key], .muted)]
            case .field(let field): [Span(field.name, .accent), Span(": ", .faint), Span(field.value)]
            case .blank: []
            }
        }
    }
}
