internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

extension ViewContext {
    /// The line below the header: which credential is about to fail, why, and what helps.
    func drawAlert(in line: Rect, of frame: inout CellBuffer) {
        guard !line.isEmpty, let alert = state.alert else { return }
        let inner = line.inset(dx: line.width >= 40 ? 1 : 0)
        let style = alert.severity == .alert ? Style(.alert, bold: true) : Style(.warning, bold: true)
        let mark = alert.severity == .alert ? "▲ " : "◆ "
        let hint = texts[.alertHint]
        let others = alert.othersCount > 0 ? "  " + texts.text(.alertOthers, ["count": "\(alert.othersCount)"]) : ""
        let room = inner.width - TextWidth.width(of: hint) - TextWidth.width(of: others) - 4
        let text = TextWidth.truncated(alert.text(texts, now: state.serverNow), to: max(12, room))
        frame.write([Span(mark + text, style), Span(others, .muted)], in: inner)
        guard room >= 12 else { return }
        frame.write([Span(hint, .muted)], in: inner, alignment: .trailing)
    }
}

extension CredentialAlert {
    /// `control plane: lapses in 01:40, not renewed: the secret was refused`
    func text(_ texts: Catalogue, now: Date) -> String {
        let left = expiresAt.map { $0.timeIntervalSince(now) } ?? 0
        let values = { (why: String) in ["name": name(texts), "time": Format.countdown(left), "why": why] }
        switch reason {
        case .lapsed: return texts.text(.alertLapsed, values(""))
        case .notRenewable: return texts.text(left > 0 ? .alertNotRenewable : .alertLapsed, values(""))
        case .renewalFailed(let error):
            let why = Wording(texts: texts).why(error)
            return texts.text(left > 0 ? .alertRenewalFailed : .alertLapsedWhy, values(why))
        }
    }

    private func name(_ texts: Catalogue) -> String {
        switch id {
        case .token(.resourceManager): texts[.credentialControlPlane]
        case .token(.machineLearning): texts[.credentialDataPlane]
        case .token(.logAnalytics): texts[.credentialLogs]
        case .endpoint(let id): id.name
        }
    }
}
