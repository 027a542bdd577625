package import AzureCore
internal import AzureML
internal import FoundationEssentials
package import JSONValue
internal import TerminalUI

extension ViewContext {
    /// The inspector: what a token says, in plain words.
    func tokenLines(_ subject: TokenSubject) -> [TextLine] {
        switch state.inquiry(of: subject)?.outcome {
        case nil, .waiting?: return [TextLine([Span(texts[.tokenWaiting], .muted)])]
        case .failed(let error)?:
            let lines = [wording.headline(error), wording.serviceMessage(error), wording.nextStep(error)]
            return lines.compactMap(\.self).enumerated().flatMap { index, text in
                wrapped(text, width: max(10, state.size.width - 4)).map {
                    TextLine([Span($0, index == 0 ? .alert : .text)])
                }
            }
        case .report(let report)?: return lines(of: report, subject)
        }
    }

    private func lines(of report: TokenReport, _ subject: TokenSubject) -> [TextLine] {
        let explanation = TokenExplanation(
            report: report,
            intendedUse: subject.intendedUse,
            texts: texts,
            now: state.serverNow,
            zone: state.zone
        )
        var lines: [TextLine] = []
        for verdict in explanation.verdicts {
            let width = max(10, state.size.width - 6)
            for (index, piece) in wrapped(verdict.text, width: width).enumerated() {
                lines.append(
                    TextLine([Span(index == 0 ? verdict.mark + " " : "  ", verdict.style), Span(piece, verdict.style)])
                )
            }
        }
        if !lines.isEmpty { lines.append(TextLine()) }
        for part in explanation.sections { lines += section(part.title, part.fields.map { ($0.name, [$0.value]) }) }
        return lines
    }

    func tokenTitle(_ subject: TokenSubject) -> String {
        switch subject {
        case .named(let name): texts.name(of: name)
        case .pasted: texts[.tokenPasted]
        }
    }
}

extension DashboardState {
    /// Header and claims as they are in the token, bounded.
    func json(of subject: TokenSubject) -> JSONValue? {
        guard case .report(let report)? = inquiry(of: subject)?.outcome else { return nil }
        return report.inspection.json
    }
}

extension TokenInspection {
    /// Header and claims, bounded.
    package var json: JSONValue { ["header": .object(header), "claims": .object(claims)] }
}
