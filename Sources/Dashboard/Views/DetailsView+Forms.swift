internal import AzureML
internal import JSONValue
internal import TerminalUI

extension DashboardState {
    /// What a view is about, as its source has it; nil for views that are about nothing that has JSON, or that is gone.
    func json(of view: View) -> JSONValue? {
        switch view {
        case .help, .workspaces, .journal, .journalRotation, .scoring: nil
        case .endpoint(let id): record(id)?.endpoint.raw
        case .deployment(let id): record(ofDeployment: id)?.deployment.deployment.raw
        case .logRow(let id): logRow(id)?.json
        case .token(let subject): json(of: subject)
        }
    }
}

extension ViewContext {
    /// The resource as Azure sent it, in lines that fold.
    func jsonLines(of view: View) -> [TextLine] {
        guard let value = state.json(of: view) else { return goneLines }
        let width = TextArea(bodyArea).inner.width
        return JSONOutline(value, folded: state.folded, width: width).lines
    }

    /// The names of the forms, the one that is shown set off.
    func formSpans(of view: View) -> [Span] {
        guard !view.forms.isEmpty else { return [] }
        return view.forms.flatMap { form in
            [Span("  "), Span(texts[form.title], form == state.form ? Style(.key, bold: true) : .faint)]
        }
    }

    var goneLines: [TextLine] { [TextLine([Span(texts[.emptyGone], .warning)])] }
}

extension DetailForm {
    fileprivate var title: TextKey {
        switch self {
        case .overview: .viewFormOverview
        case .json: .viewFormJson
        case .yaml: .viewFormYaml
        }
    }
}
