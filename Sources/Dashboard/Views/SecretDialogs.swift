internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// A secret that is asked to be seen: which one, and then its text for a while.
    func draw(_ reveal: RevealDialog, of frame: inout CellBuffer) {
        switch reveal.stage {
        case .choosing(let selected):
            let lines = reveal.names.map { name in
                [
                    Span("\(name.item.key)", Style(.key, bold: true)), Span("  " + texts.name(of: name)),
                    Span("  " + Secret.mask, .muted),
                ]
            }
            let inner = drawDialogFrame(
                title: texts[.secretRevealTitle],
                hint: texts[.secretRevealHint],
                lines: lines,
                of: &frame
            )
            for (index, line) in lines.prefix(inner.height).enumerated() {
                frame.write(line, in: inner.row(index).inset(dx: 1))
                if index == selected { frame.restyle(inner.row(index)) { $0.selected } }
            }
        case .fetching(let name, _):
            drawSecretDialog(name, [[Span(texts[.secretRevealFetching], .muted)]], hint: texts[.helpHint], of: &frame)
        case .failed(let name, let error):
            let sentences =
                [(wording.headline(error), Style.alert)]
                + [wording.serviceMessage(error), wording.nextStep(error)].compactMap(\.self).map { ($0, Style.text) }
            let lines = sentences.flatMap { text, style in
                wrapped(text, width: dialogTextWidth).map { [Span($0, style)] }
            }
            drawSecretDialog(name, lines, hint: texts[.helpHint], of: &frame)
        case .shown(let name, let secret, let until):
            drawSecretDialog(name, lines(of: secret, until: until), hint: texts[.secretRevealHintShown], of: &frame)
        }
    }

    /// The text in full where it fits, and how long it stays.
    private func lines(of secret: Secret, until: Date) -> [[Span]] {
        let pieces = secret.withText { TextWidth.pieces(of: $0, fitting: dialogTextWidth) }
        let seconds = max(1, Int(until.timeIntervalSince(state.now).rounded(.up)))
        let room = max(1, bodyArea.height - 6)
        var lines = pieces.prefix(room).map { [Span($0, .strong)] }
        if pieces.count > room {
            let rest = pieces.dropFirst(room).reduce(0) { $0 + $1.count }
            lines.append([Span(texts.text(.secretRevealMore, ["count": Format.count(rest)]), .warning)])
        }
        lines.append([])
        lines.append([Span(texts.text(.secretRevealLeft, ["seconds": "\(seconds)"]), .accent)])
        return lines
    }

    /// A token that is being pasted: how much of it there is, never what.
    func draw(_ paste: PasteDialog, of frame: inout CellBuffer) {
        let count = texts.text(.secretPasteCount, ["count": Format.count(paste.characterCount)])
        let lines =
            paste.characterCount == 0
            ? wrapped(texts[.secretPasteEmpty], width: dialogTextWidth).map { [Span($0, .muted)] }
            : [[Span(Secret.mask, .strong), Span("  " + count, .muted)]]
        drawTextDialog(title: texts[.secretPasteTitle], lines, hint: texts[.secretPasteHint], of: &frame)
    }

    private var dialogTextWidth: Int { max(8, min(96, bodyArea.width - 12)) }

    private func drawSecretDialog(_ name: SecretName, _ lines: [[Span]], hint: String, of frame: inout CellBuffer) {
        drawTextDialog(title: texts.name(of: name), lines, hint: hint, of: &frame)
    }

    func drawTextDialog(title: String, _ lines: [[Span]], hint: String, of frame: inout CellBuffer) {
        let inner = drawDialogFrame(title: title, hint: hint, lines: lines, of: &frame)
        for (index, line) in lines.prefix(inner.height).enumerated() {
            frame.write(line, in: inner.row(index).inset(dx: 1))
        }
    }
}
