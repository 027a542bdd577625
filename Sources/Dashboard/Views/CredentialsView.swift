internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Pane 4: every credential with its countdown, what lapses first on top.
    func drawCredentials(in rect: Rect, of frame: inout CellBuffer) {
        let inner = drawFrame(
            of: .credentials,
            in: rect,
            title: .paneCredentials,
            of: &frame
        )
        guard state.connection != nil else {
            drawEmpty(texts[.emptyConnecting], failure: failure(of: .credentials), in: inner, of: &frame)
            return
        }
        let hidden = credentialTable(width: inner.width).draw(
            in: inner,
            of: &frame,
            isFocused: state.focus == .credentials,
            showsHeader: false
        )
        mark(hidden, of: .credentials, in: rect, of: &frame)
    }

    func credentialTable(width: Int) -> Table<CredentialRow> {
        let rows = state.credentialRows
        let range = state.visibleRange(of: .credentials, count: rows.count, layout: layout)
        let selected = rows.firstIndex { $0.id == state.selectedCredential } ?? 0
        return Table(
            columns: credentialColumns(width: width),
            rows: rows[range],
            selectedIndex: state.focus == .credentials ? selected - range.lowerBound : nil,
            spacing: 1,
            columnOffset: state.columnOffsets[.credentials] ?? 0
        )
    }

    private func credentialColumns(width: Int) -> [Column<CredentialRow>] {
        [
            Column(id: "name", title: "", width: .fit(min: 8, max: 24)) { [self] in
                $1.write(name(of: $0), nameStyle($0))
            },
            Column(id: "what", title: "", priority: 2, width: .fill(min: 6)) { [self] in what(of: $0) },
            Column(id: "bar", title: "", priority: 3, width: .fixed(width >= 60 ? 10 : 0)) { [self] in bar(of: $0) },
            Column(id: "left", title: "", alignment: .trailing, width: .fit(min: 5, max: 16)) { [self] in
                countdown(of: $0)
            },
        ]
    }

    private func name(of row: CredentialRow) -> String {
        switch row.id {
        case .token(.resourceManager): texts[.credentialControlPlane]
        case .token(.machineLearning): texts[.credentialDataPlane]
        case .token(.logAnalytics): texts[.credentialLogs]
        case .endpoint: row.name
        }
    }

    private func nameStyle(_ row: CredentialRow) -> Style {
        guard case .token = row.id else { return .text }
        return .strong
    }

    /// What it is for; where it needs a word, that it is not renewed, or when it will be.
    private func what(of row: CredentialRow) -> [Span] {
        if case .keys(let age?) = row.state { return keyAgeSpans(age, by: keyAuthor(age)) }
        let text =
            switch row.authMode {
            case nil: row.host ?? texts[.valueUnknown]
            case .key: texts[.credentialKeys]
            case .aadToken: texts[.credentialAsDataPlane]
            case .amlToken: row.authMode?.cliValue ?? ""
            case .unknown: texts[.credentialOtherMode]
            }
        guard let note = note(on: row) else { return [Span(text, .muted)] }
        return [Span(text + " · ", .muted), Span(note, state.severity(of: row).map(style) ?? .muted)]
    }

    private func note(on row: CredentialRow) -> String? {
        switch row.state {
        case .counting, .noExpiryTold: break
        case .failed(let error, _?): return texts.text(.credentialFailedWhy, ["why": wording.why(error)])
        default: return nil
        }
        guard row.isRenewable else { return texts[.credentialNotRenewed] }
        guard case .counting(_, let refreshAt?) = row.state, row.authMode == .amlToken else { return nil }
        let left = refreshAt.timeIntervalSince(state.serverNow)
        return left > 0 ? texts.text(.credentialRefreshAfter, ["time": Format.countdown(left)]) : nil
    }

    private func style(_ severity: Severity) -> Style { severity == .alert ? .alert : .warning }

    /// What is left of an hour, with a mark where the token is going to be renewed.
    private func bar(of row: CredentialRow) -> [Span] {
        guard case .counting(let expiresAt, let refreshAt) = row.state else { return [] }
        let left = expiresAt.timeIntervalSince(state.serverNow)
        let width = 10
        // A line, not blocks: those of one row would run into those of the next.
        let filled = left > 0 ? max(1, min(width, Int(clamping: left / 360 + 0.5))) : 0
        let mark = refreshAt.flatMap { row.isRenewable ? Int(clamping: expiresAt.timeIntervalSince($0) / 360) : nil }
        return (0..<width).map { index in
            let isMark = index == mark
            return index < filled
                ? Span(isMark ? "┿" : "━", style(of: row, left: left)) : Span(isMark ? "┼" : "─", .faint)
        }
    }

    /// The countdown with its word, as the pane and the details have it.
    func countdown(of row: CredentialRow) -> [Span] {
        switch row.state {
        case .unknown: return [Span(texts[.credentialUnknown], .faint)]
        case .counting(let expiresAt, _):
            let left = expiresAt.timeIntervalSince(state.serverNow)
            let mark = state.severity(of: row).map { $0 == .alert ? "▲ " : "◆ " } ?? ""
            return [Span(mark + Format.countdown(left), style(of: row, left: left))]
        case .noExpiryTold: return [Span(texts[.credentialExpiryUntold], .muted)]
        case .renewing(let expiresAt):
            let left = expiresAt.map { Format.countdown($0.timeIntervalSince(state.serverNow)) } ?? ""
            return [Span("\(texts[.credentialRenewing]) \(left)", .accent)]
        case .renewed(let expiresAt):
            let left = expiresAt.timeIntervalSince(state.serverNow)
            return [Span("\(texts[.credentialRenewed]) \(Format.countdown(left))", Style(.good, bold: true))]
        case .lapsed: return [Span("▲ " + texts[.credentialLapsed], .alert)]
        case .failed(_, let expiresAt):
            return failedCountdown(expiresAt)
        case .keys(.some): return [Span(texts[.credentialKeysAged], .muted)]
        case .keys(nil), .otherMode: return [Span(texts[.valueUnknown], .faint)]
        }
    }

    private func failedCountdown(_ expiresAt: Date?) -> [Span] {
        guard let expiresAt else { return [Span("▲ " + texts[.credentialFailedNew], .alert)] }
        let left = expiresAt.timeIntervalSince(state.serverNow)
        guard left > 0 else { return [Span("▲ " + texts[.credentialLapsed], .alert)] }
        let severity = EndpointRecord.lapseSeverity(of: expiresAt, at: state.serverNow, state.thresholds)
        return [Span("▲ \(Format.countdown(left))", severity == .alert ? .alert : .warning)]
    }

    /// Green while there is time or a renewal to come; amber and red by the thresholds where there is none.
    private func style(of row: CredentialRow, left: Double) -> Style {
        if let severity = state.severity(of: row) { return style(severity) }
        return row.isRenewable && left <= state.thresholds.tokenExpirySeconds.alert ? .warning : .good
    }
}
