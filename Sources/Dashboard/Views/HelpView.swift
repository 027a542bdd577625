internal import TerminalUI

extension ViewContext {
    /// All keys, from the key map.
    func drawHelp(in rect: Rect, of frame: inout CellBuffer) {
        drawText(lines(of: .help), title: [Span(texts[.helpTitle], .title)], view: .help, in: rect, of: &frame)
    }

    var helpLines: [TextLine] {
        let keyWidth = KeyMap.standard.bindings.map { TextWidth.width(of: $0.label) }.max() ?? 0
        let keys = KeyGroup.allCases.flatMap { group in
            [TextLine.heading(texts[group.title])]
                + KeyMap.standard.bindings.filter { $0.command.group == group }.flatMap { binding in
                    entry(of: binding, keyWidth: keyWidth)
                } + [TextLine()]
        }
        let marks: [(mark: Span, text: TextKey)] = [
            (Span("▲ ", .alert), .helpSeverityAlert), (Span("◆ ", .warning), .helpSeverityWarning),
            (Span("· ", .muted), .helpSeverityNote),
        ]
        var lines = keys + [.heading(texts[.helpSeverity])]
        for (mark, text) in marks {
            for (index, piece) in wrapped(texts.text(text, limits(text)), width: max(10, state.size.width - 6))
                .enumerated()
            {
                lines.append(TextLine([index == 0 ? mark : Span("  "), Span(piece)]))
            }
        }
        lines.append(TextLine())
        lines += wrapped(texts[.helpErrorShare], width: max(10, state.size.width - 4)).map {
            TextLine([Span($0, .muted)])
        }
        return lines
    }

    /// The keys and what they do: beside each other, or below each other where there is no room for both.
    func entry(of binding: Binding, keyWidth: Int) -> [TextLine] {
        let reason = binding.refusal(in: state)
        let keys = Span(binding.label, reason == nil ? Style(.key, bold: true) : .faint)
        let help = texts[binding.help] + (reason.map { " · " + texts[$0] } ?? "")
        guard state.size.width < 40 else {
            let gap = String(repeating: " ", count: keyWidth - keys.width + 2)
            return [TextLine([keys, Span(gap + help)])]
        }
        return [TextLine([keys])]
            + wrapped(help, width: max(1, state.size.width - 2)).map { TextLine([Span("  " + $0)]) }
    }
}

extension Binding {
    /// All its keys, as keyboards print them.
    fileprivate var label: String { keys.map(\.label).joined(separator: " ") }
}

/// The headings of the help.
private enum KeyGroup: CaseIterable {
    case panes, motion, finding, views, copying, scoring, credentials, program

    var title: TextKey {
        switch self {
        case .panes: .helpGroupPanes
        case .motion: .helpGroupMotion
        case .finding: .helpGroupFinding
        case .views: .helpGroupViews
        case .copying: .helpGroupCopying
        case .scoring: .helpGroupScoring
        case .credentials: .helpGroupCredentials
        case .program: .helpGroupProgram
        }
    }
}

extension Command {
    fileprivate var group: KeyGroup {
        switch self {
        case .go, .nextPane, .previousPane, .workspaces: .panes
        case .move, .scrollColumns: .motion
        case .filter, .onlyTrouble, .logOfSelection, .sort, .invertSort, .freeze: .finding
        case .open, .back, .nextForm, .previousForm, .fold, .search, .find: .views
        case .mark, .clearMarks, .copy: .copying
        case .score: .scoring
        case .inspect, .pasteToken, .reveal, .rotateKey, .journal, .exportJournal, .copyJournal, .signIn: .credentials
        case .backOrQuit, .help, .toggleUTC, .refresh, .repaint, .suspend, .quit, .commandLine: .program
        }
    }
}
