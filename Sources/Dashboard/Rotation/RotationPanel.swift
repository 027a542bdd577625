internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import JSONValue
package import TerminalUI

/// What the present step of the wizard shows below the steps.
struct RotationPanel {
    private(set) var lines: [[Span]] = []
    /// Where the cursor stands, from the panel's origin.
    private(set) var cursor: Point?
    /// The first of two lines that a revealed key may take.
    private(set) var keyLine: Int?

    private let wizard: RotationWizard
    private let context: ViewContext
    private let width: Int
    private let height: Int

    init(_ wizard: RotationWizard, context: ViewContext, size: Rect) {
        self.wizard = wizard
        self.context = context
        width = size.width
        height = size.height
        build()
    }

    private var rotation: Rotation { wizard.rotation }
    private var texts: Catalogue { context.texts }
    private var values: [String: String] { RotationWording.values(rotation) }

    private mutating func build() {
        if wizard.isHeldElsewhere { return add(.rotateHeldElsewhere, .warning) }
        if wizard.showsRequest { return addRequest() }
        switch rotation.phase {
        case .opening: addProgress(.rotateProgressOpening)
        case .choosingSlot: addSlots()
        case .reviewingCallers: addCallers()
        case .confirming: addConfirmation()
        case .prechecking: addProgress(.rotateProgressPrecheck)
        case .sending: addProgress(.rotateProgressSending)
        case .following: addProgress(.rotateProgressFollowing)
        case .readingBack: addProgress(.rotateProgressReadingBack)
        case .probing:
            addProgress(.rotateProgressProbing)
            addVerdicts()
        case .watchingOldKey, .handingOver: addHandOver()
        case .ended(let outcome): addEnd(outcome)
        }
    }

    // MARK: Pieces

    private mutating func add(_ key: TextKey, _ style: Style = .text) {
        for piece in context.wrapped(texts.text(key, values), width: width) { lines.append([Span(piece, style)]) }
    }

    private mutating func addBlank() { lines.append([]) }

    private mutating func addProgress(_ key: TextKey) {
        let seconds = max(0, Int(context.state.serverNow.timeIntervalSince(wizard.phaseBegan)))
        var line = [Span("◐ ", .warning), Span(texts.text(key, values), .strong)]
        if seconds > 0 { line.append(Span("  \(seconds) s", .muted)) }
        lines.append(line)
        guard let trouble = rotation.trouble else { return }
        addBlank()
        lines.append([Span(context.wording.headline(trouble), .warning)])
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TextWidth.width(of: text)))
    }

    /// Rows in columns as wide as their widest cell; numbers, in the first, stand at its right.
    private static func aligned(_ rows: [[Span]]) -> [[Span]] {
        let columnCount = rows.first?.count ?? 0
        let widths = (0..<columnCount).map { column in rows.map { $0[column].width }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.width)
                return Span(column == 0 ? gap + cell.text + "  " : cell.text + gap + "  ", cell.style)
            }
        }
    }

    // MARK: Steps

    private mutating func addSlots() {
        add(.rotateAskSlot, .strong)
        addBlank()
        for slot in KeySlot.allCases {
            let isChosen = wizard.candidate == slot
            let made = context.state.journal.lastRotation(of: rotation.endpoint, slot)
            let age = made.map { texts.text(.rotateMadeAgo, ["age": context.age(of: $0)]) } ?? texts[.rotateNeverMade]
            lines.append([
                Span(isChosen ? "▸ " : "  ", .key), Span(slot == .primary ? "p  " : "s  ", Style(.key, bold: true)),
                Span(padded(slot.rawValue, 11), isChosen ? Style(.strong, bold: true) : .text),
                Span((rotation.before?[slot].text ?? "") + "   ", .muted), Span(age, .muted),
            ])
        }
        addBlank()
        add(.rotateNoDefault, .muted)
    }

    private mutating func addCallers() {
        guard let result = rotation.callers else { return add(.rotateCallersReading, .muted) }
        switch result {
        case .failure(let error):
            add(.rotateCallersUnknown, .warning)
            lines.append([Span(context.wording.headline(error), .muted)])
        case .success(let report): addCallers(report)
        }
        addBlank()
        add(.rotateCallersSlotUnknown, .muted)
    }

    private mutating func addCallers(_ report: CallerReport) {
        guard report.isLogged else { return add(.rotateCallersNotLogged, .warning) }
        let hours = ["hours": "\(report.hours)"]
        let title: TextKey = report.callers.isEmpty ? .rotateCallersNone : .rotateCallersTitle
        lines.append([Span(texts.text(title, hours), .strong)])
        guard !report.callers.isEmpty else { return }
        let room = max(1, height - 6)
        let shown = report.callers.dropFirst(wizard.firstCaller).prefix(room)
        var rows: [[Span]] = [
            [
                Span(texts[.rotateCallersColumnsRequests], .muted), Span(texts[.rotateCallersColumnsAgent], .muted),
                Span(texts[.rotateCallersColumnsAuth], .muted), Span(texts[.rotateCallersColumnsIdentity], .muted),
                Span(texts[.rotateCallersColumnsSeen], .muted),
            ]
        ]
        for caller in shown {
            rows.append([
                Span(Format.count(caller.requests), .text),
                Span(TextWidth.truncated(caller.userAgent, to: max(16, width / 3)), .strong),
                Span(caller.authType, caller.authType == "Key" ? .accent : .muted),
                Span(caller.identity.isEmpty ? "–" : context.short(caller.identity), .muted),
                Span(caller.lastSeen.map { context.age(of: $0) } ?? "–", .muted),
            ])
        }
        lines += Self.aligned(rows)
        let rest = report.callers.count - wizard.firstCaller - shown.count
        if rest > 0 { lines.append([Span(texts.text(.rotateCallersMore, ["count": "\(rest)"]), .muted)]) }
    }

    private mutating func addConfirmation() {
        add(.rotateWarning, .strong)
        addBlank()
        let labels = [texts[.rotateFieldName], texts[.rotateFieldProbe]]
        let labelWidth = (labels.map { TextWidth.width(of: $0) }.max() ?? 0) + 3
        addField(labels[0], labelWidth, isFocused: wizard.field == .name, prompt: wizard.name)
        if rotation.isNameWrong {
            lines.append([
                Span(String(repeating: " ", count: labelWidth + 2)), Span(texts.text(.rotateWrongName, values), .alert),
            ])
        }
        let isFocused = wizard.field == .payload
        let isFile = wizard.choice == .file
        lines.append([
            Span(isFocused ? "▸ " : "  ", .key), Span(padded(labels[1], labelWidth), .muted),
            Span("‹ ", isFocused ? .key : .faint),
            Span(texts[wizard.choice.label], isFocused ? Style(.strong, bold: true) : .text),
            Span(" ›", isFocused ? .key : .faint),
        ])
        if isFile { addField("", labelWidth, isFocused: isFocused, prompt: wizard.path, marker: "  ") }
        addBlank()
        add(wizard.choice.explanation, .muted)
    }

    private mutating func addField(
        _ label: String,
        _ labelWidth: Int,
        isFocused: Bool,
        prompt: Prompt,
        marker: String = "▸ "
    ) {
        let room = max(4, min(48, width - labelWidth - 3))
        let first = prompt.firstShown(columns: room - 1)
        let shown = TextWidth.prefix(of: String(prompt.text.dropFirst(first)), fitting: room).text
        if isFocused {
            let before = String(prompt.text.dropFirst(first).prefix(prompt.cursor - first))
            cursor = Point(x: labelWidth + 2 + TextWidth.width(of: before), y: lines.count)
        }
        lines.append([
            Span(isFocused ? marker : "  ", .key), Span(padded(label, labelWidth), .muted),
            Span(padded(shown, room), Style(.strong, underlined: true)),
        ])
    }

    private mutating func addVerdicts() {
        guard let slot = rotation.slot else { return }
        let roles = KeyRole.allCases.filter { rotation.verdicts[$0] != nil }
        let names = roles.map { texts[$0.textKey(slot)] }
        let nameWidth = (names.map { TextWidth.width(of: $0) }.max() ?? 0) + 3
        let words = roles.compactMap { role in rotation.verdicts[role].map { texts[$0.textKey(role)] } }
        let wordWidth = (words.map { TextWidth.width(of: $0) }.max() ?? 0) + 3
        for (role, name) in zip(roles, names) {
            guard let verdict = rotation.verdicts[role] else { continue }
            lines.append([
                Span(padded(name, nameWidth), .strong),
                Span(padded(texts[verdict.textKey(role)], wordWidth), Style(verdict.style(role).ink, bold: true)),
                Span(details(of: verdict, role), .muted),
            ])
        }
    }

    private func details(of verdict: KeyVerdict, _ role: KeyRole) -> String {
        var parts: [String] = []
        if let status = verdict.status {
            let time = verdict.milliseconds.map { Format.milliseconds(Double($0)) } ?? "–"
            parts.append(texts.text(.rotateAnswered, ["status": "\(status)", "time": time]))
        }
        if role != .old, let deployment = verdict.deployment {
            parts.append(texts.text(.rotateAnsweredBy, ["deployment": deployment]))
        }
        if role == .old {
            if let seconds = rotation.oldKeyWorkedSeconds {
                parts.append(
                    seconds == 0
                        ? texts[.rotateOldAtOnce]
                        : texts.text(.rotateOldWorkedFor, ["seconds": Format.decimal(seconds, digits: 1)])
                )
            } else if rotation.phase == .watchingOldKey, let ended = rotation.operationEndedAt {
                let seconds = max(0, Int(context.state.serverNow.timeIntervalSince(ended)))
                parts.append(texts.text(.rotateWatchedFor, ["seconds": "\(seconds)"]))
            }
            if verdict.finding == .unknown { parts.append(texts[.rotateOldGone]) }
        }
        return parts.joined(separator: " · ")
    }

    private mutating func addHandOver() {
        if rotation.phase == .watchingOldKey { addProgress(.rotateProgressWatching) }
        addVerdicts()
        addBlank()
        guard let slot = rotation.slot else { return }
        lines.append([
            Span(texts[KeyRole.new.textKey(slot)] + "  ", .muted),
            Span("\(rotation.newFingerprint?.text ?? "")", .text),
            Span(rotation.isHandOverFailed ? "   " + texts[.rotateHandOverFailed] : "", .alert),
            Span(maskedIn, .warning),
        ])
        keyLine = lines.count
        lines.append([Span("••••••••••••••••", .strong)])
        lines.append([])
        if let command = wizard.command {
            addField(
                texts[.rotateFieldCommand],
                TextWidth.width(of: texts[.rotateFieldCommand]) + 2,
                isFocused: true,
                prompt: command
            )
            add(.rotateCommandHint, .muted)
        } else {
            add(.rotateCallersSlotUnknown, .muted)
        }
    }

    /// How long the key is still to be seen.
    private var maskedIn: String {
        guard let until = wizard.revealedUntil else { return "" }
        let seconds = max(0, Int(until.timeIntervalSince(context.state.now).rounded(.up)))
        return "   " + texts.text(.rotateMaskedIn, ["seconds": "\(seconds)"])
    }

    private mutating func addEnd(_ outcome: RotationOutcome) {
        let style: Style = outcome == .proven ? .good : outcome.isRotated ? .warning : .alert
        let isQuiet = outcome == .nothingSent(.cancelled)
        add(RotationWording.key(outcome), Style(isQuiet ? .text : style.ink, bold: true))
        if let trouble = rotation.trouble, outcome != .proven {
            addBlank()
            lines.append([Span(context.wording.headline(trouble), .text)])
            if let next = context.wording.nextStep(trouble) {
                for piece in context.wrapped(next, width: width) { lines.append([Span(piece, .muted)]) }
            }
            if let id = trouble.requestID {
                lines.append([Span(texts.text(.errorRequestID, ["id": id]), .muted)])
            }
        }
        if !rotation.verdicts.isEmpty {
            addBlank()
            addVerdicts()
        }
        if outcome.isRotated, rotation.handOvers.isEmpty {
            addBlank()
            add(.rotateNotHandedOver, .muted)
        }
    }

    private mutating func addRequest() {
        guard let slot = rotation.slot ?? wizard.candidate else { return }
        let request = RegenerateKeysRequest(endpoint: rotation.endpoint, slot: slot)
        let base = context.state.connection?.resourceManager ?? "https://management.azure.com"
        add(.rotateRequestTitle, .strong)
        addBlank()
        for text in ["\(request.method) \(request.url(base))", request.body.text(), "", request.azureCLILine] {
            let pieces = text.isEmpty ? [""] : context.wrapped(text, width: width)
            for piece in pieces { lines.append([Span(piece, .accent)]) }
        }
    }
}

extension RotationWizard.PayloadChoice {
    fileprivate var label: TextKey {
        switch self {
        case .emptyObject: .rotatePayloadEmpty
        case .file: .rotatePayloadFile
        case .none: .rotatePayloadNone
        }
    }

    fileprivate var explanation: TextKey {
        switch self {
        case .emptyObject: .rotatePayloadEmptyWhy
        case .file: .rotatePayloadFileWhy
        case .none: .rotatePayloadNoneWhy
        }
    }
}

extension DashboardState {
    /// Where a revealed key is drawn: over its mask, on up to two lines; nil while none is to be seen.
    ///
    /// The key itself is not in the state: whoever holds it draws it there.
    package func revealedKeyArea(texts: Catalogue) -> Rect? {
        guard dialog == .rotation, let wizard = rotation, wizard.revealedUntil != nil, wizard.canHandOver else {
            return nil
        }
        let context = ViewContext(state: self, texts: texts, layout: HomeLayout(self))
        let place = RotationLayout(body: context.bodyArea).panel
        guard let line = RotationPanel(wizard, context: context, size: place).keyLine, line + 1 < place.height else {
            return nil
        }
        return Rect(x: place.x, y: place.y + line, width: place.width, height: 2)
    }
}
