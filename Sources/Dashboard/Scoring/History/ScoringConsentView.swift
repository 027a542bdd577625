internal import TerminalUI

extension ViewContext {
    /// The question in the middle of the body.
    func draw(_ panel: ScoringConsentPanel, of frame: inout CellBuffer) {
        let width = min(76, max(20, bodyArea.width - 12))
        let question = wrapped(texts[.consentQuestion], width: width).map { [Span($0)] }
        let keys: [(String, TextKey)] = [
            ("n", .consentNo), ("y", .consentWithoutBodies), ("b", .consentWithBodies),
        ]
        let choices = keys.map { key, text in [Span(key, Style(.key, bold: true)), Span("  " + texts[text])] }
        let lines = question + [[]] + choices
        let inner = drawDialogFrame(title: texts[.consentTitle], hint: texts[.consentHint], lines: lines, of: &frame)
        for (index, line) in lines.prefix(inner.height).enumerated() {
            frame.write(line, in: inner.row(index).inset(dx: 1))
            if index == question.count + 1 + panel.selected { frame.restyle(inner.row(index)) { $0.selected } }
        }
    }
}
