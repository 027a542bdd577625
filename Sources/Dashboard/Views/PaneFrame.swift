internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func feed(of source: Source) -> Feed { state.feeds[source] ?? Feed() }

    /// What a pane's rows come from: first the source whose age its border tells, then those that fill single cells.
    func sources(of pane: Pane) -> [Source] {
        guard state.connection != nil else { return [.connection] }
        let visible = visibleRecords.map { state.records[$0].id }
        let selected = state.selectedEndpoint
        switch pane {
        case .endpoints:
            return endpointSources + visible.map { .diagnosticSettings(of: $0) }
                + visible.map { .lastOperation(of: $0) }
        case .deployments:
            let deployments = state.selectedRecord?.deployments ?? []
            return (selected.map { [.deployments(of: $0)] } ?? []) + deploymentMetricsSources(of: deployments)
        case .traffic:
            return endpointSources.prefix(1) + (selected.map { [.deployments(of: $0)] } ?? [])
        case .credentials:
            return TokenAudience.allCases.map { .token($0) } + visible.map { .endpointToken(of: $0) }
                + visible.map { .activity(of: $0) }
        case .log:
            let workspaces = state.knownLogWorkspaces
            // Where the rows are is told by the endpoints' diagnostic settings.
            let settings: [Source] = workspaces.isEmpty ? visible.map { .diagnosticSettings(of: $0) } : []
            return workspaces.map { .trafficLog(in: $0) } + [.token(.logAnalytics)] + settings
                + workspaces.flatMap { [.logWorkspace($0), .trafficAggregates(in: $0)] }
        }
    }

    /// Why a pane that has no rows yet may have none: the first failure among its sources.
    func failure(of pane: Pane) -> AzureError? {
        sources(of: pane).lazy.compactMap { [self] in feed(of: $0).failure }.first
    }

    /// Draws a pane's border with title, facts, trouble and age; answers with the area inside.
    func drawFrame(
        of pane: Pane,
        in rect: Rect,
        title: TextKey,
        subject: String? = nil,
        facts: [Span] = [],
        of frame: inout CellBuffer
    ) -> Rect {
        guard layout.hasBorders else { return rect }
        let isFocused = state.focus == pane
        var heading = [Span("\(pane.rawValue) ", .muted), Span(texts[title], .title)]
        heading += findSpans(of: pane)
        if let subject { heading += [Span(" · ", .faint), Span(subject, .muted)] }
        let position = scrollPosition(of: pane)
        let taken = position.isEmpty ? 0 : TextWidth.width(of: position.map(\.text).joined()) + 3
        frame.drawBox(
            rect,
            style: isFocused ? .focusedBorder : .border,
            topLeading: heading,
            topTrailing: facts,
            bottomLeading: position,
            bottomTrailing: border(of: pane, width: rect.width - 6 - taken)
        )
        return inside(rect)
    }

    /// The area inside a pane's border.
    func inside(_ rect: Rect) -> Rect {
        guard layout.hasBorders else { return rect }
        // A free column before the right border; on the left the marker's gutter is free as it is.
        let inner = rect.inset(by: 1)
        return Rect(x: inner.x, y: inner.y, width: max(0, inner.width - 1), height: inner.height)
    }

    /// What narrows the pane's rows and orders them, kept visible in its title.
    private func findSpans(of pane: Pane) -> [Span] {
        var spans: [Span] = []
        if let filter = state.filters[pane] { spans.append(Span(" /\(filter.text)", .accent)) }
        if state.showsOnlyTrouble, [.endpoints, .log].contains(pane) {
            spans.append(Span(" !" + texts[.footerTrouble], .warning))
        }
        if pane == .log, state.logFollowsSelection, let name = state.selectedRecord?.endpoint.name {
            spans.append(Span(" \(name)", .accent))
        }
        let marked = state.markCount(of: pane)
        if marked > 0 { spans.append(Span(" *\(marked)", .accent)) }
        if pane == .endpoints, let sort = state.sort {
            spans.append(Span(" \(sort.isDescending ? "↓" : "↑")\(sort.column.rawValue)", .accent))
        }
        if pane == .log, let sort = state.logSort {
            spans.append(Span(" \(sort.isDescending ? "↓" : "↑")\(sort.column.rawValue)", .accent))
        }
        return spans
    }

    /// How old a pane's data is, and what is wrong with it or with a part of it.
    private func border(of pane: Pane, width: Int) -> [Span] {
        let sources = sources(of: pane)
        guard let main = sources.first else { return [] }
        if let trouble = trouble(of: main, width: width) { return trouble }
        for source in sources.dropFirst() {
            guard let failure = state.feeds[source]?.failure else { continue }
            return troubleSpans(wording.headline(failure), " · " + texts[wording.key(failure)], source, width: width)
        }
        switch (pane, main) {
        case (.credentials, _): return clockSpans
        case (.log, .token): return []
        case (.endpoints, .endpoints), (.endpoints, .endpoint): return [Span(endpointsAgeText, .muted)]
        default: return [Span(ageText(feed(of: main)), .muted)]
        }
    }

    private func trouble(of source: Source, width: Int) -> [Span]? {
        let feed = feed(of: source)
        let age = ageText(feed)
        guard let failure = feed.failure else {
            guard state.isStale(feed, source: source) else { return nil }
            return [Span(texts.text(.troubleAge, ["trouble": texts[.troubleStale], "age": age]), .warning)]
        }
        let hint = " · " + texts[wording.key(failure)]
        let rest = feed.receivedAt == nil ? hint : texts.text(.troubleAge, ["trouble": "", "age": age]) + hint
        return troubleSpans(wording.why(failure), rest, source, width: width)
    }

    /// The trouble is cut rather than the age and the key behind it: they are what a person acts on.
    private func troubleSpans(_ trouble: String, _ rest: String, _ source: Source, width: Int) -> [Span] {
        let room = max(12, width - TextWidth.width(of: rest) - 2)
        return [Span("▲ " + TextWidth.truncated(trouble, to: room) + rest, troubleStyle(source))]
    }

    private func troubleStyle(_ source: Source) -> Style {
        state.trouble(of: feed(of: source), source: source) == .alert ? .alert : .warning
    }

    /// Countdowns are only as right as the clock: how it stands with Azure's.
    private var clockSpans: [Span] {
        guard let skew = state.clockSkewSeconds else { return [] }
        guard abs(skew) >= 2 else { return [Span(texts[.credentialsInStep], .muted)] }
        let values: KeyValuePairs = ["sign": skew < 0 ? "-" : "+", "seconds": Format.decimal(abs(skew), digits: 0)]
        return [Span(texts.text(.credentialsSkew, values), .warning)]
    }

    func ageText(_ feed: Feed) -> String {
        guard let receivedAt = feed.receivedAt else { return feed.isWaiting ? texts[.ageWaiting] : texts[.ageNever] }
        return ageText(seconds: state.now.timeIntervalSince(receivedAt))
    }

    func ageText(seconds: Double) -> String {
        let seconds = max(0, Int(clamping: seconds))
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
        case .endpoints: state.shownEndpoints.count
        case .deployments, .traffic: state.selectedRecord?.deployments?.count ?? 0
        case .credentials: state.credentialCount
        case .log: state.logRowCount
        }
    }

    /// Dims what is older than it should be; it stays readable, and stays.
    func dimIfStale(_ pane: Pane, in rect: Rect, of frame: inout CellBuffer) {
        guard let source = sources(of: pane).first else { return }
        let feed = feed(of: source)
        guard feed.failure != nil || state.isStale(feed, source: source), feed.receivedAt != nil else { return }
        frame.restyle(rect) { $0.dimmed }
    }

    /// Says in an empty pane why it is empty, and what can be done where there is trouble.
    func drawEmpty(_ text: String, failure: AzureError?, in rect: Rect, of frame: inout CellBuffer) {
        let inner = rect.inset(dx: layout.hasBorders ? 1 : 0)
        guard let failure else {
            for (row, piece) in wrapped(text, width: inner.width).prefix(inner.height).enumerated() {
                frame.write([Span(piece, .muted)], in: inner.row(row))
            }
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
            var pieces = TextWidth.pieces(of: String(word), fitting: width)
            line = pieces.popLast() ?? ""
            lines.append(contentsOf: pieces)
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
