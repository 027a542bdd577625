internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Where a pane's data comes from, the source that its border speaks of.
    func feed(of source: Source) -> Feed { state.feeds[source] ?? Feed() }

    /// Draws a pane's border with title, facts, trouble and age; answers with the area inside.
    func drawFrame(
        of pane: Pane,
        in rect: Rect,
        title: TextKey,
        subject: String? = nil,
        facts: [Span] = [],
        source: Source?,
        isPlaceholder: Bool = false,
        of frame: inout CellBuffer
    ) -> Rect {
        guard layout.hasBorders else { return rect }
        let isFocused = state.focus == pane
        var heading = [Span("\(pane.rawValue) ", .muted), Span(texts[title], .title)]
        if let subject { heading += [Span(" · ", .faint), Span(subject, .muted)] }
        let border = border(of: source)
        frame.drawBox(
            rect,
            style: isFocused ? .focusedBorder : .border,
            topLeading: heading,
            topTrailing: facts,
            bottomLeading: scrollPosition(of: pane),
            bottomTrailing: border
        )
        // A free column before the right border; on the left the marker's gutter is free as it is.
        let inner = rect.inset(by: 1)
        return Rect(x: inner.x, y: inner.y, width: max(0, inner.width - 1), height: inner.height)
    }

    /// How old a source's data is, and what is wrong with it.
    private func border(of source: Source?) -> [Span] {
        guard let source else { return [] }
        let feed = feed(of: source)
        let age = ageText(feed)
        guard let failure = feed.failure else {
            return state.isStale(feed, source: source)
                ? [Span(texts.text(.troubleAge, ["trouble": texts[.troubleStale], "age": age]), .warning)]
                : [Span(age, .muted)]
        }
        let style: Style = state.trouble(of: feed, source: source) == .alert ? .alert : .warning
        let why = wording.why(failure)
        guard feed.receivedAt != nil else { return [Span("▲ " + why, style)] }
        return [Span("▲ " + texts.text(.troubleAge, ["trouble": why, "age": age]), style)]
    }

    func ageText(_ feed: Feed) -> String {
        guard let receivedAt = feed.receivedAt else { return feed.isWaiting ? texts[.ageWaiting] : texts[.ageNever] }
        return ageText(seconds: state.now.timeIntervalSince(receivedAt))
    }

    func ageText(seconds: Double) -> String {
        let seconds = max(0, Int(seconds))
        return seconds < 60
            ? texts.text(.ageSeconds, ["seconds": "\(seconds)"])
            : texts.text(.ageMinutes, ["minutes": "\(seconds / 60)"])
    }

    /// Which rows are on the screen, where not all are.
    private func scrollPosition(of pane: Pane) -> [Span] {
        let count = rowCount(of: pane)
        let range = state.visibleRange(of: pane, count: count, layout: layout)
        guard range.count < count, !range.isEmpty else { return [] }
        let text = texts.text(
            .scrollPosition,
            [
                "first": Format.count(range.lowerBound + 1), "last": Format.count(range.upperBound),
                "count": Format.count(count),
            ]
        )
        return [Span(text, .muted)]
    }

    func rowCount(of pane: Pane) -> Int {
        switch pane {
        case .endpoints: state.records.count
        case .deployments, .traffic: state.selectedRecord?.deployments?.count ?? 0
        case .credentials: state.credentialRows.count
        case .log: state.log.rows.count
        }
    }

    /// Dims what is older than it should be; it stays readable, and stays.
    func dimIfStale(_ source: Source, in rect: Rect, of frame: inout CellBuffer) {
        let feed = feed(of: source)
        guard feed.failure != nil || state.isStale(feed, source: source), feed.receivedAt != nil else { return }
        frame.restyle(rect) { $0.dimmed }
    }

    /// Says in an empty pane why it is empty, and what can be done where there is trouble.
    func drawEmpty(_ text: String, failure: AzureError?, in rect: Rect, of frame: inout CellBuffer) {
        let inner = rect.inset(dx: layout.hasBorders ? 1 : 0)
        guard let failure else {
            frame.write([Span(text, .muted)], in: inner.row(0))
            return
        }
        var lines = [Span(wording.headline(failure), .alert)]
        if let message = wording.serviceMessage(failure) { lines.append(Span(message, .text)) }
        if let next = wording.nextStep(failure) { lines.append(Span(next, .text)) }
        if let id = failure.requestID { lines.append(Span(texts.text(.errorRequestID, ["id": id]), .muted)) }
        var y = 0
        for line in lines {
            for piece in wrapped(line.text, width: inner.width) where y < inner.height {
                frame.write([Span(piece, line.style)], in: inner.row(y))
                y += 1
            }
        }
    }

    /// A text in lines no wider than `width`, broken at spaces where it has any.
    func wrapped(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            let candidate = line.isEmpty ? String(word) : line + " " + word
            if TextWidth.width(of: candidate) <= width {
                line = candidate
                continue
            }
            if !line.isEmpty { lines.append(line) }
            var rest = String(word)
            while TextWidth.width(of: rest) > width {
                let (head, _) = TextWidth.prefix(of: rest, fitting: width)
                guard !head.isEmpty else { break }
                lines.append(head)
                rest = String(rest.dropFirst(head.count))
            }
            line = rest
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
