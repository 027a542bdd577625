public import AzureCore
public import AzureML
public import FoundationEssentials
public import TerminalUI

/// All the dashboard knows; changed by `update` alone, drawn by `render` alone.
public struct DashboardState: Equatable, Sendable {
    // MARK: Time

    /// The local clock, as of the last tick.
    public var now = Date(timeIntervalSince1970: 0)
    public var zone = ZoneOffset.utc
    /// Server time less local time in seconds, by the `Date` header of the latest answer; nil before the first.
    public var clockSkewSeconds: Double?

    // MARK: Screen

    public var size: Size
    public var isFocused = true
    public var focus: Pane = .endpoints
    /// The pane below the endpoints where there is no room for all five.
    public var companion: Pane = .deployments
    public var isZoomed = false
    /// What lies over the home screen, the top one last.
    public var views: [View] = []
    public var scroll: [ScrollTarget: Int] = [:]

    // MARK: What was read

    public var workspaceAddress: WorkspaceAddress
    public var connection: ConnectionFacts?
    public var workspace: Workspace?
    public var tokens: [TokenAudience: TokenFacts] = [:]
    /// Sorted by name.
    public var records: [EndpointRecord] = []
    public var recordIndex: [ResourceID: Int] = [:]
    /// Pages of the listing under way; they replace `records` with its last page.
    var incoming: [OnlineEndpoint] = []
    public var isListComplete = false
    public var logWorkspaces: [ResourceID: LogWorkspace] = [:]
    public var log = TrafficLog()
    public var aggregates: [ResourceID: [TrafficAggregate]] = [:]
    public var budget = ReadBudget()

    // MARK: Selection: by resource, never by row number

    public var selectedEndpoint: ResourceID?
    public var selectedDeployment: ResourceID?
    public var selectedCredential: CredentialRow.ID?
    public var selectedLogRow: String?

    // MARK: Refreshing

    public var feeds: [Source: Feed] = [:]
    var lastRequest = 0
    public var thresholds = Thresholds()

    public init(workspace: WorkspaceAddress, size: Size) {
        workspaceAddress = workspace
        self.size = size
    }
}

/// The five panes, by the digit that leads to them.
public enum Pane: Int, CaseIterable, Hashable, Sendable {
    case endpoints = 1
    case deployments
    case traffic
    case credentials
    case log
}

/// A view over the home screen.
public enum View: Hashable, Sendable {
    case help
    case endpoint(ResourceID)
    case deployment(ResourceID)
    case logRow(String)
}

/// What has a scroll position of its own.
public enum ScrollTarget: Hashable, Sendable {
    case pane(Pane)
    case view(View)
}

/// What Azure Resource Manager still grants: the read bucket of DESIGN 6.
public struct ReadBudget: Equatable, Sendable {
    /// As the latest answer said; nil before the first.
    public var remainingReads: Int?
    public var capacity = 250

    public init() {}
}

extension DashboardState {
    /// The server's time: the local clock corrected by the measured skew.
    ///
    /// A skew below two seconds is within what the `Date` header can tell, and is not corrected.
    public var serverNow: Date {
        guard let clockSkewSeconds, abs(clockSkewSeconds) >= 2 else { return now }
        return now.addingTimeInterval(clockSkewSeconds)
    }

    public var selectedRecord: EndpointRecord? {
        guard let selectedEndpoint, let index = recordIndex[selectedEndpoint] else { return nil }
        return records[index]
    }

    public var selectedDeploymentRecord: DeploymentRecord? {
        guard let deployments = selectedRecord?.deployments else { return nil }
        return deployments.first { $0.id == selectedDeployment } ?? deployments.first
    }

    public func record(_ id: ResourceID) -> EndpointRecord? {
        recordIndex[id].map { records[$0] }
    }

    /// The record of the endpoint that a deployment's id belongs to.
    public func record(ofDeployment id: ResourceID) -> (record: EndpointRecord, deployment: DeploymentRecord)? {
        for record in records {
            if let deployment = record.deployments?.first(where: { $0.id == id }) { return (record, deployment) }
        }
        return nil
    }
}
