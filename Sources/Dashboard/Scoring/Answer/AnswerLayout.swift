internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// What stands above the body of an answer, line by line, within the room there is.
struct AnswerLayout {
    private(set) var lines: [[Span]] = []
    private let panel: AnswerPanel
    private let context: ViewContext
    private let width: Int
    private let height: Int

    private var texts: Catalogue { context.texts }

    init(_ panel: AnswerPanel, context: ViewContext, size: Rect) {
        self.panel = panel
        self.context = context
        width = size.width
        height = size.height
        build()
    }

    private mutating func build() {
        switch panel.stage {
        case .idle: addIdle()
        case .running: addRunning()
        case .answered: addAnswer()
        case .failed(let error): addFailure(error)
        case .cancelled: addCancelled()
        }
    }

    private mutating func addIdle() {
        for key in [TextKey.answerIdle, .answerIdleMore] {
            lines += context.wrapped(texts[key], width: width).map { [Span($0, .muted)] }
        }
    }

    // MARK: Under way

    private mutating func addRunning() {
        guard let sent = panel.sent else { return }
        let state = texts[panel.milestones.state(panel.sent)]
        var pieces = [[Span("◐ ", .warning), Span(state, .strong)], [Span(Format.span(panel.elapsed), .accent)]]
        if let status = panel.milestones.status { pieces.append(statusSpans(status)) }
        pieces.append([Span(target(of: sent), .muted)])
        lines += LineFlow.lines(pieces, width: width)
        addClock(sent)
        lines += LineFlow.lines(panel.milestones.phases.map { legend($0) } + [sizePiece(sent)], width: width)
        addStream()
        lines.append([])
    }

    private func target(of sent: SentPayload) -> String {
        guard let pinned = sent.pinnedDeployment else {
            return texts.text(.answerToRouted, ["endpoint": sent.endpoint])
        }
        return texts.text(.answerToPinned, ["endpoint": sent.endpoint, "deployment": pinned])
    }

    private func sizePiece(_ sent: SentPayload) -> [Span] {
        let received = panel.body.bytes.count
        var text = texts.text(.answerSent, ["size": Format.bytes(sent.byteCount)])
        if received > 0 { text += " · " + texts.text(.answerReceived, ["size": Format.bytes(received)]) }
        return [Span(text, .muted)]
    }

    /// The time that went by against both limits: ours ends the bar, the deployment's is a mark in it.
    private mutating func addClock(_ sent: SentPayload) {
        let whole = max(sent.clientTimeout, sent.requestTimeout ?? .zero)
        let room = min(32, width)
        guard whole > .zero, room >= 10 else { return }
        let cells = Int((Double(room) * min(1, panel.elapsed / whole)).rounded(.down))
        let isOver = sent.requestTimeout.map { panel.elapsed > $0 } ?? false
        var bar = Array(repeating: Character("░"), count: room)
        for cell in 0..<min(cells, room) { bar[cell] = "█" }
        var spans = [Span(String(bar), isOver ? .warning : .accent)]
        let ours = [Span(texts.text(.answerWaits, ["time": Format.limit(sent.clientTimeout)]), .muted)]
        var pieces = [spans, ours]
        if let limit = sent.requestTimeout {
            let mark = min(room - 1, Int(Double(room) * (limit / whole)))
            let before = String(bar[..<mark])
            let after = String(bar[(mark + 1)...])
            let style = spans[0].style
            spans = [Span(before, style), Span("│", .strong), Span(after, style)]
            let text = texts.text(.answerDeploymentLimit, ["time": Format.limit(limit)])
            pieces = [spans, ours, [Span(text, isOver ? .warning : .muted)]]
        }
        lines += LineFlow.lines(pieces, width: width)
    }

    // MARK: Answered

    private mutating func addAnswer() {
        guard let answer = panel.answer, let sent = panel.sent else { return }
        lines += LineFlow.lines(
            [statusSpans(answer.status), modelPiece(answer), answeredBy(answer, sent), sentAt(sent)],
            width: width
        )
        addPhases(answer.timings)
        lines += LineFlow.lines(factPieces(answer, sent), width: width)
        addStream()
        addExplanation()
        if height > lines.count + 4 { lines.append([]) }
    }

    private func statusSpans(_ status: Int) -> [Span] {
        let style = Style(Self.ink(of: status), bold: true)
        let phrase = HTTPReason.phrase(status)
        return [Span("\(status)" + (phrase.isEmpty ? "" : " " + phrase), style)]
    }

    static func ink(of status: Int) -> Ink {
        switch status {
        case 200..<300: .good
        case 300..<400: .warning
        default: .alert
        }
    }

    /// What Azure means by the status, and beside it what the model itself answered.
    private func modelPiece(_ answer: ScoringAnswer) -> [Span] {
        guard answer.status == 424 else { return [Span(texts[HTTPReason.meaning(answer.status)], .text)] }
        let model = answer.modelStatus.map { status in
            let phrase = width >= 100 ? HTTPReason.phrase(status) : ""
            return texts.text(.answerModelStatus, ["status": "\(status)" + (phrase.isEmpty ? "" : " " + phrase)])
        }
        return [
            Span(texts[.answerMeansModel] + " ", .text), Span(model ?? texts[.answerModelUnknown], .alert),
        ]
    }

    private func answeredBy(_ answer: ScoringAnswer, _ sent: SentPayload) -> [Span] {
        let how = texts[sent.pinnedDeployment == nil ? .answerRouted : .answerPinned]
        guard let deployment = answer.deployment else {
            guard let pinned = sent.pinnedDeployment else { return [Span(how, .muted)] }
            return [Span(texts.text(.answerAskedFor, ["deployment": pinned]), .muted)]
        }
        let isOther = sent.pinnedDeployment.map { $0 != deployment } ?? false
        var spans = [Span(texts[.answerBy] + " ", .muted), Span(deployment, .accent), Span(" (\(how))", .muted)]
        if isOther, let pinned = sent.pinnedDeployment {
            spans.append(Span(" " + texts.text(.answerAskedFor, ["deployment": pinned]), .warning))
        }
        return spans
    }

    private func sentAt(_ sent: SentPayload) -> [Span] {
        let time = Format.clock(sent.sentAt, in: context.state.zone)
        return [Span(texts.text(.answerSentAt, ["time": time]), .muted)]
    }

    /// Sizes, what the container says, and the ids that find the row in the log; the ids only where there is room.
    private func factPieces(_ answer: ScoringAnswer, _ sent: SentPayload) -> [[Span]] {
        var pieces = [fact(.answerSent, "size", Format.bytes(answer.sentByteCount))]
        let isEmpty = answer.body.isEmpty
        var received = isEmpty ? [Span(texts[.answerReceivedNothing], .text)] : []
        if !isEmpty { received = fact(.answerReceived, "size", Format.bytes(answer.body.count)) }
        if let type = answer.contentType { received.append(Span(" " + type, .muted)) }
        pieces.append(received)
        if let time = answer.modelTime { pieces.append(fact(.answerModelTime, "time", Format.span(time))) }
        if let reason = answer.reason {
            pieces.append([Span("ms-azureml-model-error-reason ", .muted), Span(reason, .warning)])
        }
        let delays = [(TextKey.answerRequestDelay, answer.requestDelay), (.answerResponseDelay, answer.responseDelay)]
        for (key, delay) in delays {
            guard let delay, delay > .zero else { continue }
            pieces.append([Span(texts.text(key, ["time": Format.span(delay)]), .warning)])
        }
        guard height >= 14 else { return pieces }
        if let id = answer.requestID { pieces.append([Span("x-request-id ", .muted), Span(id)]) }
        if height >= 26, !answer.clientRequestID.isEmpty {
            pieces.append([Span("x-ms-client-request-id ", .muted), Span(answer.clientRequestID)])
        }
        return pieces
    }

    private func fact(_ key: TextKey, _ name: String, _ value: String) -> [Span] {
        [Span(texts.text(key, [name: value]), .muted)]
    }

    private mutating func addStream() {
        guard let stream = panel.body.stream else { return }
        var pieces: [[Span]] = []
        if let first = stream.firstToken {
            pieces.append([Span(texts.text(.answerFirstToken, ["time": Format.span(first)]), .accent)])
        }
        pieces.append([Span(texts.text(.answerEvents, ["count": Format.count(stream.eventCount)]), .muted)])
        if let reason = stream.finishReason {
            pieces.append([Span(texts.text(.answerFinish, ["reason": reason]), .muted)])
        }
        lines += LineFlow.lines(pieces, width: width)
    }

    // MARK: Phases

    /// Where the time went: a bar in the colours of its legend.
    private mutating func addPhases(_ timings: TransferTimings) {
        let phases = timings.phases
        let total = [Span(Format.span(timings.total), Style(.strong, bold: true))]
        guard !phases.isEmpty else {
            lines += LineFlow.lines([total, [Span(texts[.answerNotMeasured], .muted)]], width: width)
            return
        }
        var legends = phases.map { legend($0) }
        if legends.reduce(0, { $0 + $1.width + 2 }) - 2 > width { legends = Self.shortened(legends) }
        if timings.isReused { legends.append([Span(texts[.answerReused], .muted)]) }
        let legendWidth = legends.reduce(0) { $0 + $1.width + 2 }
        let beside = width - legendWidth - total.width - 4
        let bar = PhaseBar.spans(phases, width: beside >= 24 ? min(48, beside) : min(48, width - total.width - 2))
        if beside >= 24 {
            let line = LineFlow.lines(legends, width: width, gap: 2).first ?? []
            lines.append(line + [Span("  ")] + bar + [Span("  ")] + total)
        } else {
            lines.append(bar + [Span("  ")] + total)
            lines += LineFlow.lines(legends, width: width, gap: 2)
        }
    }

    /// Without the unit that all have, but for the last one.
    private static func shortened(_ legends: [[Span]]) -> [[Span]] {
        guard legends.allSatisfy({ $0.last?.text.hasSuffix(" ms") == true }) else { return legends }
        return legends.enumerated().map { index, legend in
            var legend = legend
            legend[0].text = "■"
            if index < legends.count - 1, let last = legend.popLast() {
                legend.append(Span(String(last.text.dropLast(3)), last.style))
            }
            return legend
        }
    }

    private func legend(_ phase: TransferPhase) -> [Span] {
        [
            Span("■ ", phase.kind.style), Span(texts[phase.kind.label] + " ", .muted),
            Span(Format.span(phase.duration), .text),
        ]
    }

    // MARK: No answer

    private mutating func addFailure(_ error: AzureError) {
        let headline = context.wording.headline(error)
        lines += context.wrapped("✗ " + headline, width: width).map { [Span($0, Style(.alert, bold: true))] }
        addUnfinished()
        addExplanation()
        lines.append([])
    }

    private mutating func addCancelled() {
        lines.append([Span(texts[.answerCancelled], Style(.warning, bold: true))])
        addUnfinished()
        addExplanation()
        lines.append([])
    }

    private mutating func addUnfinished() {
        guard let sent = panel.sent else { return }
        lines += LineFlow.lines(
            [[Span(Format.span(panel.elapsed), .accent)]] + panel.milestones.phases.map { legend($0) }
                + [[Span(target(of: sent), .muted)], sentAt(sent)],
            width: width
        )
    }

    // MARK: What it means

    /// Of an answer that is well, only what is worth a warning; of any other as much as leaves half the room to the body.
    private mutating func addExplanation() {
        guard let explanation = panel.explanation, panel.tab != .meaning else { return }
        guard explanation.isSuccess else {
            let left = height - lines.count - 2
            let room = panel.body.bytes.isEmpty ? left - 1 : max(3, left / 2)
            guard room > 0 else { return }
            lines.append([])
            lines += context.explanationLines(explanation, width: width, height: room - 1)
            return
        }
        let remarks = explanation.remarks
        guard !remarks.sentences.isEmpty else { return }
        lines += context.explanationLines(remarks, width: width, height: max(1, min(4, height / 4)))
    }
}

extension ScoringExplanation {
    /// Without what goes without saying.
    fileprivate var remarks: ScoringExplanation {
        var remarks = self
        remarks.keep { $0.role != .cause }
        return remarks
    }
}
