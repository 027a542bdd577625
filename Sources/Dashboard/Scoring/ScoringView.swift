internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import JSONValue
internal import TerminalUI

extension ViewContext {
    /// The form: what is sent on the left or above, what came back beside it or in its place.
    func drawScoring(in rect: Rect, of frame: inout CellBuffer) {
        guard let form = state.scoring else { return }
        let layout = ScoringLayout(area: rect, part: form.part)
        if !layout.answer.isEmpty {
            draw(form.answer, in: layout.answer, isFocused: form.part == .answer, of: &frame)
        }
        if !layout.fields.isEmpty { drawFields(form, in: layout.fields, layout, of: &frame) }
        if !layout.body.isEmpty { drawBody(form, layout, of: &frame) }
        if let overlay = form.overlay {
            frame.cursor = nil
            draw(overlay, form, in: rect, of: &frame)
        }
        // What has no room has no cursor either.
        if let cursor = frame.cursor, !rect.contains(cursor) { frame.cursor = nil }
    }

    private func isFramed(_ rect: Rect) -> Bool { rect.width >= 20 && rect.height >= 4 }

    // MARK: Fields

    private func drawFields(
        _ form: ScoringForm,
        in rect: Rect,
        _ layout: ScoringLayout,
        of frame: inout CellBuffer
    ) {
        let isFocused = form.part != .body && form.part != .answer
        if isFramed(rect) {
            frame.drawBox(
                rect,
                style: isFocused ? .focusedBorder : .border,
                topLeading: [
                    Span("s ", .key), Span(texts[.scoringTitle], .title), Span(" · ", .faint),
                    Span(form.endpoint.name, .strong),
                ],
                topTrailing: modeSpans(form)
            )
        }
        let inner = layout.inside(rect)
        let parts = ScoringForm.Part.allCases.prefix(ScoringLayout.fieldCount)
        let labelWidth = parts.map { TextWidth.width(of: texts[$0.label]) }.max() ?? 0
        for (row, part) in parts.enumerated() where row < inner.height {
            draw(part, form, labelWidth: labelWidth, in: inner.row(row), of: &frame)
        }
    }

    private func modeSpans(_ form: ScoringForm) -> [Span] {
        guard let record = state.record(form.endpoint) else { return [Span(texts[.scoringGone], .warning)] }
        var spans = [Span(record.endpoint.authMode.cliValue, .muted)]
        if state.isReadOnlyHere, !state.mayScore { spans.append(Span(" · " + texts[.scoringForbiddenMark], .warning)) }
        return spans
    }

    private func draw(
        _ part: ScoringForm.Part,
        _ form: ScoringForm,
        labelWidth: Int,
        in line: Rect,
        of frame: inout CellBuffer
    ) {
        let isCurrent = form.part == part && form.overlay == nil
        let label = texts[part.label]
        let gap = String(repeating: " ", count: labelWidth - TextWidth.width(of: label) + 2)
        let lead = [Span(isCurrent ? "▸ " : "  ", .accent), Span(label + gap, isCurrent ? .strong : .muted)]
        frame.write(lead, in: line)
        let start = lead.width
        let room = Rect(x: line.x + start, y: line.y, width: max(0, line.width - start), height: 1)
        switch part {
        case .path, .contentType, .timeout: drawField(part, form, isCurrent, in: room, of: &frame)
        default: frame.write(choiceSpans(part, form, isCurrent).truncated(to: room.width), in: room)
        }
    }

    private func drawField(
        _ part: ScoringForm.Part,
        _ form: ScoringForm,
        _ isCurrent: Bool,
        in room: Rect,
        of frame: inout CellBuffer
    ) {
        let prompt = part == .path ? form.path : part == .contentType ? form.contentType : form.timeout
        let hint = part == .timeout ? timeoutSpans(form) : part == .path ? hostSpans(form) : []
        let first = isCurrent ? prompt.firstShown(columns: max(1, room.width - 1)) : 0
        let shown = String(prompt.text.dropFirst(first))
        frame.write([Span(shown, Style(.text, underlined: isCurrent))], in: room)
        let width = TextWidth.width(of: shown)
        let rest = Rect(x: room.x + width + 2, y: room.y, width: max(0, room.width - width - 2), height: 1)
        if first == 0 { frame.write(hint.truncated(to: rest.width), in: rest) }
        guard isCurrent, room.width > 0 else { return }
        let before = String(prompt.text.dropFirst(first).prefix(prompt.cursor - first))
        frame.cursor = Point(x: min(room.maxX - 1, room.x + TextWidth.width(of: before)), y: room.y)
    }

    private func hostSpans(_ form: ScoringForm) -> [Span] {
        guard let url = state.record(form.endpoint)?.endpoint.scoringURI.flatMap(HTTPURL.init) else { return [] }
        let isPlain = !url.isEncrypted
        return [Span(texts.text(.scoringHost, ["host": url.origin]), isPlain ? .warning : .faint)]
    }

    private func timeoutSpans(_ form: ScoringForm) -> [Span] {
        guard let seconds = form.timeoutSeconds else { return [Span(texts[.scoringTimeoutWrong], .warning)] }
        guard let own = state.deploymentTimeout(form) else { return [Span(texts[.scoringSeconds], .faint)] }
        let values: KeyValuePairs = ["seconds": Format.decimal(own / .seconds(1), digits: 0)]
        let ours = Duration.seconds(seconds)
        if ours < own { return [Span(texts.text(.scoringTimeoutShorter, values), .warning)] }
        let isLonger = ours > own + .seconds(ScoringForm.timeoutMarginSeconds)
        return [
            Span(
                texts.text(isLonger ? .scoringTimeoutLonger : .scoringTimeoutDeployment, values),
                isLonger ? .muted : .faint
            )
        ]
    }

    private func choiceSpans(_ part: ScoringForm.Part, _ form: ScoringForm, _ isCurrent: Bool) -> [Span] {
        let arrows = isCurrent ? ("◂ ", " ▸") : ("", "")
        func choice(_ text: String, _ hint: [Span]) -> [Span] {
            [Span(arrows.0, .accent), Span(text, .strong), Span(arrows.1, .accent), Span("  ")] + hint
        }
        switch part {
        case .deployment:
            guard let pinned = form.pinned else { return choice(texts[.scoringRouted], trafficSpans(form)) }
            return choice(texts.text(.scoringPinned, ["deployment": pinned]), [Span(texts[.scoringPinnedHint], .faint)])
        case .credential: return choice(texts[form.credential.label], credentialSpans(form))
        case .headers:
            let reserved = texts.text(.scoringHeadersReserved, ["names": "Authorization, Content-Type, …"])
            guard !form.headers.isEmpty else {
                return [Span(texts[.scoringHeadersNone], .muted), Span("  " + reserved, .faint)]
            }
            return [Span(form.headers.map { "\($0.name): \($0.value)" }.joined(separator: " · "))]
        default: return []
        }
    }

    private func trafficSpans(_ form: ScoringForm) -> [Span] {
        guard let endpoint = state.record(form.endpoint)?.endpoint else { return [] }
        let live = endpoint.traffic.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !live.isEmpty else { return [Span(texts[.scoringNoTraffic], .warning)] }
        return [Span(live.map { "\($0.key) \($0.value) %" }.joined(separator: " · "), .muted)]
    }

    private func credentialSpans(_ form: ScoringForm) -> [Span] {
        guard let record = state.record(form.endpoint) else { return [] }
        let mode = record.endpoint.authMode
        let unfit = ScoringCredential.allCases.filter { !$0.fits(mode) }
        let reason =
            unfit.isEmpty
            ? []
            : [
                Span(
                    "  "
                        + texts.text(
                            .scoringCredentialUnfit,
                            ["names": unfit.map { texts[$0.label] }.joined(separator: ", "), "mode": mode.cliValue]
                        ),
                    .faint
                )
            ]
        switch form.credential {
        case .none: return [Span(texts[.scoringCredentialNone], .warning)] + reason
        case .primary, .secondary: return [Span(texts[.scoringKeysDoNotExpire], .faint)] + reason
        case .amlToken, .entra:
            guard let expiry = state.credentialExpiry(form.credential, record) else {
                return [Span(texts[.scoringCredentialAsked], .faint)] + reason
            }
            let left = expiry.timeIntervalSince(state.serverNow)
            let key: TextKey = left > 0 ? .scoringExpiresIn : .scoringExpired
            return [
                Span(texts.text(key, ["time": Format.countdown(abs(left))]), left > 120 ? .good : .warning)
            ] + reason
        }
    }

    // MARK: Body

    private func drawBody(_ form: ScoringForm, _ layout: ScoringLayout, of frame: inout CellBuffer) {
        let isFocused = form.part == .body
        if isFramed(layout.body) {
            let file = form.file.map { [Span(" · ", .faint), Span($0, .muted)] } ?? []
            frame.drawBox(
                layout.body,
                style: isFocused ? .focusedBorder : .border,
                topLeading: [Span(texts[.scoringBodyTitle], .title)] + file
                    + (form.isDirty ? [Span(" *", .accent)] : []),
                topTrailing: sizeSpans(form),
                bottomLeading: checkSpans(form)
            )
        }
        let room = layout.editor
        if let bytes = form.body.bytes {
            return drawHex(bytes, from: form.body.hexTop, in: room.inset(dx: 1), of: &frame)
        }
        if form.body.isEmpty { drawBodyHint(in: room.inset(dx: 3), of: &frame) }
        let editor = form.body.editor
        var marks = EditorMarks(error: form.body.errorPosition)
        if let match = editor.document.bracket(matching: editor.cursor) { marks.brackets = [editor.cursor, match] }
        let cursor = frame.cursor
        if form.body.isEmpty {
            frame.write([Span(" 1 ", .strong)], in: room.row(0))
            let start = Point(x: room.x + 3, y: room.y)
            frame.cursor = room.contains(start) ? start : nil
        } else {
            frame.draw(editor, in: room, marks: marks)
        }
        if !isFocused { frame.cursor = cursor }
    }

    private func drawBodyHint(in rect: Rect, of frame: inout CellBuffer) {
        let lines = [TextKey.scoringBodyHint, .scoringBodyHintSources, .scoringBodyHintSend].flatMap {
            wrapped(texts[$0], width: max(1, rect.width - 3)) + [""]
        }
        for (row, line) in lines.enumerated() where row + 1 < rect.height {
            frame.write([Span("  " + line, .faint)], in: rect.row(row + 1))
        }
    }

    private func sizeSpans(_ form: ScoringForm) -> [Span] {
        let bytes = texts.text(.scoringBytes, ["count": Format.count(form.body.byteCount)])
        guard !form.body.isBinary else { return [Span(bytes, .muted)] }
        let editor = form.body.editor
        let column = editor.document.column(of: editor.cursor) + 1
        return [Span("\(editor.cursor.line + 1):\(column)  ", .faint), Span(bytes, .muted)]
    }

    private func checkSpans(_ form: ScoringForm) -> [Span] {
        if form.body.isBinary { return [Span(texts[.scoringBodyBinary], .muted)] }
        guard form.contentType.text.lowercased().contains("json"), !form.body.isEmpty else { return [] }
        guard form.body.isChecked else { return [Span(texts[.scoringBodyUnchecked], .muted)] }
        guard let error = form.body.error else { return [Span(texts[.scoringBodyJSON], .good)] }
        let values: KeyValuePairs = [
            "what": texts[error.kind.textKey], "line": "\(error.line)", "column": "\(error.column)",
        ]
        return [Span(texts.text(.scoringBodyError, values), .alert)]
    }

    /// Sixteen bytes a line, eight where there is little room, and what of them is printable ASCII.
    func drawHex(_ bytes: [UInt8], from top: Int, in rect: Rect, of frame: inout CellBuffer) {
        let perLine = 16
        for row in 0..<rect.height {
            let start = (top + row) * perLine
            guard start < bytes.count else { return }
            let line = bytes[start..<min(start + perLine, bytes.count)]
            let address = String(start, radix: 16)
            let hex = line.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
            let pad = String(repeating: " ", count: perLine * 3 - 1 - hex.utf8.count)
            let text = String(decoding: line.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
            let zeros = String(repeating: "0", count: max(0, 8 - address.utf8.count))
            frame.write(
                [Span(zeros + address + "  ", .faint), Span(hex + pad + "  "), Span(text, .muted)],
                in: rect.row(row)
            )
        }
    }
}

extension DashboardState {
    /// How long the deployment that would answer may take; nil where that is not known.
    func deploymentTimeout(_ form: ScoringForm) -> Duration? {
        guard let record = record(form.endpoint) else { return nil }
        let deployments = record.deployments?.map(\.deployment) ?? []
        return deployments.filter { deployment in
            form.pinned.map { $0 == deployment.name } ?? (record.endpoint.traffic[deployment.name, default: 0] > 0)
        }.compactMap(\.requestTimeout).max()
    }
}

extension ScoringForm.Part {
    var label: TextKey {
        switch self {
        case .deployment: .scoringFieldDeployment
        case .credential: .scoringFieldCredential
        case .path: .scoringFieldPath
        case .contentType: .scoringFieldContentType
        case .headers: .scoringFieldHeaders
        case .timeout: .scoringFieldTimeout
        case .body: .scoringBodyTitle
        case .answer: .scoringAnswerTitle
        }
    }
}

extension JSONParseError.Kind {
    var textKey: TextKey {
        switch self {
        case .unexpectedEnd: .jsonUnexpectedEnd
        case .unexpectedCharacter: .jsonUnexpectedCharacter
        case .invalidNumber: .jsonInvalidNumber
        case .invalidEscape: .jsonInvalidEscape
        case .controlCharacter: .jsonControlCharacter
        case .tooDeep: .jsonTooDeep
        case .trailingContent: .jsonTrailingContent
        }
    }
}

extension ViewContext {
    /// The keys of the form for the footer.
    var scoringEntries: [(key: String, word: String, priority: Int, isRefused: Bool)] {
        ScoringKeys.entries.compactMap { entry in
            guard let word = entry.footer, let key = entry.keys.first else { return nil }
            let priority = ScoringKeys.priorities.firstIndex(of: entry.action) ?? ScoringKeys.priorities.count
            return (key.label, texts[word], priority, entry.action == .send && !state.mayScore)
        }
    }
}
