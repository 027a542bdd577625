internal import TerminalUI

extension ViewContext {
    /// A text of an explanation with its facts filled in.
    func text(_ key: TextKey, of explanation: ScoringExplanation) -> String {
        texts.text(key, explanation.values.mapValues { text(of: $0) })
    }

    private func text(of value: ScoringExplanation.Value) -> String {
        switch value {
        case .text(let text): text
        case .term(let key): texts[key]
        case .duration(let duration):
            duration < .seconds(120) ? Format.limit(duration) : texts.span(duration / .seconds(1))
        case .bytes(let count): Format.bytes(count)
        }
    }

    /// All of an explanation.
    func explanationLines(_ explanation: ScoringExplanation, width: Int) -> [[Span]] {
        explanation.sentences.flatMap { lines(of: $0, explanation, width: width) }
            + stepLines(explanation, width: width, withCommands: true)
    }

    /// As much of it as fits: the cause and the keys that help first, then what else is to be known, then what it is not.
    func explanationLines(_ explanation: ScoringExplanation, width: Int, height: Int) -> [[Span]] {
        let whole = explanationLines(explanation, width: width)
        guard whole.count > height else { return whole }
        let steps = Array(stepLines(explanation, width: width, withCommands: false).prefix(max(0, height - 1)))
        var shown: [[Span]] = []
        for sentence in explanation.sentences {
            let lines = lines(of: sentence, explanation, width: width)
            guard shown.isEmpty || shown.count + lines.count + steps.count <= height else { continue }
            shown += lines
        }
        return Array((shown.prefix(max(1, height - steps.count)) + steps).prefix(height))
    }

    private func lines(
        of sentence: ScoringExplanation.Sentence,
        _ explanation: ScoringExplanation,
        width: Int
    ) -> [[Span]] {
        let (mark, markStyle, style) = look(of: sentence.role, explanation)
        var body = text(sentence.key, of: explanation)
        if sentence.role == .ruledOut { body = texts.text(.meaningNot, ["what": body]) }
        return wrapped(body, width: max(8, width - 2)).enumerated().map { index, piece in
            [index == 0 ? Span(mark + " ", markStyle) : Span("  "), Span(piece, style)]
        }
    }

    private func look(of role: ScoringExplanation.Role, _ explanation: ScoringExplanation) -> (String, Style, Style) {
        switch role {
        case .cause: explanation.isSuccess ? ("✓", .good, .text) : ("▸", .warning, .strong)
        case .ruledOut: ("✓", .good, .muted)
        case .note: ("·", .muted, .text)
        case .warning: ("▲", .warning, .text)
        }
    }

    /// The keys side by side, then the commands, each on a line of its own.
    private func stepLines(_ explanation: ScoringExplanation, width: Int, withCommands: Bool) -> [[Span]] {
        var pieces: [[Span]] = []
        for step in explanation.steps {
            guard let key = step.key else { continue }
            let label = Span(key.label, Style(.key, bold: true))
            pieces.append([label, Span(" " + text(step.text, of: explanation), .text)])
        }
        let lead = texts[.meaningNext] + "  "
        let margin = TextWidth.width(of: lead)
        var lines = LineFlow.lines(pieces, width: width - margin).enumerated().map { index, line in
            [index == 0 ? Span(lead, .muted) : Span(String(repeating: " ", count: margin))] + line
        }
        for step in explanation.steps where withCommands {
            guard let command = step.command else { continue }
            lines += wrapped(text(step.text, of: explanation), width: width).map { [Span($0, .muted)] }
            lines += LineFlow.wrapped([Span("  " + command, .accent)], width: width, indent: 2)
        }
        return lines
    }
}
