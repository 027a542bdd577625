internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// The rotations of the journal, the newest on top; below them the entries of the selected one where there is room.
    func drawJournal(in rect: Rect, of frame: inout CellBuffer) {
        let rotations = state.journal.rotations
        let reading = state.journal.reading
        var facts: [Span] = []
        if let trouble = reading?.trouble {
            facts = [Span("▲ " + texts[RotationWording.key(trouble)], .warning)]
        } else if !rotations.isEmpty {
            facts = [Span(Format.count(rotations.count), .muted)]
        }
        frame.drawBox(
            rect,
            style: .focusedBorder,
            topLeading: [Span(texts[.journalTitle], .title)],
            topTrailing: facts,
            bottomTrailing: [Span(texts[.journalHint], .muted)]
        )
        let inner = rect.inset(dx: 1, dy: 1)
        guard !rotations.isEmpty else {
            drawEmpty(texts[reading == nil ? .journalReading : .journalEmpty], failure: nil, in: inner, of: &frame)
            return
        }
        // Below a short list the selected rotation is told entry by entry.
        let entries = state.selectedJournalRow.map { eventLines(rotations[$0]) } ?? []
        let hasRoom = inner.height >= rotations.count + entries.count + 3
        let height = hasRoom ? rotations.count : max(1, inner.height - 1)
        let selected = state.selectedJournalRow ?? 0
        let start = ScrollWindow.offset(
            selected: selected,
            count: rotations.count,
            height: height,
            previous: selected - height / 2
        )
        let range = start..<min(rotations.count, start + height)
        Table(
            columns: journalColumns,
            rows: rotations[range],
            selectedIndex: selected - start,
            spacing: 2
        ).draw(
            in: Rect(x: inner.x, y: inner.y, width: inner.width, height: height + 1),
            of: &frame,
            isFocused: true,
            showsHeader: true
        )
        guard hasRoom else { return }
        for (row, line) in entries.enumerated() { frame.write(line.spans, in: inner.row(height + 2 + row)) }
    }

    private var journalColumns: [Column<[JournalEntry]>] {
        [
            Column(id: "time", title: texts[.columnTime], width: .fit(min: 16, max: 19)) { [self] in
                [Span($0.last.map { Format.dateTime($0.at, in: state.zone) } ?? "", .muted)]
            },
            Column(id: "endpoint", title: texts[.columnName], width: .fit(min: 10, max: 32)) {
                [Span($0.last?.endpoint.name ?? "", .strong)]
            },
            Column(id: "slot", title: texts[.journalColumnSlot], width: .fit(min: 7, max: 9)) {
                [Span($0.last?.slot.rawValue ?? "")]
            },
            Column(id: "state", title: texts[.journalColumnState], width: .fit(min: 10, max: 44)) { [self] in
                stateCell($0)
            },
            Column(id: "keys", title: texts[.journalColumnKeys], priority: 3, width: .fit(min: 10, max: 24)) {
                guard let last = $0.last, let before = last.before else { return [] }
                let new = last.after.map { $0[last.slot].text }
                return [Span([before[last.slot].text, new].compactMap(\.self).joined(separator: " → "), .muted)]
            },
            Column(id: "who", title: texts[.journalColumnWho], priority: 4, width: .fill(min: 10)) {
                [Span($0.last?.who ?? "", .muted)]
            },
        ]
    }

    private func stateCell(_ rotation: [JournalEntry]) -> [Span] {
        guard let last = rotation.last else { return [] }
        let words = JournalExport(texts: texts, zone: { _ in .utc }).state(last)
        guard let outcome = last.outcome, outcome != .unknown else {
            let isElsewhere = state.journal.reading?.rotationsHeldElsewhere.contains(last.rotation) == true
            return isElsewhere ? [Span("◐ " + texts[.journalElsewhere], .accent)] : [Span("◆ " + words, .warning)]
        }
        switch outcome {
        case .proven: return [Span("✓ " + words, .good)]
        case .notProven: return [Span("◆ " + words, .warning)]
        case .nothingSent: return [Span("· " + words, .muted)]
        default: return [Span("✗ " + words, .alert)]
        }
    }

    /// One rotation, entry by entry.
    func journalLines(_ id: String) -> [TextLine] {
        guard let rotation = state.journal.rotations.first(where: { $0.first?.rotation == id }),
            let first = rotation.first, let last = rotation.last
        else { return [TextLine([Span(texts[.journalEmpty], .muted)])] }
        let words = JournalExport(texts: texts, zone: { [state] _ in state.zone })
        let lines = section(
            texts[.journalTitle],
            [
                (texts[.journalColumnState].lowercased(), [Span(words.state(last), .strong)]),
                (texts[.journalColumnSlot].lowercased(), value(last.slot.rawValue)),
                (texts[.detailsId], value(first.endpoint.text)),
                (texts[.journalColumnWho].lowercased(), value(first.who)),
                (texts[.journalRotation], value(first.rotation)),
                (texts[.detailsRequestID], value(last.requestIDs.joined(separator: " "))),
            ]
        )
        return lines + eventLines(rotation)
    }

    /// What happened, one entry after the other; facts that do not fit beside their event stand below it.
    private func eventLines(_ rotation: [JournalEntry]) -> [TextLine] {
        let words = JournalExport(texts: texts, zone: { [state] _ in state.zone })
        let nameWidth = rotation.map { TextWidth.width(of: texts[$0.event.textKey]) }.max() ?? 0
        return rotation.flatMap { entry in
            let name = texts[entry.event.textKey]
            let gap = String(repeating: " ", count: nameWidth - TextWidth.width(of: name) + 2)
            let start = "  \(Format.dateTime(entry.at, in: state.zone))  "
            let margin = String(repeating: " ", count: TextWidth.width(of: start) + nameWidth + 2)
            let pieces = wrapped(words.facts(entry), width: max(16, state.size.width - margin.count - 6))
            let first = TextLine([Span(start, .muted), Span(name + gap, .strong), Span(pieces.first ?? "", .text)])
            return [first] + pieces.dropFirst().map { TextLine([Span(margin + $0, .text)]) }
        }
    }
}
