internal import TerminalUI

/// A line of a scrolled text.
struct TextLine: Equatable {
    var spans: [Span]

    init(_ spans: [Span] = []) {
        self.spans = spans
    }

    static func heading(_ text: String) -> TextLine { TextLine([Span(text, Style(.title, bold: true))]) }
}

extension ViewContext {
    /// A framed text over the home screen, from where it is scrolled to.
    func drawText(
        _ lines: [TextLine],
        title: [Span],
        facts: [Span] = [],
        view: View,
        in rect: Rect,
        of frame: inout CellBuffer
    ) {
        let isFramed = rect.width >= 40 && rect.height >= 6
        let inner = isFramed ? rect.inset(dx: 2, dy: 1) : rect
        let offset = min(state.scroll[.view(view)] ?? 0, max(0, lines.count - inner.height))
        if isFramed {
            let last = min(lines.count, offset + inner.height)
            let position =
                lines.count > inner.height
                ? texts.text(.scrollPosition, ["first": "\(offset + 1)", "last": "\(last)", "count": "\(lines.count)"])
                : ""
            frame.drawBox(
                rect,
                style: .focusedBorder,
                topLeading: title,
                topTrailing: facts,
                bottomLeading: position.isEmpty ? [] : [Span(position, .muted)],
                bottomTrailing: [Span(texts[.helpHint], .muted)]
            )
        }
        for (row, line) in lines.dropFirst(offset).prefix(inner.height).enumerated() {
            frame.write(line.spans, in: inner.row(row))
        }
    }
}

extension DashboardState {
    /// The furthest a view may be scrolled: its last page stays full.
    func lastOffset(of view: View) -> Int {
        let context = ViewContext(state: self, texts: Catalogue(language), layout: HomeLayout(self))
        let body = context.bodyArea
        let isFramed = body.width >= 40 && body.height >= 6
        return max(0, context.lines(of: view).count - (body.height - (isFramed ? 2 : 0)))
    }
}
