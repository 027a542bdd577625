internal import TerminalUI

extension ViewContext {
    /// The keys that work right here, as the key map has them.
    func drawFooter(in line: Rect, of frame: inout CellBuffer) {
        let inner = line.inset(dx: line.width >= 40 ? 1 : 0)
        var x = inner.x
        for (key, word) in footerEntries {
            let spans = [Span(key, Style(.key, bold: true)), Span(" " + word, .muted)]
            guard x + spans.width <= inner.maxX else { continue }
            frame.write(spans, at: Point(x: x, y: inner.y), in: inner)
            x += spans.width + 3
        }
    }

    private var footerEntries: [(key: String, word: String)] {
        var entries: [(key: String, word: String)] = []
        if state.isHome, state.size.width >= 40 { entries.append(("1–5", texts[.footerZoom])) }
        for binding in KeyMap.standard.bindings {
            guard let word = binding.footer, binding.isEnabled(state), let key = binding.keys.first else { continue }
            if word == .footerPane, state.isHome { continue }
            if state.size.width < 40, word != .footerHelp, word != .footerQuit { continue }
            entries.append((key.label, texts[word]))
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
