internal import AzureML
internal import TerminalUI

/// How a workspace of the configuration sets itself off, so that nobody takes it for another one.
package struct WorkspaceMark: Equatable, Sendable {
    /// The name of its context.
    package var context: String
    package var isProduction: Bool
    package var accent: Accent?

    package init(context: String, isProduction: Bool = false, accent: Accent? = nil) {
        self.context = context
        self.isProduction = isProduction
        self.accent = accent
    }
}

/// The colours that a context may ask for.
package enum Accent: String, CaseIterable, Sendable {
    case red, orange, yellow, green, cyan, blue, magenta

    /// The terminal's palette knows its colours by what they mean.
    var ink: Ink {
        switch self {
        case .red: .alert
        case .orange: .series4
        case .yellow: .warning
        case .green: .good
        case .cyan: .accent
        case .blue: .series1
        case .magenta: .series3
        }
    }
}

extension DashboardState {
    /// What the configuration says of the workspace that is shown; nil for one without a context.
    var workspaceMark: WorkspaceMark? { workspaceMarks[workspaceAddress.id] }
}
