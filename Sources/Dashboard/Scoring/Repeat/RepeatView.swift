internal import TerminalUI

extension ViewContext {
    func draw(_ panel: RepeatPanel, in rect: Rect, isFocused: Bool, of frame: inout CellBuffer) {
        frame.fill(rect)
        drawRule([Span(texts[.repeatTitle], .title)], in: rect.row(0), isFocused: isFocused, of: &frame)
    }
}
