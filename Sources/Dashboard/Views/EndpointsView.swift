internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Pane 1: the endpoints, by name.
    func drawEndpoints(in rect: Rect, of frame: inout CellBuffer) {
        let inner = drawFrame(
            of: .endpoints,
            in: rect,
            title: .paneEndpoints,
            facts: endpointFacts,
            of: &frame
        )
        guard !visibleRecords.isEmpty else {
            drawEmpty(emptyEndpointsText, failure: failure(of: .endpoints), in: inner, of: &frame)
            return
        }
        let hidden = endpointTable(width: inner.width).draw(
            in: inner,
            of: &frame,
            isFocused: state.focus == .endpoints,
            showsHeader: Pane.endpoints.hasColumnTitles(in: rect)
        )
        drawMarks(of: .endpoints, in: inner, of: &frame)
        mark(hidden, of: .endpoints, in: rect, of: &frame)
        dimIfStale(.endpoints, in: inner, of: &frame)
    }

    func endpointTable(width: Int) -> Table<Int> {
        let selected = state.selectedEndpoint.flatMap { state.recordIndex[$0] }
        return Table(
            columns: endpointColumns(width: width),
            rows: visibleRecords,
            selectedIndex: selected.flatMap { visibleRecords.firstIndex(of: $0) },
            spacing: width < 100 ? 1 : 2,
            columnOffset: state.columnOffsets[.endpoints] ?? 0
        )
    }

    private var emptyEndpointsText: String {
        if state.connection == nil { return texts[.emptyConnecting] }
        if !state.records.isEmpty { return texts[.emptyFiltered] }
        return state.isListComplete ? texts[.emptyEndpoints] : texts[.emptyEndpointsReading]
    }

    private var endpointFacts: [Span] {
        guard !state.records.isEmpty else { return [] }
        let all = Format.count(state.records.count)
        let isPart = state.shownEndpoints.count < state.records.count
        let count = isPart ? "\(Format.count(state.shownEndpoints.count))/\(all)" : all
        guard state.isListComplete else { return [Span(texts.text(.endpointsPartial, ["count": count]), .muted)] }
        let changing = state.summary.changingCount
        guard changing > 0 else { return [Span(texts.text(.endpointsCount, ["count": count]), .muted)] }
        return [Span(texts.text(.endpointsChanging, ["count": count, "changing": "\(changing)"]), .muted)]
    }

    /// Rows are indices into `records`: a record is large, and a table hands its rows about.
    private func endpointColumns(width: Int) -> [Column<Int>] {
        if width < 40 { return tinyEndpointColumns }
        let isNarrow = width < 100
        let historyWidth = width < 150 ? 11 : 30
        // The split takes what room there is, but never drops less wanted columns for it.
        let widestSplit = isNarrow ? 0 : visibleRecords.reduce(0) { max($0, splitWidth(state.records[$1])) }
        return [
            // Indented as the names are, which leave room for a mark.
            Column(id: "name", title: "  " + texts[.columnName], width: .fit(min: 10, max: 34)) { [self] in
                let mark = severityMark(of: state.records[$0])
                $1.write(mark.map { $0.text + " " } ?? "  ", mark?.style ?? .text)
                writeName(of: state.records[$0], to: &$1)
            },
            Column(id: "auth", title: texts[.columnAuth], priority: 4, width: .fit(min: 4, max: 9)) { [self] in
                $1.write(state.records[$0].endpoint.authMode.cliValue, .muted)
            },
            Column(
                id: "state",
                title: texts[.columnState],
                priority: 2,
                width: .fit(min: 11, max: isNarrow ? 16 : width < 150 ? 20 : 30)
            ) { [self] in $1.write(stateCell(state.records[$0]) + ageSpans(of: state.records[$0])) },
            Column(
                id: "traffic",
                title: texts[.columnTraffic],
                priority: 3,
                width: isNarrow ? .fit(min: 6, max: 14) : .fill(min: max(8, min(widestSplit, 36)))
            ) { [self] in writeSplit(of: state.records[$0], isShort: isNarrow, to: &$1) },
            Column(
                id: "rate",
                title: texts[.columnRequestRate],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 5, max: 9)
            ) { [self] in
                write(state.records[$0].metrics?.requestsPerSecond, to: &$1) { Format.decimal($0, digits: 1) }
            },
            Column(id: "history", title: texts[.columnHistory], priority: 6, width: .fixed(historyWidth)) { [self] in
                let history = state.records[$0].metrics?.requestsPerMinuteHistory ?? []
                Sparkline.write(values: history, width: historyWidth, to: &$1)
            },
            Column(
                id: "errors",
                title: texts[.columnErrorShare],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 4, max: 5)
            ) { [self] in writeErrorShare(of: state.records[$0], to: &$1) },
            Column(
                id: "p95",
                title: texts[.columnP95],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 6, max: 7)
            ) { [self] in
                let record = state.records[$0]
                write(record.metrics?.p95Milliseconds, style(record, .p95), to: &$1, Format.milliseconds)
            },
            Column(id: "kind", title: texts[.columnKind], priority: 7, width: .fit(min: 4, max: 10)) { [self] in
                $1.write(texts[state.records[$0].endpoint.isKubernetes ? .valueKubernetes : .valueManaged], .muted)
            },
            Column(
                id: "deployments",
                title: texts[.columnDeployments],
                priority: 8,
                alignment: .trailing,
                width: .fixed(4)
            ) { [self] in
                $1.write(state.records[$0].deployments.map { "\($0.count)" } ?? texts[.valueUnknown], .muted)
            },
            Column(id: "location", title: texts[.columnLocation], priority: 10, width: .fit(min: 6, max: 14)) {
                [self] in
                $1.write(state.records[$0].endpoint.location ?? texts[.valueUnknown], .muted)
            },
            Column(id: "logging", title: texts[.columnLogging], priority: 9, width: .fixed(3)) { [self] in
                $1.write(loggingCell(state.records[$0]))
            },
            Column(
                id: "age",
                title: texts[.columnAge],
                priority: 11,
                alignment: .trailing,
                width: .fit(min: 4, max: 6)
            ) { [self] in $1.write(age(of: state.records[$0].endpoint.systemData?.createdAt), .muted) },
        ]
    }

    /// Where there is room for next to nothing: the mark of the severity or of the state, and the name.
    private var tinyEndpointColumns: [Column<Int>] {
        [
            Column(id: "state", title: "", width: .fixed(2)) { [self] in
                let mark = severityMark(of: state.records[$0])
                $1.write(mark.map { [$0] } ?? Array(stateCell(state.records[$0]).prefix(1)))
            },
            Column(id: "name", title: texts[.columnName], width: .fill(min: 4)) { [self] in
                writeName(of: state.records[$0], to: &$1)
            },
            Column(
                id: "errors",
                title: texts[.columnErrorShare],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 4, max: 5)
            ) { [self] in writeErrorShare(of: state.records[$0], to: &$1) },
        ]
    }

    /// What the colour of a name says, for those who do not see it: nothing where all is well.
    private func severityMark(of record: EndpointRecord) -> Span? {
        switch record.severity {
        case .alert: Span("▲", Style(.alert, bold: true))
        case .warning: Span("◆", Style(.warning, bold: true))
        case .note, nil: nil
        }
    }

    private func writeName(of record: EndpointRecord, to cell: inout CellWriter) {
        let style: Style = record.severity == .alert ? .alert : record.severity == .warning ? .warning : .text
        cell.write(record.endpoint.name, record.id == state.selectedEndpoint ? style.bold : style)
    }

    func stateCell(_ record: EndpointRecord) -> [Span] {
        let since = record.endpoint.systemData?.lastModifiedAt
        return stateSpans(
            record.endpoint.provisioningState,
            since: since,
            code: record.lastOperation?.errorCode
        )
    }

    /// A provisioning state by mark, word and colour; a changing one says for how long, a failed one with which code.
    func stateSpans(_ provisioningState: ProvisioningState, since: Date?, code: String?) -> [Span] {
        let word = provisioningState.rawValue
        switch provisioningState {
        case .succeeded: return [Span("● ", .good), Span(word, .muted)]
        case .failed:
            let style = Style(.alert, bold: true)
            guard let code else { return [Span("▲ ", style), Span(word, style)] }
            return [Span("▲ ", style), Span(texts.text(.valueStateCode, ["state": word, "code": code]), style)]
        case .canceled: return [Span("◆ ", .warning), Span(word, .warning)]
        case .creating, .updating, .scaling, .deleting:
            let age = since.map { texts.span(state.serverNow.timeIntervalSince($0)) } ?? ""
            return [Span("◐ ", .warning), Span(texts.text(.valueStateFor, ["state": word, "age": age]), .warning)]
        case .unknown: return [Span("○ ", .muted), Span(word, .text)]
        }
    }

    /// The split, coloured as everywhere: `blue 90 green 10`, one name alone, `none`, and a mirror.
    private func writeSplit(of record: EndpointRecord, isShort: Bool, to cell: inout CellWriter) {
        guard record.isTrafficKnown else { return cell.write(texts[.valueUnknown], .faint) }
        let live = shares(record.endpoint.traffic)
        let mirrors = isShort ? [] : shares(record.endpoint.mirrorTraffic)
        guard !live.isEmpty || !mirrors.isEmpty else { return cell.write(texts[.valueNone], .muted) }
        var isFirst = true
        for (name, percent) in live {
            if !isFirst { cell.write(" ") }
            isFirst = false
            cell.write(name, .deployment(name))
            if live.count > 1, !isShort { cell.write(" \(percent)") }
        }
        for (name, percent) in mirrors {
            cell.write(isFirst ? "⇉" : " ⇉", .faint)
            isFirst = false
            cell.write(name, .deployment(name))
            cell.write(" \(percent)", .muted)
        }
    }

    private func splitWidth(_ record: EndpointRecord) -> Int {
        func digits(_ percent: Int) -> Int { percent < 10 ? 1 : percent < 100 ? 2 : 3 }
        let live = shares(record.endpoint.traffic)
        let mirrors = shares(record.endpoint.mirrorTraffic)
        guard !live.isEmpty || !mirrors.isEmpty else { return TextWidth.width(of: texts[.valueNone]) }
        var width = live.count + mirrors.count - 1
        for (name, percent) in live { width += TextWidth.width(of: name) + (live.count > 1 ? 1 + digits(percent) : 0) }
        for (name, percent) in mirrors { width += 1 + TextWidth.width(of: name) + 1 + digits(percent) }
        return width
    }

    /// Who gets any traffic, the most first.
    private func shares(_ traffic: [String: Int]) -> [(name: String, percent: Int)] {
        var shares: [(name: String, percent: Int)] = []
        for (name, percent) in traffic where percent > 0 { shares.append((name, percent)) }
        guard shares.count > 1 else { return shares }
        return shares.sorted { ($1.percent, $0.name) < ($0.percent, $1.name) }
    }

    private func writeErrorShare(of record: EndpointRecord, to cell: inout CellWriter) {
        write(record.metrics?.errorShare, style(record, .errorShare), to: &cell, Format.percent)
    }

    private func loggingCell(_ record: EndpointRecord) -> [Span] {
        guard let isLogging = record.isLogging else { return [Span(texts[.valueUnknown], .faint)] }
        return [Span(texts[isLogging ? .valueOn : .valueOff], isLogging ? .muted : .text)]
    }

    /// The colour of a figure by the finding it gave rise to.
    private func style(_ record: EndpointRecord, _ kind: Finding.Kind) -> Style {
        switch record.findings.first(where: { $0.kind == kind })?.severity {
        case .alert: Style(.alert, bold: true)
        case .warning: Style(.warning, bold: true)
        case .note, nil: .text
        }
    }

    func number(_ value: Double?, style: Style, _ text: (Double) -> String) -> [Span] {
        guard let value else { return [Span(texts[.valueUnknown], .faint)] }
        return [Span(text(value), style)]
    }

    func write(_ value: Double?, _ style: Style = .text, to cell: inout CellWriter, _ text: (Double) -> String) {
        if let value { cell.write(text(value), style) } else { cell.write(texts[.valueUnknown], .faint) }
    }

    func age(of date: Date?) -> String {
        date.map { texts.span(state.serverNow.timeIntervalSince($0)) } ?? texts[.valueUnknown]
    }
}

extension Style {
    /// One colour for each deployment, the same in every pane: `blue` and `green` as they are called, others by name.
    static func deployment(_ name: String) -> Style {
        switch name {
        case "blue": return .series(0)
        case "green": return .series(1)
        default:
            let sum = name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff }
            return .series(2 + sum % 4)
        }
    }
}
