internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// Everything known of one endpoint, deployment or request.
    func drawDetails(_ view: View, in rect: Rect, of frame: inout CellBuffer) {
        let lines = lines(of: view)
        drawText(
            lines,
            title: title(of: view) + formSpans(of: view),
            facts: facts(of: view),
            view: view,
            in: rect,
            of: &frame
        )
    }

    /// The text of a view in the form it is shown in.
    func lines(of view: View) -> [TextLine] {
        switch view.forms.isEmpty ? .overview : state.form {
        case .overview: overviewLines(of: view)
        case .json: jsonLines(of: view)
        case .yaml: yamlLines(of: view)
        }
    }

    private func overviewLines(of view: View) -> [TextLine] {
        switch view {
        case .help:
            return helpLines
        case .workspaces, .journal, .scoring:
            return []
        case .journalRotation(let id):
            return journalLines(id)
        case .endpoint(let id):
            guard let record = state.record(id) else { return goneLines }
            return endpointLines(record)
        case .deployment(let id):
            guard let found = state.record(ofDeployment: id) else { return goneLines }
            return deploymentLines(found.deployment)
        case .logRow(let id):
            guard let row = state.logRow(id) else { return goneLines }
            return logRowLines(row)
        case .token(let subject):
            return tokenLines(subject)
        }
    }

    private func title(of view: View) -> [Span] {
        switch view {
        case .help: [Span(texts[.helpTitle], .title)]
        case .workspaces: [Span(texts[.workspacesTitle], .title)]
        case .journal: [Span(texts[.journalTitle], .title)]
        case .scoring: [Span(texts[.scoringTitle], .title)]
        case .journalRotation(let id): titled(.journalTitle, state.journal.name(of: id))
        case .endpoint(let id): titled(.detailsEndpoint, id.name)
        case .deployment(let id): titled(.detailsDeployment, "\(id.endpointName ?? "") / \(id.name)")
        case .logRow(let id): titled(.detailsLogRow, id)
        case .token(let subject): titled(.tokenTitle, tokenTitle(subject))
        }
    }

    private func titled(_ key: TextKey, _ name: String) -> [Span] {
        [Span(texts[key], .title), Span(" · ", .faint), Span(name, .strong)]
    }

    private func facts(of view: View) -> [Span] {
        let source: Source? =
            switch view {
            case .help, .logRow, .workspaces, .token, .journal, .journalRotation, .scoring: nil
            case .endpoint(let id): state.readsEndpointsSingly ? .endpoint(id) : .endpoints
            case .deployment(let id): id.parent.map { .deployments(of: $0) }
            }
        guard let source else { return [] }
        let feed = feed(of: source)
        guard let failure = feed.failure else { return [Span(ageText(feed), .muted)] }
        let values: KeyValuePairs = ["trouble": wording.why(failure), "age": ageText(feed)]
        return [Span("▲ " + texts.text(.troubleAge, values), .warning)]
    }

    // MARK: Pieces

    /// A section of name and value lines; values that are not there leave no line, a section without lines no heading.
    func section(_ title: TextKey, _ fields: [(TextKey, [Span]?)]) -> [TextLine] {
        section(texts[title], fields.map { (texts[$0.0], $0.1) })
    }

    func section(_ title: String, _ fields: [(String, [Span]?)]) -> [TextLine] {
        let present = fields.compactMap { name, value in value.map { (name, $0) } }
        guard !present.isEmpty else { return [] }
        // A name that takes more than half of the line is cut: it would push its value out.
        let mostOfName = max(16, state.size.width / 2)
        let width = max(16, present.map { min(mostOfName, TextWidth.width(of: $0.0)) }.max() ?? 0)
        // Beside each other where there is room for both, else the value below its name.
        let isStacked = state.size.width < 40
        let room = isStacked ? max(1, state.size.width - 4) : max(10, state.size.width - width - 8)
        var lines = [TextLine.heading(title)]
        for (fullName, value) in present {
            let name = TextWidth.truncated(fullName, to: mostOfName)
            if isStacked { lines.append(TextLine([Span("  " + name, .muted)])) }
            for (index, piece) in pieces(of: value, width: room).enumerated() {
                let label = isStacked || index > 0 ? "" : name
                let gap = isStacked ? 2 : max(0, width - TextWidth.width(of: label)) + 2
                lines.append(TextLine([Span("  " + label + String(repeating: " ", count: gap), .muted)] + piece))
            }
            let isFaithful = value.allSatisfy { TextWidth.isShownFaithfully($0.text) }
            guard !isFaithful || !TextWidth.isShownFaithfully(fullName) else { continue }
            let margin = String(repeating: " ", count: isStacked ? 4 : width + 4)
            lines.append(TextLine([Span(margin + texts[.detailsUnfaithful], .warning)]))
        }
        return lines + [TextLine()]
    }

    /// A value in lines: ids and URIs are never cut, what does not fit goes on in the next one.
    private func pieces(of value: [Span], width: Int) -> [[Span]] {
        guard value.width > width, let style = value.first?.style else { return [value] }
        return wrapped(value.map(\.text).joined(), width: width).map { [Span($0, style)] }
    }

    func value(_ text: String?) -> [Span]? {
        guard let text, !text.isEmpty else { return nil }
        return [Span(text)]
    }

    func value(_ date: Date?) -> [Span]? {
        guard let date else { return nil }
        return [
            Span(Format.dateTime(date, in: state.zone) + " " + state.zone.abbreviation),
            Span("  (\(age(of: date)))", .muted),
        ]
    }

    func value(_ flag: Bool?) -> [Span]? { flag.map { [Span(texts[$0 ? .valueYes : .valueNo])] } }

    func section(_ title: TextKey, _ values: [String: String]) -> [TextLine] {
        section(texts[title], values.sorted { $0.key < $1.key }.map { ($0.key, [Span($0.value)]) })
    }
}
