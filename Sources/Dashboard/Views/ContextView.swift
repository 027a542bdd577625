internal import AzureML
internal import TerminalUI

extension ViewContext {
    /// Whether a workspace is to be written into the configuration: where, and exactly what.
    func draw(_ offer: ContextOffer, of frame: inout CellBuffer) {
        let width = max(8, min(96, bodyArea.width - 12))
        let question = texts.text(.contextQuestion, ["path": offer.path])
        let entry = [
            "- name: \(offer.name)", "  subscription: \(offer.address.subscriptionID)",
            "  resource_group: \(offer.address.resourceGroup)", "  workspace: \(offer.address.name)",
        ]
        var lines = wrapped(question, width: width).map { [Span($0)] }
        lines.append([])
        lines += entry.map { [Span(TextWidth.truncated($0, to: width), .accent)] }
        drawTextDialog(title: texts[.contextTitle], lines, hint: texts[.contextHint], of: &frame)
    }
}
