package import AzureML
internal import TerminalUI

/// A workspace that was chosen without one being configured: whether to write it down.
package struct ContextOffer: Equatable, Sendable {
    package var address: WorkspaceAddress
    /// The name it would have.
    package var name: String
    /// Where it would be written.
    package var path: String
}

/// What became of writing a context into the configuration file.
package enum ContextOutcome: Equatable, Sendable {
    case written(name: String, path: String)
    /// Why not, in the words of the system or of the file.
    case failed(path: String, reason: String)
}

extension DashboardState {
    /// No workspace is named anywhere: there is nothing to show but the list of those there are.
    var hasNoWorkspace: Bool { workspaceAddress.name.isEmpty }

    /// Leads to the list as soon as there is a way to ask for it.
    mutating func leadToWorkspaces() {
        guard hasNoWorkspace, connection != nil, views.isEmpty else { return }
        showWorkspaces()
    }

    /// Offers to write down the workspace that was just chosen, where none was configured.
    mutating func offerContext(for address: WorkspaceAddress) {
        guard let path = configurationPath, workspaceMarks[address.id] == nil else { return }
        dialog = .context(ContextOffer(address: address, name: address.name, path: path))
    }

    mutating func take(_ key: Key, in offer: ContextOffer) -> [Effect] {
        switch key {
        case .enter, .character("y"):
            dialog = nil
            return [.saveContext(offer)]
        case .character("n"):
            dialog = nil
            return []
        default: return []
        }
    }

    mutating func take(_ outcome: ContextOutcome) {
        switch outcome {
        case .written(let name, let path): note(.contextWritten, ["name": name, "path": path])
        case .failed(let path, let reason):
            note(.contextNotWritten, ["path": path, "reason": reason], isWarning: true)
        }
    }
}
