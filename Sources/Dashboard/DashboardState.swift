package import AzureCore
package import AzureML
package import FoundationEssentials
package import TerminalUI

/// All the dashboard knows; changed by `update` alone, drawn by `render` alone.
package struct DashboardState: Equatable, Sendable {
    // MARK: Time

    /// The local clock, as of the last tick.
    package var now = Date(timeIntervalSince1970: 0)
    package var zone = ZoneOffset.utc
    /// Server time less local time in seconds, by the `Date` header of the latest answer; nil before the first.
    package var clockSkewSeconds: Double?

    // MARK: Screen

    package var size: Size
    package var isFocused = true
    package var focus: Pane = .endpoints
    /// The pane below the endpoints where there is no room for all five.
    package var companion: Pane = .deployments
    package var isZoomed = false
    /// What lies over the home screen, the top one last.
    package var views: [View] = []
    package var scroll: [ScrollTarget: Int] = [:]

    // MARK: What is shown of it

    package var filters: [Pane: Filter] = [:]
    package var prompt: Prompt?
    package var sort: SortOrder?
    package var showsOnlyTrouble = false
    /// The log shows the rows of the selected endpoint only.
    package var logFollowsSelection = false
    /// Nothing on the screen changes but the clocks.
    package var isFrozen = false
    package var usesUTC = false
    /// Whose texts are on the screen: how many lines they take decides how far a view scrolls.
    package var language = Language.english
    /// The endpoints that are shown, as indices into `records`, in their order.
    var shownEndpoints: [Int] = []
    /// How the traffic rows are sorted; nil for the newest first.
    package var logSort: LogSort?
    /// The traffic rows that are shown, in their order.
    var logArrangement = LogArrangement()
    /// How far the columns of a pane's table are moved; see `Table.columnOffset`.
    package var columnOffsets: [Pane: Int] = [:]

    // MARK: What was read

    package var workspaceAddress: WorkspaceAddress
    package var connection: ConnectionFacts?
    package var workspace: Workspace?
    package var tokens: [TokenAudience: TokenFacts] = [:]
    /// Sorted by name.
    package var records: [EndpointRecord] = []
    package var recordIndex: [ResourceID: Int] = [:]
    /// Pages of the listing under way; they replace `records` with its last page.
    var incoming: [OnlineEndpoint] = []
    package var isListComplete = false
    /// The Log Analytics workspaces that the known diagnostic settings name, in the order of the endpoints.
    package var knownLogWorkspaces: [ResourceID] = []
    package var logWorkspaces: [ResourceID: LogWorkspace] = [:]
    package var log = RecentTraffic()
    package var aggregates: [ResourceID: [TrafficAggregate]] = [:]
    /// Of all aggregates.
    var aggregatedRequestCount = 0
    package var budget = ReadBudget()

    // MARK: Selection: by resource, never by row number

    package var selectedEndpoint: ResourceID?
    package var selectedDeployment: ResourceID?
    package var selectedCredential: CredentialRow.ID?
    /// The request id of a traffic row; nil follows the newest.
    package var selectedLogRow: String?
    /// Where the selected traffic row stood last, among all and among those shown: spares a search through all rows.
    var selectedLogSlot: UInt32 = 0
    var selectedLogPosition = 0

    // MARK: Refreshing

    package var feeds: [Source: Feed] = [:]
    package var requestsInFlight: [Int: Source] = [:]
    var lastRequest = 0
    package var thresholds = Thresholds()
    package var summary = Summary()

    package init(workspace: WorkspaceAddress, size: Size) {
        workspaceAddress = workspace
        self.size = size
    }
}

/// The five panes, by the digit that leads to them.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
    case endpoints = 1
    case deployments
    case traffic
    case credentials
    case log
}

/// A view over the home screen.
package enum View: Hashable, Sendable {
    case help
    case endpoint(ResourceID)
    case deployment(ResourceID)
    case logRow(String)
}

/// What has a scroll position of its own.
package enum ScrollTarget: Hashable, Sendable {
    case pane(Pane)
    case view(View)
}

/// What Azure Resource Manager still grants: the read bucket of DESIGN 6.
package struct ReadBudget: Equatable, Sendable {
    /// As the latest answer said; nil before the first.
    package var remainingReads: Int?
    package var capacity = 250

    package init() {}
}

extension DashboardState {
    /// The server's time: the local clock corrected by the measured skew.
    ///
    /// A skew below two seconds is within what the `Date` header can tell, and is not corrected.
    package var serverNow: Date {
        guard let clockSkewSeconds, abs(clockSkewSeconds) >= 2 else { return now }
        return now.addingTimeInterval(clockSkewSeconds)
    }

    package var selectedRecord: EndpointRecord? {
        guard let selectedEndpoint, let index = recordIndex[selectedEndpoint] else { return nil }
        return records[index]
    }

    package var selectedDeploymentRecord: DeploymentRecord? {
        guard let deployments = selectedRecord?.deployments else { return nil }
        return deployments.first { $0.id == selectedDeployment } ?? deployments.first
    }

    package func record(_ id: ResourceID) -> EndpointRecord? {
        recordIndex[id].map { records[$0] }
    }

    /// The record of the endpoint that a deployment's id belongs to.
    package func record(ofDeployment id: ResourceID) -> (record: EndpointRecord, deployment: DeploymentRecord)? {
        for record in records {
            if let deployment = record.deployments?.first(where: { $0.id == id }) { return (record, deployment) }
        }
        return nil
    }
}
