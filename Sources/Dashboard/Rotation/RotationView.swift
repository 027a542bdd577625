internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// Where the parts of the wizard are.
struct RotationLayout {
    static let stepCount = 8

    var frame: Rect
    var inner: Rect
    var steps: Rect
    var panel: Rect
    var status: Rect
    /// Steps and panel together.
    var whole: Rect {
        Rect(x: steps.x, y: steps.y, width: steps.width, height: max(0, panel.maxY - steps.y))
    }

    /// All of a small body, the middle of a large one.
    init(body: Rect) {
        let width = body.width <= 92 ? body.width : min(118, body.width - 8)
        let height = body.height <= 26 ? body.height : min(32, body.height - 4)
        frame = Rect(
            x: body.x + (body.width - width) / 2,
            y: body.y + (body.height - height) / 2,
            width: width,
            height: height
        )
        inner = frame.inset(dx: 2, dy: 1)
        // Where there is room, a line of air above and below.
        let air = inner.height >= 24 ? 1 : 0
        let stepsHeight = min(Self.stepCount, max(0, inner.height - 6))
        steps = Rect(x: inner.x, y: inner.y + air, width: inner.width, height: stepsHeight)
        let top = steps.y + stepsHeight + (stepsHeight > 0 ? 1 + air : 0)
        status = Rect(x: inner.x, y: inner.maxY - 1 - air, width: inner.width, height: min(1, inner.height))
        panel = Rect(x: inner.x, y: top, width: inner.width, height: max(0, status.y - air - top))
    }
}

extension ViewContext {
    func drawRotation(of frame: inout CellBuffer) {
        guard let wizard = state.rotation else { return }
        frame.restyle(bodyArea) { $0.dimmed }
        let layout = RotationLayout(body: bodyArea)
        frame.fill(layout.frame)
        frame.drawBox(
            layout.frame,
            style: .focusedBorder,
            topLeading: [
                Span("r ", .key), Span(texts[.rotateTitle], .title), Span(" · ", .faint),
                Span(wizard.rotation.endpoint.name, .strong),
            ],
            topTrailing: wizard.rotation.isResumed ? [Span(texts[.rotateResumedMark], .warning)] : [],
            bottomTrailing: hints(of: wizard)
        )
        // The request is long, and shown whole rather than beside the steps.
        let place = wizard.showsRequest ? layout.whole : layout.panel
        if !wizard.showsRequest { drawSteps(wizard, in: layout.steps, of: &frame) }
        let panel = RotationPanel(wizard, context: self, size: place)
        for (row, line) in panel.lines.prefix(place.height).enumerated() { frame.write(line, in: place.row(row)) }
        if let cursor = panel.cursor, cursor.y < place.height {
            frame.cursor = Point(x: min(place.maxX - 1, place.x + cursor.x), y: place.y + cursor.y)
        }
        frame.write(azureLine(wizard), in: layout.status)
    }

    // MARK: Steps

    private func drawSteps(_ wizard: RotationWizard, in rect: Rect, of frame: inout CellBuffer) {
        let steps = RotationStep.allCases
        let titleWidth = steps.map { TextWidth.width(of: texts[$0.title]) }.max() ?? 0
        let current = wizard.rotation.step
        for (row, step) in steps.enumerated() where row < rect.height {
            let place = step.place(current, wizard.rotation.outcome)
            let title = texts[step.title]
            let gap = String(repeating: " ", count: titleWidth - TextWidth.width(of: title) + 3)
            let spans =
                [
                    Span(place.glyph(of: wizard.rotation), place.glyphStyle(of: wizard.rotation)),
                    Span(" \(row + 1) ", place == .ahead ? .faint : .muted),
                    Span(title + gap, place.titleStyle),
                ] + (place == .ahead ? [] : fact(of: step, wizard, isWide: rect.width > 90))
            frame.write(spans, in: rect.row(row))
        }
    }

    private func fact(of step: RotationStep, _ wizard: RotationWizard, isWide: Bool) -> [Span] {
        let rotation = wizard.rotation
        guard let slot = rotation.slot else { return [] }
        switch step {
        case .slot:
            let values = ["other": slot.other.rawValue]
            return [Span(slot.rawValue, .strong), Span("  " + texts.text(.rotateOtherStays, values), .muted)]
        case .callers: return [Span(callersFact(rotation), .muted)]
        case .name:
            return rotation.step.rawValue > step.rawValue ? [Span(rotation.endpoint.name, .text)] : []
        case .regenerate: return [Span(regenerateFact(rotation), .muted)]
        case .readBack: return readBackFact(rotation, slot, isWide: isWide)
        case .probe: return probeFact(rotation)
        case .handOver:
            let ways = rotation.handOvers.map { texts[$0 == .copy ? .rotateCopied : .rotateToCommand] }
            return [Span(ways.joined(separator: " · "), .good)]
        case .journal:
            guard let trouble = wizard.journalTrouble else { return [Span(texts[.rotateWritten], .muted)] }
            return [Span(texts[RotationWording.key(trouble)], .warning)]
        }
    }

    private func callersFact(_ rotation: Rotation) -> String {
        switch rotation.callers {
        case nil: return rotation.step == .callers ? texts[.rotateCallersReading] : ""
        case .failure?: return texts[.rotateCallersUnknown]
        case .success(let report)?:
            guard report.isLogged else { return texts[.rotateCallersNotLogged] }
            let hours = ["hours": "\(report.hours)"]
            guard !report.callers.isEmpty else { return texts.text(.rotateCallersNone, hours) }
            let top = report.callers.prefix(3).map { caller in
                "\(caller.userAgent.isEmpty ? caller.authType : caller.userAgent) \(Format.count(caller.requests))"
            }
            return texts.text(.rotateHours, hours) + ": " + top.joined(separator: " · ")
        }
    }

    private func regenerateFact(_ rotation: Rotation) -> String {
        var parts: [String] = []
        if let sentAt = rotation.sentAt, let endedAt = rotation.operationEndedAt, !rotation.isResumed {
            let seconds = Format.decimal(max(0, endedAt.timeIntervalSince(sentAt)), digits: 1)
            parts.append(texts.text(.rotateDoneAfter, ["seconds": seconds]))
        }
        if let id = rotation.requestIDs.first { parts.append(texts.text(.rotateRequest, ["id": short(id)])) }
        return parts.joined(separator: " · ")
    }

    private func readBackFact(_ rotation: Rotation, _ slot: KeySlot, isWide: Bool) -> [Span] {
        guard let before = rotation.before, let after = rotation.after else { return [] }
        func piece(_ slot: KeySlot, isWanted: Bool) -> [Span] {
            let isChanged = before[slot] != after[slot]
            let same = isWide ? before[slot].text + " " : ""
            let text = isChanged ? "\(before[slot].text) → \(after[slot].text) " : same
            let word = texts[isChanged ? .rotateChanged : .rotateSame]
            return [
                Span("\(slot.rawValue) ", .muted), Span(text, .text),
                Span(word, isChanged == isWanted ? .good : .alert),
            ]
        }
        return piece(slot, isWanted: true) + [Span(" · ", .faint)] + piece(slot.other, isWanted: false)
    }

    private func probeFact(_ rotation: Rotation) -> [Span] {
        guard let first = rotation.verdicts[.new] else { return [] }
        if first.finding == .notProbed { return [Span(texts[.rotateVerdictNotProbed], .warning)] }
        var spans: [Span] = []
        for role in KeyRole.allCases {
            guard let verdict = rotation.verdicts[role] else { continue }
            if !spans.isEmpty { spans.append(Span(" · ", .faint)) }
            spans.append(Span(texts[role.shortText] + " ", .muted))
            spans.append(Span(texts[verdict.textKey(role)], verdict.style(role)))
        }
        return spans
    }

    // MARK: What Azure holds, and which keys work

    /// In what state Azure is, at each moment.
    private func azureLine(_ wizard: RotationWizard) -> [Span] {
        let rotation = wizard.rotation
        let key: TextKey =
            switch rotation.phase {
            case .opening, .choosingSlot, .reviewingCallers, .confirming, .prechecking: .rotateAzureUntouched
            case .sending: .rotateAzureSending
            case .following: .rotateAzureWorking
            case .readingBack: .rotateAzureReading
            case .probing, .watchingOldKey, .handingOver: .rotateAzureNewKey
            case .ended(let outcome): outcome.azureText
            }
        let style: Style = key == .rotateAzureUntouched ? .good : key == .rotateAzureUnknown ? .alert : .accent
        return [
            Span("Azure  ", .muted), Span(texts.text(key, RotationWording.values(rotation)), style),
        ]
    }

    private func hints(of wizard: RotationWizard) -> [Span] {
        var spans: [Span] = []
        for (key, word) in wizard.hints {
            if !spans.isEmpty { spans.append(Span("  ")) }
            spans.append(Span(key, Style(.key, bold: true)))
            spans.append(Span(" " + texts[word], .muted))
        }
        return spans
    }
}

extension RotationOutcome {
    fileprivate var azureText: TextKey {
        switch self {
        case .proven, .notProven: .rotateAzureNewKey
        case .nothingSent: .rotateAzureUntouched
        case .failedByAzure: .rotateAzureOldKey
        case .unknown: .rotateAzureUnknown
        case .conflict: .rotateAzureConflict
        }
    }
}

extension RotationWizard {
    /// The keys that do something right now.
    fileprivate var hints: [(key: String, word: TextKey)] {
        if isHeldElsewhere { return [("Esc", .rotateHintLeave)] }
        if command != nil { return [("Enter", .rotateHintRun), ("Esc", .rotateHintBack)] }
        if showsRequest { return [("Esc", .rotateHintBack)] }
        let leave = ("Esc", TextKey.rotateHintLeave)
        switch rotation.phase {
        case .choosingSlot:
            return [("p s", .rotateHintChoose)]
                + (candidate == nil ? [] : [("Enter", .rotateHintNext), ("d", .rotateHintRequest)]) + [leave]
        case .reviewingCallers:
            return [("Enter", .rotateHintNext), ("←", .rotateHintBack), ("d", .rotateHintRequest), leave]
        case .confirming:
            return [("Enter", .rotateHintRotate), ("Tab", .rotateHintField)]
                + (field == .payload ? [("← →", .rotateHintChoose)] : []) + [leave]
        case .watchingOldKey:
            return [("s", .rotateHintSkip), ("y", .rotateHintCopy), ("v", .rotateHintShow), ("|", .rotateHintCommand)]
                + [leave]
        case .handingOver:
            return [
                ("y", .rotateHintCopy), ("v", .rotateHintShow), ("|", .rotateHintCommand), ("Enter", .rotateHintFinish),
            ]
        case .ended: return [("Enter", .rotateHintClose), ("J", .rotateHintJournal)]
        case .sending, .following, .readingBack: return [("Esc", .rotateHintHide)]
        case .opening, .prechecking, .probing: return [leave]
        }
    }
}
