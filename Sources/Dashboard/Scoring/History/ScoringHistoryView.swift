internal import TerminalUI

extension ViewContext {
    func draw(_ panel: ScoringHistoryPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        drawRule([Span(texts[.pastTitle], .title)], in: rect.row(0), isFocused: isFocused, of: &frame)
    }
}
