internal import TerminalUI

extension ViewContext {
    /// The keys that work right here, as the key map has them.
    func drawFooter(in line: Rect, of frame: inout CellBuffer) {
        let inner = line.inset(dx: line.width >= 40 ? 1 : 0)
        if let prompt = state.prompt {
            draw(prompt, in: inner, of: &frame)
            return
        }
        if let notice = state.notice {
            let text = texts.text(notice.key, notice.values)
            frame.write([Span(text, notice.isWarning ? .warning : .good)], in: inner)
            return
        }
        // A dialog takes the keys, and says itself which.
        guard state.dialog == nil else { return }
        var x = inner.x
        for spans in footerSpans(within: inner.width) {
            frame.write(spans, at: Point(x: x, y: inner.y), in: inner)
            x += spans.width + Self.footerGap
        }
    }

    private static let footerGap = 3

    /// The entries that fit; where room is short the least needed give way, help and the way out last.
    private func footerSpans(within width: Int) -> [[Span]] {
        var entries = footerEntries(of: .standard).map { entry in
            (
                spans: entry.isRefused
                    ? [Span("\(entry.key) \(entry.word) (\(texts[.headerReadOnly]))", .faint)]
                    : [Span(entry.key, Style(.key, bold: true)), Span(" " + entry.word, .muted)],
                priority: entry.priority
            )
        }
        func total() -> Int { entries.reduce(0) { $0 + $1.spans.width + Self.footerGap } - Self.footerGap }
        while total() > width, let worst = entries.indices.max(by: { entries[$0].priority < entries[$1].priority }) {
            entries.remove(at: worst)
        }
        return entries.map(\.spans)
    }

    /// The line being typed, with the cursor in sight.
    private func draw(_ prompt: Prompt, in line: Rect, of frame: inout CellBuffer) {
        guard !line.isEmpty, line.width > 1 else { return }
        // One column for the sign in front, one for the cursor behind the last character.
        let first = prompt.firstShown(columns: line.width - 2)
        let before = prompt.text.dropFirst(first).prefix(prompt.cursor - first)
        let shown = String(prompt.text.dropFirst(first))
        let sign = prompt.purpose == .command ? ":" : "/"
        frame.write([Span(sign, Style(.key, bold: true)), Span(shown, .text)], at: line.origin, in: line)
        frame.cursor = Point(x: line.x + 1 + TextWidth.width(of: String(before)), y: line.y)
        guard let hint = hint(for: prompt), first == 0 else { return }
        let start = TextWidth.width(of: prompt.text) + 3
        let room = Rect(x: line.x + start, y: line.y, width: max(0, line.width - start), height: 1)
        frame.write([Span(hint, .faint)], in: room)
    }

    private func hint(for prompt: Prompt) -> String? {
        switch prompt.purpose {
        case .filter: prompt.text.isEmpty ? texts[.filterHint] : nil
        case .search: prompt.text.isEmpty ? texts[.searchHint] : nil
        case .rotation, .scoring: nil
        case .command: LineCommand.completions(of: prompt.text).joined(separator: "  ")
        }
    }

    /// The keys that do something here, and those that would but for the read-only mode.
    func footerEntries(of keyMap: KeyMap) -> [(key: String, word: String, priority: Int, isRefused: Bool)] {
        var entries: [(key: String, word: String, priority: Int, isRefused: Bool)] = []
        if state.views.last == .scoring { return scoringEntries }
        if state.isHome { entries.append(("1–5", texts[.footerZoom], 3, false)) }
        for binding in keyMap.bindings {
            guard let word = binding.footer, binding.isEnabled(state), let key = binding.keys.first else { continue }
            if word == .footerPane, state.isHome { continue }
            entries.append((key.label, texts[word], word.footerPriority, binding.refusal(in: state) != nil))
        }
        return entries
    }

    /// Names the panes by their digits where not all of them are on the screen.
    func drawTabs(in line: Rect, of frame: inout CellBuffer) {
        guard !line.isEmpty else { return }
        let inner = line.inset(dx: 1)
        var x = inner.x
        for pane in Pane.allCases {
            let isShown = layout.panes[pane] != nil
            let spans = [
                Span("\(pane.rawValue) ", isShown ? .key : .faint),
                Span(texts[pane.shortTitle], isShown ? .strong : .muted),
            ]
            guard x + spans.width <= inner.maxX else { break }
            frame.write(spans, at: Point(x: x, y: inner.y), in: inner)
            x += spans.width + 3
        }
    }
}

extension TextKey {
    /// How soon an entry of the footer gives way; 1 is the last to go.
    fileprivate var footerPriority: Int {
        let order: [TextKey] = [
            .footerQuit, .footerHelp, .footerSignIn, .footerBack, .footerOpen, .footerFilter, .footerForm,
            .footerSearch, .footerFold, .footerPasteToken, .footerScore, .footerRotate, .footerExport, .footerRefresh,
            .footerCopy,
            .footerTrouble, .footerReveal, .footerInspect, .footerFreeze,
        ]
        return order.firstIndex(of: self).map { $0 + 1 } ?? order.count + 1
    }
}

extension Pane {
    var title: TextKey {
        switch self {
        case .endpoints: .paneEndpoints
        case .deployments: .paneDeployments
        case .traffic: .paneTraffic
        case .credentials: .paneCredentials
        case .log: .paneLog
        }
    }

    var shortTitle: TextKey { self == .log ? .paneLogShort : title }
}
