internal import TerminalUI

/// A line of a scrolled text.
struct TextLine: Equatable {
    var spans: [Span]
    /// In an outline: the JSON pointer of the value the line belongs to.
    var pointer: String?
    /// Whether that value can be opened and closed.
    var isFoldable = false

    init(_ spans: [Span] = [], pointer: String? = nil, isFoldable: Bool = false) {
        self.spans = spans
        self.pointer = pointer
        self.isFoldable = isFoldable
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
        let area = TextArea(rect)
        let inner = area.inner
        let offset = min(state.scroll[.view(view)] ?? 0, max(0, lines.count - inner.height))
        if area.isFramed {
            let last = min(lines.count, offset + inner.height)
            let values: KeyValuePairs = ["first": "\(offset + 1)", "last": "\(last)", "count": "\(lines.count)"]
            let position = lines.count > inner.height ? [Span(texts.text(.scrollPosition, values), .muted)] : []
            frame.drawBox(
                rect,
                style: .focusedBorder,
                topLeading: title + searchSpans(in: lines),
                topTrailing: facts,
                bottomLeading: position,
                bottomTrailing: [Span(texts[hint(of: view)], .muted)]
            )
        }
        for (row, line) in lines.dropFirst(offset).prefix(inner.height).enumerated() {
            let shown = state.search.map { line.highlighting($0) } ?? line
            frame.write(shown.spans, in: inner.row(row))
            let isCurrent = state.isOutline ? offset + row == state.outlineLine : offset + row == state.search?.line
            if isCurrent { frame.restyle(inner.row(row)) { $0.selected } }
        }
    }

    private func hint(of view: View) -> TextKey {
        if state.isOutline { return .viewHintOutline }
        return view.forms.isEmpty ? .helpHint : .viewHintForms
    }

    /// What is looked for and how often it was found, kept visible in the title.
    private func searchSpans(in lines: [TextLine]) -> [Span] {
        guard let search = state.search, !search.text.isEmpty else { return [] }
        let found = lines.indices.filter { !search.places(in: lines[$0].text).isEmpty }
        let position = search.line.flatMap { found.firstIndex(of: $0) }.map { "\($0 + 1)" } ?? "–"
        let style: Style = found.isEmpty ? .warning : .muted
        return [Span(" /\(search.text)", .accent), Span("  \(position)/\(found.count)", style)]
    }
}

/// Where a text stands on the screen.
struct TextArea {
    var isFramed: Bool
    var inner: Rect

    init(_ rect: Rect) {
        isFramed = rect.width >= 40 && rect.height >= 6
        inner = isFramed ? rect.inset(dx: 2, dy: 1) : rect
    }
}

extension DashboardState {
    /// The lines of the view on top as they stand now, and how many fit on the screen.
    func textLines(of view: View) -> (lines: [TextLine], height: Int) {
        let context = ViewContext(state: self, texts: Catalogue(language), layout: HomeLayout(self))
        return (context.lines(of: view), TextArea(context.bodyArea).inner.height)
    }
}
