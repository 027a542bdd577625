package import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    func draw(_ signIn: SignInDialog, of frame: inout CellBuffer) {
        let width = min(bodyArea.width < 60 ? bodyArea.width : bodyArea.width - 6, 76) - 4
        let lines = signInLines(signIn, width: max(10, width))
        let room = max(1, bodyArea.height - 2)
        let first = max(0, min(signIn.offset, lines.count - room))
        let inner = drawDialogFrame(
            title: texts[.signInTitle],
            hint: signInHint(signIn, isCut: lines.count > room),
            lines: lines,
            of: &frame
        )
        for (index, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
            frame.write(line, in: inner.row(index).inset(dx: 1))
        }
    }

    private func signInHint(_ signIn: SignInDialog, isCut: Bool) -> String {
        let more = isCut ? "↑↓  " : ""
        switch signIn.stage {
        case .waiting: return more + texts[.signInHintWaiting]
        case .asking: return more + texts[.signInHintAsking]
        case .choosing, .failed, .azureCLIFailed: return more + texts[.signInHint]
        }
    }

    private func signInLines(_ signIn: SignInDialog, width: Int) -> [[Span]] {
        var lines: [[Span]]
        switch signIn.stage {
        case .waiting(let code): return codeLines(code, width: width)
        case .asking: return [[Span(texts[.signInAsking], .text)], []]
        case .choosing: lines = []
        case .failed(let error):
            lines = paragraph("▲ " + wording.why(error), .alert, width)
            if let message = wording.serviceMessage(error) { lines += paragraph(message, .text, width) }
            if let next = wording.nextStep(error) { lines += paragraph(next, .text, width) }
            lines.append([])
        case .azureCLIFailed(let status?):
            lines = paragraph("▲ " + texts.text(.signInCliFailed, ["status": "\(status)"]), .alert, width) + [[]]
        case .azureCLIFailed(nil):
            lines = paragraph("▲ " + texts[.signInCliMissing], .alert, width) + [[]]
        }
        lines += verdictLines(signIn.verdicts, width: width)
        lines.append([])
        lines.append([Span("d", Style(.key, bold: true)), Span("  " + texts[.signInDevice], .text)])
        lines.append([Span("a", Style(.key, bold: true)), Span("  " + texts[.signInCli], .text)])
        return lines
    }

    /// What to enter where, and how long that is good for.
    private func codeLines(_ code: DeviceCode, width: Int) -> [[Span]] {
        let left = code.expiresAt.timeIntervalSince(state.now)
        let style: Style = left <= 60 ? .alert : left <= 240 ? .warning : .good
        var lines = paragraph(texts[.signInOpen], .text, width)
        lines += paragraph(code.verificationURL, .accent, width)
        lines.append([])
        lines += paragraph(texts[.signInEnter], .text, width)
        lines.append([Span("    "), Span(code.userCode, Style(.accent, bold: true))])
        lines.append([])
        lines.append([Span(texts[.signInLeft] + " ", .muted), Span(Format.countdown(left), style)])
        return lines
    }

    /// One credential a line or more: its mark, its name, and what became of it.
    private func verdictLines(_ verdicts: [CredentialVerdict], width: Int) -> [[Span]] {
        guard !verdicts.isEmpty else { return paragraph(texts[.signInNoVerdicts], .muted, width) }
        return verdicts.flatMap { verdict -> [[Span]] in
            let (mark, style): (String, Style) =
                switch verdict.outcome {
                case .won: ("●", .good)
                case .failed: ("▲", .alert)
                case .unavailable: ("·", .muted)
                case .notAsked: ("·", .faint)
                }
            let pieces = wrapped(wording.verdict(verdict), width: max(10, width - 2))
            return pieces.enumerated().map { index, piece in
                [Span(index == 0 ? mark + " " : "  ", style), Span(piece, style == .good ? .text : style)]
            }
        }
    }

    private func paragraph(_ text: String, _ style: Style, _ width: Int) -> [[Span]] {
        wrapped(text, width: width).map { [Span($0, style)] }
    }
}

extension Wording {
    /// What became of one credential, in one line that begins with its name.
    package func verdict(_ verdict: CredentialVerdict) -> String {
        switch verdict.outcome {
        case .won: texts.text(.credentialWon, ["name": verdict.name])
        case .unavailable(let reason): whyNot(UnavailableCredential(name: verdict.name, reason: reason))
        case .failed(let error): "\(verdict.name): \(why(error))"
        case .notAsked: texts.text(.credentialNotAsked, ["name": verdict.name])
        }
    }
}
