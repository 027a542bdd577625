internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Pane 5: the newest rows of `AmlOnlineEndpointTrafficLog`, of all endpoints that log.
    func drawLog(in rect: Rect, of frame: inout CellBuffer) {
        let subject = texts.text(.logTitleAll, ["minutes": "\(Int(state.log.windowSeconds / 60))"])
        let inner = drawFrame(
            of: .log,
            in: rect,
            title: .paneLog,
            subject: line(hasRoomFor: 100) ? subject : nil,
            facts: logFacts,
            of: &frame
        )
        guard state.logRowCount > 0 else {
            drawEmpty(emptyLogText, failure: failure(of: .log), in: inner, of: &frame)
            return
        }
        let hidden = logTable(width: inner.width).draw(
            in: inner,
            of: &frame,
            isFocused: state.focus == .log,
            showsHeader: Pane.log.hasColumnTitles(in: rect)
        )
        drawMarks(of: .log, in: inner, of: &frame)
        mark(hidden, of: .log, in: rect, of: &frame)
        dimIfStale(.log, in: inner, of: &frame)
    }

    func logTable(width: Int) -> Table<UInt32> {
        let range = state.visibleRange(of: .log, count: state.logRowCount, layout: layout)
        return Table(
            columns: logColumns(width: width),
            rows: range.map(state.logSlot),
            selectedIndex: state.focus == .log ? state.selectedLogRowIndex.map { $0 - range.lowerBound } : nil,
            hasGutter: true,
            spacing: width < 100 ? 1 : 2,
            columnOffset: state.columnOffsets[.log] ?? 0
        )
    }

    private var emptyLogText: String {
        if state.connection == nil { return texts[.emptyConnecting] }
        if !state.log.isEmpty { return texts[.emptyFiltered] }
        if !state.log.loaded.isEmpty {
            return texts.text(.emptyLog, ["minutes": "\(Int(state.log.windowSeconds / 60))"])
        }
        let visible = state.visibleRecords.map { state.records[$0] }
        let isOff = !visible.isEmpty && visible.allSatisfy { $0.isLogging == false }
        return texts[isOff ? .emptyLogOff : .emptyLogReading]
    }

    private var logFacts: [Span] {
        guard let newest = state.log.newest else { return [] }
        let count = Format.count(max(state.log.count, state.aggregatedRequestCount))
        let age = ageText(seconds: state.serverNow.timeIntervalSince(newest))
        let above = state.selectedLogRow == nil ? 0 : state.selectedLogRowIndex ?? 0
        let held =
            above == 0
            ? [] : [Span(texts.text(.logHeld, ["count": Format.count(above)]), .accent), Span(" · ", .faint)]
        return held + [
            Span(texts.text(.logRows, ["count": count]), .muted), Span(" · ", .faint),
            Span(texts.text(.logNewest, ["age": age]), .muted),
        ]
    }

    /// Rows are slots of the log.
    private func logColumns(width: Int) -> [Column<UInt32>] {
        let rows = state.log
        return [
            Column(id: "time", title: texts[.columnTime], width: .fixed(8)) { [self] in
                $1.write(Format.clock(rows[$0].time, in: state.zone), .muted)
            },
            Column(id: "status", title: texts[.columnStatus], alignment: .trailing, width: .fixed(4)) { [self] in
                $1.write("\(rows[$0].responseCode)", statusStyle(rows[$0]))
            },
            Column(id: "endpoint", title: texts[.columnEndpoint], priority: 2, width: .fit(min: 8, max: 28)) {
                $1.write(rows[$0].endpointName)
            },
            Column(id: "deployment", title: texts[.columnDeployment], priority: 3, width: .fit(min: 5, max: 16)) {
                [self] in
                let name = rows[$0].deploymentName
                if name.isEmpty { $1.write(texts[.valueUnknown], .faint) } else { $1.write(name, .deployment(name)) }
            },
            Column(id: "request", title: texts[.columnRequest], priority: 8, width: .fit(min: 6, max: 20)) {
                $1.write(rows[$0].method, .muted)
                $1.write(" ", .muted)
                $1.write(rows[$0].path, .muted)
            },
            Column(id: "auth", title: texts[.columnAuth], priority: 5, width: .fit(min: 3, max: 9)) {
                $1.write(rows[$0].authType, .muted)
            },
            Column(id: "caller", title: texts[.columnCaller], priority: 6, width: .fit(min: 5, max: 9)) { [self] in
                $1.write(rows[$0].identity.isEmpty ? texts[.valueUnknown] : short(rows[$0].identity), .muted)
            },
            Column(id: "agent", title: texts[.columnAgent], priority: 7, width: .fit(min: 6, max: 24)) {
                $1.write(rows[$0].userAgent, .muted)
            },
            Column(id: "reason", title: texts[.columnReason], priority: 4, width: .fill(min: 10)) { [self] in
                $1.write(reason(of: rows[$0]), rows[$0].isFailure ? statusStyle(rows[$0]) : .muted)
            },
            Column(
                id: "duration",
                title: texts[.columnDuration],
                priority: 2,
                alignment: .trailing,
                width: .fit(min: 6, max: 8)
            ) { [self] in
                $1.write(Format.milliseconds(Double(rows[$0].totalMilliseconds)), durationStyle(rows[$0]))
            },
        ]
    }

    func statusStyle(_ row: TrafficLogRow) -> Style {
        if row.responseCode >= 500 || row.responseCode == 424 { return Style(.alert, bold: true) }
        return row.isFailure || row.isClientError ? .warning : .good
    }

    private func durationStyle(_ row: TrafficLogRow) -> Style {
        let milliseconds = Double(row.totalMilliseconds)
        let limits = state.thresholds.p95Milliseconds
        return milliseconds > limits.alert ? .alert : milliseconds > limits.warning ? .warning : .text
    }

    /// The model's own status where it differs from what the caller got, else the service's reason.
    private func reason(of row: TrafficLogRow) -> String {
        if let model = row.modelStatusCode, model != row.responseCode, model != 0, row.responseCode != 200 {
            return texts.text(.valueModelStatus, ["status": "\(model)"])
        }
        return row.responseCode == 200 ? "" : row.responseReason
    }
}
