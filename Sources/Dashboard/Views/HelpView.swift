internal import TerminalUI

extension ViewContext {
    /// All keys, from the key map.
    func drawHelp(in rect: Rect, of frame: inout CellBuffer) {
        drawText(lines(of: .help), title: [Span(texts[.helpTitle], .title)], view: .help, in: rect, of: &frame)
    }

    var helpLines: [TextLine] {
        let entries = KeyMap.standard.bindings.map { binding in
            (keys: binding.keys.map(\.label).joined(separator: " "), help: texts[binding.help])
        }
        let keyWidth = entries.map { TextWidth.width(of: $0.keys) }.max() ?? 0
        let keys = entries.map { entry in
            let gap = String(repeating: " ", count: keyWidth - TextWidth.width(of: entry.keys) + 2)
            return TextLine([Span(entry.keys, Style(.key, bold: true)), Span(gap + entry.help)])
        }
        let marks: [(mark: Span, text: TextKey)] = [
            (Span("▲ ", .alert), .helpSeverityAlert), (Span("◆ ", .warning), .helpSeverityWarning),
            (Span("· ", .muted), .helpSeverityNote),
        ]
        var lines = keys + [TextLine(), .heading(texts[.helpSeverity])]
        for (mark, text) in marks {
            for (index, piece) in wrapped(texts[text], width: max(10, state.size.width - 6)).enumerated() {
                lines.append(TextLine([index == 0 ? mark : Span("  "), Span(piece)]))
            }
        }
        lines.append(TextLine())
        lines += wrapped(texts[.helpErrorShare], width: max(10, state.size.width - 4)).map {
            TextLine([Span($0, .muted)])
        }
        return lines
    }
}
