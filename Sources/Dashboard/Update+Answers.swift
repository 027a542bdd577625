internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// Takes an answer in, unless its request is no longer the one that is waited for.
func take(_ answer: Answer, toRequest number: Int, into state: inout DashboardState) {
    guard let source = state.requestsInFlight[number], state.feeds[source]?.request == number else { return }
    if case .failed(let error) = answer {
        if case .endpoint(let id) = source, error.kind == .notFound(.endpoint) {
            state.finish(source, request: number)
            state.remove(id)
            return
        }
        state.fail(source, request: number, with: error)
        if let id = source.endpointID { state.refreshFindings(of: id) }
        return
    }
    state.store(answer, from: source, request: number)
}

extension DashboardState {
    mutating func store(_ answer: Answer, from source: Source, request: Int) {
        let askedAt = feeds[source]?.requestedAt ?? now
        switch (answer, source) {
        case (.connected(let facts), .connection):
            connection = facts
            workspaceAddress = chosenWorkspace ?? facts.workspace
        case (.token(let facts), .token(let audience)):
            tokens[audience] = facts
        case (.workspace(let workspace), .workspace):
            self.workspace = workspace
        case (.endpoints(let page, let isLast), .endpoints):
            take(page: page, isLast: isLast, askedAt: askedAt)
            guard isLast else { return hear(source) }
        case (.endpoint(let endpoint), .endpoint):
            take(endpoint, askedAt: askedAt)
        case (.fleet(let page, let isLast), .fleet):
            take(fleet: page, isLast: isLast, askedAt: askedAt)
            guard isLast else { return hear(source) }
        case (.regionMetrics(let metrics, let minutes), .regionMetrics(let scope)):
            take(metrics, of: scope, historyMinutes: minutes)
        case (.regionDeploymentMetrics(let metrics), .regionDeploymentMetrics(let scope)):
            take(metrics, of: scope)
        case (.workspaces(let listing), .workspaces):
            take(listing)
        case (.logWorkspace(let workspace), .logWorkspace(let id)):
            logWorkspaces[id] = workspace
        case (.trafficLog(let rows, let start, let end, let isLast), .trafficLog(let workspace)):
            take(rows, from: start, to: end, isLast: isLast, workspace: workspace)
            guard isLast else { return }
        case (.trafficAggregates(let fresh), .trafficAggregates):
            take(aggregates: fresh)
        default:
            storeInRecord(answer, from: source)
        }
        finish(source, request: request)
        if let id = source.endpointID {
            refreshFindings(of: id)
            if needsArranging { arrangeEndpoints() }
        }
    }

    /// Whether what was measured decides what is shown.
    var needsArranging: Bool { sort != nil || showsOnlyTrouble || filters[.endpoints] != nil }

    private mutating func storeInRecord(_ answer: Answer, from source: Source) {
        guard let id = source.endpointID, let index = recordIndex[id] else { return }
        switch (answer, source) {
        case (.deployments(let deployments), .deployments):
            records[index].take(deployments, readAt: feeds[source]?.requestedAt ?? now)
        case (.endpointMetrics(let metrics), .endpointMetrics):
            records[index].metrics = metrics
        case (.lastTraffic(let date), .lastTraffic):
            records[index].lastTraffic = LastTraffic(date: date)
        case (.diagnosticSettings(let settings), .diagnosticSettings):
            records[index].diagnosticSettings = settings
            noteLogWorkspaces()
        case (.endpointToken(let token), .endpointToken):
            records[index].token = token
        case (.keyActivity(let activity), .activity):
            records[index].keyActivity = activity
        case (.lastOperation(let status), .lastOperation):
            records[index].lastOperation = status
        case (.deploymentMetrics(let metrics), .deploymentMetrics(let deployment)):
            guard let place = records[index].deployments?.firstIndex(where: { $0.id == deployment }) else { return }
            records[index].deployments?[place].metrics = metrics
        default:
            break
        }
    }

    /// More pages are to come: the request is not lost.
    private mutating func hear(_ source: Source) { feeds[source]?.heardAt = now }

    private mutating func take(aggregates fresh: [TrafficAggregate]) {
        for (endpoint, group) in Dictionary(grouping: fresh, by: \.endpointID) { aggregates[endpoint] = group }
        aggregatedRequestCount = aggregates.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.requests } }
    }

    mutating func refreshFindings(of id: ResourceID) {
        guard let index = recordIndex[id] else { return }
        refreshFindings(index..<index + 1)
    }
}

extension Source {
    /// The endpoint it is about, if it is about one.
    var endpointID: ResourceID? {
        switch self {
        case .endpoint(let id), .deployments(let id), .endpointMetrics(let id), .lastTraffic(let id),
            .diagnosticSettings(let id),
            .endpointToken(let id), .activity(let id),
            .lastOperation(let id):
            id
        case .deploymentMetrics(let id): id.parent
        case .connection, .token, .workspace, .endpoints, .fleet, .regionMetrics, .regionDeploymentMetrics,
            .logWorkspace, .trafficLog, .trafficAggregates, .workspaces:
            nil
        }
    }
}
