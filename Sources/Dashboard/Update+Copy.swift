internal import AzureCore
internal import AzureML
internal import JSONValue
internal import TerminalUI

extension DashboardState {
    /// What `y` is about as things stand.
    var copySubjects: [Mark] {
        switch views.last {
        case .endpoint(let id)?: return record(id) == nil ? [] : [.endpoint(id)]
        case .deployment(let id)?: return record(ofDeployment: id) == nil ? [] : [.deployment(id)]
        case .logRow(let id)?: return [.logRow(id)]
        case .some: return []
        case nil: break
        }
        guard focus != .credentials else {
            guard case .endpoint(let id)? = selectedCredentialRow?.id else { return [] }
            return [.endpoint(id)]
        }
        let marked = marks.isEmpty ? [] : markedInOrder(of: focus)
        return marked.isEmpty ? mark(at: focus).map { [$0] } ?? [] : marked
    }

    /// The marked rows of a pane from the top.
    private func markedInOrder(of pane: Pane) -> [Mark] {
        let all: [Mark] =
            switch pane {
            case .endpoints: shownEndpoints.map { .endpoint(records[$0].id) }
            case .deployments, .traffic: (selectedRecord?.deployments ?? []).map { .deployment($0.id) }
            case .credentials: []
            case .log: (0..<logRowCount).map { .logRow(logRow(at: $0).requestID) }
            }
        return all.filter(marks.contains)
    }

    /// Marks of what is gone go too; while pages still come, nothing is known to be gone.
    mutating func settleMarks() {
        guard !marks.isEmpty, isListComplete else { return }
        marks = marks.filter { mark in
            switch mark {
            case .endpoint(let id): recordIndex[id] != nil
            case .deployment(let id): id.parent.map { recordIndex[$0] != nil } ?? false
            case .logRow: true
            }
        }
    }

    mutating func openCopyMenu() {
        let subjects = copySubjects
        let entries =
            CopyItem.allCases.compactMap { item in
                text(of: item, subjects).map { CopyMenu.Entry(item: item, text: $0) }
            }
            + secretNames.map { CopyMenu.Entry(item: $0.item, text: "", secret: $0) }
        guard !entries.isEmpty else { return }
        dialog = .copy(CopyMenu(subjects: subjects, entries: entries))
    }

    mutating func take(_ key: Key, in menu: CopyMenu) -> [Effect] {
        var menu = menu
        switch key {
        case .up, .character("k"): menu.selected = max(0, menu.selected - 1)
        case .down: menu.selected = min(menu.entries.count - 1, menu.selected + 1)
        case .enter: return copy(menu.entries[menu.selected])
        case .character(let character):
            guard let entry = menu.entries.first(where: { $0.item.key == character }) else { return [] }
            return copy(entry)
        default: break
        }
        dialog = .copy(menu)
        return []
    }

    private mutating func copy(_ entry: CopyMenu.Entry) -> [Effect] {
        dialog = nil
        return [entry.secret.map { .secret(.copy($0)) } ?? .copy(entry.text)]
    }

    mutating func note(_ outcome: CopyOutcome) {
        let values = ["count": Format.count(outcome.characterCount), "program": outcome.program ?? ""]
        switch (outcome.reachedTerminal, outcome.program) {
        case (_, .some): note(.copyDoneProgram, values)
        case (true, nil): note(.copyDoneTerminal, values)
        case (false, nil): note(.copyTooLong, values, isWarning: true)
        }
    }

    // MARK: Texts

    /// Several subjects are set one to a line, their JSON in an array; nil where none of them has it.
    private func text(of item: CopyItem, _ subjects: [Mark]) -> String? {
        switch item {
        case .name: return lines(subjects.compactMap(name))
        case .id: return lines(subjects.compactMap(id))
        case .scoringURI: return lines(subjects.compactMap(scoringURI))
        case .row: return views.isEmpty ? lines(shownRows(of: subjects)) : nil
        case .value:
            guard isOutline, let view = views.last, let value = json(of: view) else { return nil }
            let lines = textLines(of: view).lines
            guard lines.indices.contains(outlineLine), let pointer = lines[outlineLine].pointer else { return nil }
            return value.value(at: pointer).map { $0.stringValue ?? $0.text(pretty: true) }
        // Not a text that is at hand: it is asked for when it is copied.
        case .primaryKey, .secondaryKey, .endpointToken, .entraToken: return nil
        case .json:
            let values = subjects.compactMap(json)
            guard let first = values.first else { return nil }
            return (values.count == 1 ? first : .array(values)).text(pretty: true)
        case .yaml:
            let texts = subjects.compactMap(yaml)
            return texts.isEmpty ? nil : texts.joined(separator: "---\n")
        }
    }

    private func lines(_ texts: [String]) -> String? { texts.isEmpty ? nil : texts.joined(separator: "\n") }

    private func name(of subject: Mark) -> String? {
        switch subject {
        case .endpoint(let id), .deployment(let id): id.name
        case .logRow(let id): logRow(id)?.endpointName
        }
    }

    private func id(of subject: Mark) -> String? {
        switch subject {
        case .endpoint(let id), .deployment(let id): id.text
        case .logRow(let id): id
        }
    }

    private func scoringURI(of subject: Mark) -> String? {
        switch subject {
        case .endpoint(let id): record(id)?.endpoint.scoringURI
        case .deployment(let id): id.parent.flatMap { record($0)?.endpoint.scoringURI }
        case .logRow(let id): logRow(id).flatMap { record($0.resourceID)?.endpoint.scoringURI }
        }
    }

    private func json(of subject: Mark) -> JSONValue? {
        switch subject {
        case .endpoint(let id): record(id)?.endpoint.raw
        case .deployment(let id): record(ofDeployment: id)?.deployment.deployment.raw
        case .logRow(let id): logRow(id)?.json
        }
    }

    // MARK: Rows as shown

    /// The lines of the focused pane's table that show these rows, in their order, without border and markers.
    ///
    /// Each is drawn as the screen would draw it once scrolled there; a page at a time, as many rows share a page.
    private func shownRows(of subjects: [Mark]) -> [String] {
        let wanted = Set(subjects)
        var lines: [Mark: String] = [:]
        var state = self
        state.marks = []
        state.views = []
        for subject in subjects where lines[subject] == nil {
            guard let position = state.position(of: subject, in: focus) else { continue }
            state.scroll[.pane(focus)] = position
            for (mark, line) in state.linesOnScreen(of: focus) where wanted.contains(mark) { lines[mark] = line }
        }
        return subjects.compactMap { lines[$0] }
    }

    private func position(of mark: Mark, in pane: Pane) -> Int? {
        switch (mark, pane) {
        case (.endpoint(let id), .endpoints):
            recordIndex[id].flatMap { shownEndpoints.firstIndex(of: $0) }
        case (.deployment(let id), .deployments), (.deployment(let id), .traffic):
            selectedRecord?.deployments?.firstIndex { $0.id == id }
        case (.logRow(let id), .log):
            (0..<logRowCount).first { logRow(at: $0).requestID == id }
        default: nil
        }
    }
}
