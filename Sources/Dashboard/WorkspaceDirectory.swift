internal import AzureCore
package import AzureML

/// The workspaces the identity can read, for the view that lists them.
package struct WorkspaceDirectory: Equatable, Sendable {
    /// Nil until it was read.
    package var listing: WorkspaceListing?
    package var selection = 0

    package init() {}
}

/// A line of the workspaces view.
enum WorkspaceRow: Equatable {
    case workspace(WorkspaceListing.Entry)
    /// A subscription that did not tell its workspaces.
    case refusal(WorkspaceListing.Refusal)
}

extension DashboardState {
    /// What can be read first, then what refused.
    var workspaceRows: [WorkspaceRow] {
        guard let listing = directory.listing else { return [] }
        return listing.entries.map(WorkspaceRow.workspace) + listing.refusals.map(WorkspaceRow.refusal)
    }

    /// The workspace that Enter would switch to; nil on a subscription that refused.
    package var selectedWorkspace: WorkspaceAddress? {
        let rows = workspaceRows
        guard rows.indices.contains(directory.selection), case .workspace(let entry) = rows[directory.selection] else {
            return nil
        }
        return entry.address
    }
}
