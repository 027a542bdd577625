internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

extension DashboardState {
    mutating func showWorkspaces() {
        guard connection != nil else { return }
        show(.workspaces)
        directory.selection = currentWorkspaceRow ?? 0
    }

    /// Where the workspace that is shown stands in the list.
    private var currentWorkspaceRow: Int? {
        workspaceRows.firstIndex { row in
            if case .workspace(let entry) = row { entry.address.id == workspaceAddress.id } else { false }
        }
    }

    mutating func moveWorkspace(_ motion: Motion) {
        let count = workspaceRows.count
        guard count > 0 else { return }
        directory.selection = motion.index(from: directory.selection, count: count, page: max(1, size.height - 4))
    }

    /// Takes a listing in; the selection stays with its workspace.
    mutating func take(_ listing: WorkspaceListing) {
        let selected = selectedWorkspace ?? workspaceAddress
        directory.listing = listing
        let rows = workspaceRows
        directory.selection =
            rows.firstIndex { row in
                if case .workspace(let entry) = row { entry.address.id == selected.id } else { false }
            } ?? min(directory.selection, max(0, rows.count - 1))
    }

    /// Leaves for the selected workspace: gives up what is on its way, forgets what was read, and begins anew there.
    mutating func openWorkspace() -> [Effect] {
        guard let address = selectedWorkspace else { return [] }
        closeAllViews()
        guard address.id != workspaceAddress.id else { return [] }
        let isFirst = hasNoWorkspace
        workspaceAddress = address
        chosenWorkspace = address
        forgetWorkspace()
        if isFirst { offerContext(for: address) }
        return [.cancelRequests]
    }

    /// Settings, the connection and the tokens stay.
    private mutating func forgetWorkspace() {
        requestsInFlight = [:]
        feeds = feeds.filter { $0.key == .connection || $0.key == .workspaces || $0.key.isSignIn }
        for source in feeds.keys { feeds[source]?.request = nil }
        workspace = nil
        records = []
        recordIndex = [:]
        incoming = []
        isListComplete = false
        fleet = FleetFacts()
        knownLogWorkspaces = []
        logWorkspaces = [:]
        let windowSeconds = log.windowSeconds
        log = RecentTraffic()
        log.windowSeconds = windowSeconds
        aggregates = [:]
        selectedEndpoint = nil
        selectedDeployment = nil
        selectedCredential = nil
        selectedLogRow = nil
        selectedLogSlot = 0
        selectedLogPosition = 0
        filters = [:]
        prompt = nil
        marks = []
        scroll = [:]
        isZoomed = false
        isFrozen = false
        arrange()
        refreshFindings(0..<0)
    }
}

extension Source {
    /// A token of the person, not of an endpoint.
    fileprivate var isSignIn: Bool {
        if case .token = self { true } else { false }
    }
}
