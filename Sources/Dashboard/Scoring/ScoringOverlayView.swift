internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func draw(_ overlay: ScoringOverlay, _ form: ScoringForm, in rect: Rect, of frame: inout CellBuffer) {
        switch overlay {
        case .compare(let panel): drawWhole(in: rect, of: &frame) { draw(panel, in: rect, isFocused: true, of: &$0) }
        case .repetition(let panel):
            drawWhole(in: rect, of: &frame) { draw(panel, in: rect, isFocused: true, of: &$0) }
        case .history(let panel): drawWhole(in: rect, of: &frame) { draw(panel, in: rect, isFocused: true, of: &$0) }
        case .sources(let selected): drawSources(form, selected, of: &frame)
        case .files(let entries, let selected, let path): drawFiles(entries, selected, path, of: &frame)
        case .save(let path, let overwrites), .saveAnswer(let path, let overwrites):
            let isAnswer = if case .saveAnswer = overlay { true } else { false }
            drawSave(path, overwrites, isAnswer: isAnswer, of: &frame)
        case .curl(let editor, let error): drawCurl(editor, error, in: rect, of: &frame)
        case .headers(let editor, let wrong): drawHeaders(editor, wrong, in: rect, of: &frame)
        case .plainHTTP(let name, let isWrong): drawPlainHTTP(form, name, isWrong, of: &frame)
        case .search(let word):
            drawPrompt(title: .scoringSearchTitle, hint: .scoringSearchHint, lines: [], word, of: &frame)
        case .copy(let selected): drawCopy(form, selected, of: &frame)
        case .elsewhere(let selected): drawElsewhere(selected, of: &frame)
        case .consent(let panel): draw(panel, of: &frame)
        case .lanes(let selected): drawLanes(form, selected, of: &frame)
        case .help(let top): drawScoringHelp(from: top, of: &frame)
        }
    }

    private func drawWhole(in rect: Rect, of frame: inout CellBuffer, _ draw: (inout CellBuffer) -> Void) {
        frame.fill(rect)
        draw(&frame)
    }

    // MARK: Menus

    private func drawMenu(
        _ title: TextKey,
        _ hint: TextKey,
        intro: [String] = [],
        _ lines: [[Span]],
        selected: Int,
        of frame: inout CellBuffer
    ) {
        let intro = intro.map { [Span($0, .text)] } + (intro.isEmpty ? [] : [[]])
        let inner = drawDialogFrame(title: texts[title], hint: texts[hint], lines: intro + lines, of: &frame)
        for (row, line) in (intro + lines).enumerated() where row < inner.height {
            frame.write(line, in: inner.row(row).inset(dx: 1))
            if row == selected + intro.count { frame.restyle(inner.row(row)) { $0.selected } }
        }
    }

    private func entry(_ key: Character, _ text: String, _ hint: String = "", isOff: Bool = false) -> [Span] {
        [
            Span("\(key)  ", isOff ? .faint : Style(.key, bold: true)), Span(text, isOff ? .faint : .text),
            Span(hint.isEmpty ? "" : "  " + hint, .muted),
        ]
    }

    private func drawSources(_ form: ScoringForm, _ selected: Int, of frame: inout CellBuffer) {
        let lines = BodySource.all.map { source -> [Span] in
            let isOff = source == .proven && form.proven == nil
            let hint =
                switch source {
                case .proven:
                    form.proven.map { texts.text(.scoringBytes, ["count": Format.count($0.bytes.count)]) }
                        ?? texts[.scoringNothingProven]
                case .history: form.history.map { "\($0.count)" } ?? ""
                default: ""
                }
            return entry(source.key, texts[source.label], hint, isOff: isOff)
        }
        drawMenu(.scoringSourcesTitle, .scoringMenuHint, lines, selected: selected, of: &frame)
    }

    private func drawCopy(_ form: ScoringForm, _ selected: Int, of frame: inout CellBuffer) {
        let lines = ScoringCopy.allCases.map { item -> [Span] in
            let hint =
                [.curl, .python].contains(item)
                ? form.credential.variable.map { texts.text(.scoringCopyVariable, ["variable": "$\($0)"]) } ?? "" : ""
            return entry(item.key, texts[item.label], hint)
        }
        drawMenu(.scoringCopyTitle, .copyHint, lines, selected: selected, of: &frame)
    }

    private func drawElsewhere(_ selected: Int, of frame: inout CellBuffer) {
        let lines = state.elsewhere.map { name in
            [
                Span(
                    name.map { texts.text(.scoringPinned, ["deployment": $0]) } ?? texts[.scoringRouted],
                    .text
                )
            ]
        }
        drawMenu(.scoringElsewhereTitle, .scoringMenuHint, lines, selected: selected, of: &frame)
    }

    private func drawLanes(_ form: ScoringForm, _ selected: Int, of frame: inout CellBuffer) {
        let lines = state.repetitionLanes.map { lanes in
            let names = lanes.map { lane in
                lane.map { texts.text(.scoringPinned, ["deployment": $0]) } ?? texts[.scoringRouted]
            }
            return [Span(names.joined(separator: "  ⇄  "))]
        }
        drawMenu(.scoringLanesTitle, .scoringMenuHint, lines, selected: selected, of: &frame)
    }

    private func drawFiles(_ entries: [PayloadEntry]?, _ selected: Int, _ path: Prompt, of frame: inout CellBuffer) {
        let shown = entries ?? []
        let most = max(1, bodyArea.height - 8)
        let first = max(0, min(selected - most + 1, shown.count - most))
        var lines: [[Span]] = [[Span(texts[.scoringFilesIntro], .muted)], [Span("> ", .key), Span(path.text)], []]
        if entries == nil { lines.append([Span(texts[.scoringFilesLooking], .muted)]) }
        if entries?.isEmpty == true { lines.append([Span(texts[.scoringFilesNone], .muted)]) }
        lines += shown.dropFirst(first).prefix(most).map { file in
            [Span(file.path), Span("  " + texts.text(.scoringBytes, ["count": Format.count(file.byteCount)]), .muted)]
        }
        let inner = drawDialogFrame(
            title: texts[.scoringFilesTitle],
            hint: texts[.scoringFilesHint],
            lines: lines,
            of: &frame
        )
        for (row, line) in lines.enumerated() where row < inner.height {
            frame.write(line.truncated(to: max(0, inner.width - 2)), in: inner.row(row).inset(dx: 1))
            if path.text.isEmpty, !shown.isEmpty, row == selected - first + 3 {
                frame.restyle(inner.row(row)) { $0.selected }
            }
        }
        let column = 3 + TextWidth.width(of: String(path.text.prefix(path.cursor)))
        frame.cursor = Point(x: min(inner.maxX - 1, inner.x + column), y: inner.y + 1)
    }

    // MARK: Lines and texts

    /// Lines of words, and one that is typed into.
    private func drawPrompt(
        title: TextKey,
        hint: TextKey,
        lines: [[Span]],
        _ prompt: Prompt,
        of frame: inout CellBuffer
    ) {
        let first = prompt.firstShown(columns: 56)
        let typed = [Span("> ", .key), Span(String(prompt.text.dropFirst(first)))]
        let all = lines + [typed]
        let inner = drawDialogFrame(title: texts[title], hint: texts[hint], lines: all, of: &frame)
        for (row, line) in all.enumerated() where row < inner.height {
            frame.write(line, in: inner.row(row).inset(dx: 1))
        }
        let before = String(prompt.text.dropFirst(first).prefix(prompt.cursor - first))
        frame.cursor = Point(
            x: min(inner.maxX - 1, inner.x + 3 + TextWidth.width(of: before)),
            y: inner.y + lines.count
        )
    }

    private func sentences(_ text: String, _ style: Style = .text) -> [[Span]] {
        wrapped(text, width: min(72, max(20, bodyArea.width - 10))).map { [Span($0, style)] }
    }

    private func drawSave(_ path: Prompt, _ overwrites: Bool, isAnswer: Bool, of frame: inout CellBuffer) {
        let intro = isAnswer ? TextKey.scoringSaveAnswerIntro : .scoringSaveIntro
        let warning = overwrites ? sentences(texts[.scoringSaveOverwrite], .warning) : []
        drawPrompt(
            title: isAnswer ? .scoringSaveAnswerTitle : .scoringSaveTitle,
            hint: .scoringSaveHint,
            lines: sentences(texts[intro], .muted) + warning + [[]],
            path,
            of: &frame
        )
    }

    private func drawPlainHTTP(_ form: ScoringForm, _ name: Prompt, _ isWrong: Bool, of frame: inout CellBuffer) {
        let values: KeyValuePairs = [
            "endpoint": form.endpoint.name, "credential": texts[form.credential.label],
            "uri": state.record(form.endpoint)?.endpoint.scoringURI ?? "",
        ]
        drawPrompt(
            title: .scoringPlainTitle,
            hint: .scoringPlainHint,
            lines: sentences(texts.text(.scoringPlainIntro, values), .warning)
                + (isWrong ? sentences(texts[.scoringPlainWrong], .alert) : []) + [[]],
            name,
            of: &frame
        )
    }

    private func drawEditor(
        _ editor: TextEditor,
        title: TextKey,
        hint: TextKey,
        intro: [[Span]],
        in rect: Rect,
        of frame: inout CellBuffer
    ) {
        frame.restyle(rect) { $0.dimmed }
        let height = min(rect.height, max(10, intro.count + 10))
        let width = min(rect.width, 100)
        let box = Rect(
            x: rect.x + (rect.width - width) / 2,
            y: rect.y + (rect.height - height) / 2,
            width: width,
            height: height
        )
        frame.fill(box)
        frame.drawBox(
            box,
            style: .focusedBorder,
            topLeading: [Span(texts[title], .title)],
            bottomTrailing: [Span(texts[hint], .muted)]
        )
        let inner = box.inset(dx: 2, dy: 1)
        for (row, line) in intro.enumerated() where row < inner.height { frame.write(line, in: inner.row(row)) }
        let room = Rect(x: inner.x, y: inner.y + intro.count, width: inner.width, height: inner.height - intro.count)
        var editor = editor
        editor.scroll(
            toFit: Size(
                width: room.width - CellBuffer.gutterWidth(of: editor, in: room.width),
                height: room.height
            )
        )
        frame.draw(editor, in: room)
    }

    private func drawCurl(_ editor: TextEditor, _ error: CurlLineError?, in rect: Rect, of frame: inout CellBuffer) {
        let intro =
            sentences(texts[.scoringCurlIntro], .muted)
            + (error.map { sentences(texts.text($0.textKey, $0.values), .alert) } ?? []) + [[]]
        drawEditor(
            editor,
            title: .scoringCurlTitle,
            hint: .scoringCurlHint,
            intro: intro,
            in: rect,
            of: &frame
        )
    }

    private func drawHeaders(_ editor: TextEditor, _ wrong: Int?, in rect: Rect, of frame: inout CellBuffer) {
        let names = ScoringForm.reservedHeaders.joined(separator: ", ")
        let intro =
            sentences(texts.text(.scoringHeadersIntro, ["names": names]), .muted)
            + (wrong.map { sentences(texts.text(.scoringHeadersWrong, ["line": "\($0 + 1)"]), .alert) } ?? []) + [[]]
        drawEditor(
            editor,
            title: .scoringHeadersTitle,
            hint: .scoringHeadersHint,
            intro: intro,
            in: rect,
            of: &frame
        )
    }

    // MARK: Help

    private func drawScoringHelp(from top: Int, of frame: inout CellBuffer) {
        let form = ScoringKeys.entries.map { ($0.keys.prefix(2).map(\.label).joined(separator: " "), texts[$0.help]) }
        let editing = ScoringKeys.editing.map { ($0.keys, texts[$0.help]) }
        let width = (form + editing).map { TextWidth.width(of: $0.0) }.max() ?? 0
        func lines(_ entries: [(String, String)]) -> [[Span]] {
            entries.map { keys, help in
                let gap = String(repeating: " ", count: width - TextWidth.width(of: keys) + 2)
                return [Span(keys + gap, Style(.key, bold: true)), Span(help)]
            }
        }
        let heading = [Span(texts[.scoringHelpEditing], Style(.title, bold: true))]
        let all = lines(form) + [heading] + lines(editing)
        let inner = drawDialogFrame(
            title: texts[.scoringHelpTitle],
            hint: texts[.scoringHelpHint],
            lines: all,
            of: &frame
        )
        for (row, line) in all.dropFirst(top).enumerated() where row < inner.height {
            frame.write(line.truncated(to: max(0, inner.width - 2)), in: inner.row(row).inset(dx: 1))
        }
    }
}

extension CurlLineError {
    var textKey: TextKey {
        switch self {
        case .notCurl: .curlNotCurl
        case .unterminatedQuote: .curlUnterminatedQuote
        case .missingURL: .curlMissingURL
        case .missingValue: .curlMissingValue
        case .unsupported: .curlUnsupported
        }
    }

    var values: [String: String] {
        switch self {
        case .notCurl, .missingURL: [:]
        case .unterminatedQuote(let quote): ["quote": quote]
        case .missingValue(let option), .unsupported(let option): ["option": option]
        }
    }
}
