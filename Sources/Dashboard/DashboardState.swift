package import AzureCore
package import AzureML
package import FoundationEssentials
package import TerminalUI

/// All the dashboard knows; changed by `update` alone, drawn by `render` alone.
package struct DashboardState: Equatable, Sendable {
    // MARK: Time

    /// The local clock, as of the first tick of the second: nothing tells finer.
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
    /// What the view on top is searched for.
    package var search: TextSearch?
    /// How the view on top shows what it is about.
    package var form: DetailForm = .overview
    /// The line of the outline on top that keys act on, and which of its values are folded, by JSON pointer.
    package var outlineLine = 0
    package var folded: Set<String> = []
    /// Lies over everything and takes the keys first.
    package var dialog: Dialog?
    /// The credential that is about to fail, in a line of its own below the header.
    package var alert: CredentialAlert?
    /// Alerts that were put aside, with how bad they were then: they come back when they get worse.
    var dismissedAlerts: [CredentialRow.ID: Severity] = [:]
    /// The token that is looked into; what is known of it, never the token.
    package var inquiry: TokenInquiry?
    /// The wizard that leads through a rotation, also while it is out of sight.
    package var rotation: RotationWizard?
    package var journal = JournalState()
    /// The scoring form in hand, also while it is out of sight, and those of other endpoints as they were left.
    package var scoring: ScoringForm?
    package var scoringDrafts: [ResourceID: ScoringForm] = [:]
    /// Whether what is sent may be kept; nil until that was read.
    package var scoringConsent: ScoringConsent?
    /// Whether leaving with a payload that is not saved was asked for before.
    var wasDirtyQuitAsked = false
    /// Workspaces whose endpoints are not to be scored, by the configuration.
    package var scoringForbidden: Set<ResourceID> = []
    /// A short word to the person, in the footer.
    package var notice: Notice?
    /// Set by `update`; whoever has drawn a frame sets it back to `.none`.
    package var changes = FrameChanges()

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
    /// Whether nothing that changes anything is sent: the client sees to it, the header says it.
    package var isReadOnly = false
    /// Where the configuration asks for that, however a workspace was come by.
    package var readOnlyWorkspaces: Set<ResourceID> = []
    /// How the workspaces of the configuration set themselves off.
    package var workspaceMarks: [ResourceID: WorkspaceMark] = [:]
    /// Where a workspace can be written down; nil without a place for it.
    package var configurationPath: String?
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
    /// The workspace that was switched to; nil for the configured one.
    package var chosenWorkspace: WorkspaceAddress?
    package var connection: ConnectionFacts?
    package var workspace: Workspace?
    package var tokens: [TokenAudience: TokenFacts] = [:]
    /// Sorted by name.
    package var records: [EndpointRecord] = []
    package var recordIndex: [ResourceID: Int] = [:]
    /// Pages of the listing under way; they replace `records` with the last one.
    var incoming: [OnlineEndpoint] = []
    package var isListComplete = false
    /// The Log Analytics workspaces that the known diagnostic settings name, in the order of the endpoints.
    package var knownLogWorkspaces: [ResourceID] = []
    package var logWorkspaces: [ResourceID: LogWorkspace] = [:]
    package var log = RecentTraffic()
    package var aggregates: [ResourceID: [TrafficAggregate]] = [:]
    /// Of all aggregates.
    var aggregatedRequestCount = 0
    package var budget = Budget()
    package var fleet = FleetFacts()
    package var directory = WorkspaceDirectory()

    // MARK: Selection: by resource, never by row number

    package var selectedEndpoint: ResourceID?
    package var selectedDeployment: ResourceID?
    package var selectedCredential: CredentialRow.ID?
    /// The request id of a traffic row; nil follows the newest.
    package var selectedLogRow: String?
    /// What is marked, to be copied together.
    package var marks: Set<Mark> = []
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
    case workspaces
    case token(TokenSubject)
    case journal
    /// One rotation of the journal, by its id.
    case journalRotation(String)
    case scoring
}

/// What has a scroll position of its own.
package enum ScrollTarget: Hashable, Sendable {
    case pane(Pane)
    case view(View)
}

extension DashboardState {
    /// The server's time: the local clock corrected by the measured skew.
    ///
    /// A skew below two seconds is within what the `Date` header can tell, and is not corrected.
    package var serverNow: Date {
        guard let clockSkewSeconds, abs(clockSkewSeconds) >= 2 else { return now }
        return now.addingTimeInterval(clockSkewSeconds)
    }

    /// Whether nothing can be changed in the workspace that is shown.
    var isReadOnlyHere: Bool { isReadOnly || readOnlyWorkspaces.contains(workspaceAddress.id) }

    /// What the local clock shows at a moment of the server's.
    func localTime(ofServer date: Date) -> Date { date.addingTimeInterval(now.timeIntervalSince(serverNow)) }

    /// Whether any source failed since it last answered.
    var hasFailure: Bool { feeds.values.contains { $0.failure != nil } }

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
