/// How a view shows what it is about.
package enum DetailForm: String, CaseIterable, Sendable {
    /// Named values under headings.
    case overview
    /// The resource as Azure sent it, or the row as its table has it.
    case json
    /// As `az ml` prints it.
    case yaml
}

/// What to do with the value on the current line of an outline.
package enum Folding: Hashable, Sendable {
    case toggle, open, close, openAll, closeAll
}

extension View {
    /// The forms it can be shown in; empty where there is only one.
    package var forms: [DetailForm] {
        switch self {
        case .help, .workspaces, .journal, .journalRotation, .scoring: []
        case .endpoint, .deployment: [.overview, .json, .yaml]
        case .logRow, .token: [.overview, .json]
        }
    }
}
