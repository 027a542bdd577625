internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// Takes an answer in, unless its request is no longer the one that is waited for.
func take(_ answer: Answer, toRequest number: Int, into state: inout DashboardState) {
    guard let source = state.requestsInFlight[number], state.feeds[source]?.request == number else { return }
    if case .failed(let error) = answer {
        state.fail(source, request: number, with: error)
        if let id = source.endpointID { state.refreshFindings(of: id) }
        return
    }
    state.store(answer, from: source, request: number)
}

extension DashboardState {
    mutating func store(_ answer: Answer, from source: Source, request: Int) {
        switch (answer, source) {
        case (.connected(let facts), .connection):
            connection = facts
            workspaceAddress = facts.workspace
        case (.token(let facts), .token(let audience)):
            tokens[audience] = facts
        case (.workspace(let workspace), .workspace):
            self.workspace = workspace
        case (.endpoints(let page, let isLast), .endpoints):
            take(page: page, isLast: isLast)
            guard isLast else { return }
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
    private var needsArranging: Bool { sort != nil || showsOnlyTrouble || filters[.endpoints] != nil }

    private mutating func storeInRecord(_ answer: Answer, from source: Source) {
        guard let id = source.endpointID, let index = recordIndex[id] else { return }
        switch (answer, source) {
        case (.deployments(let deployments), .deployments):
            records[index].take(deployments)
        case (.endpointMetrics(let metrics), .endpointMetrics):
            records[index].metrics = metrics
        case (.lastTraffic(let date), .lastTraffic):
            records[index].lastTraffic = LastTraffic(date: date)
        case (.diagnosticSettings(let settings), .diagnosticSettings):
            records[index].diagnosticSettings = settings
            noteLogWorkspaces()
        case (.endpointToken(let token), .endpointToken):
            records[index].token = token
        case (.lastOperation(let status), .lastOperation):
            records[index].lastOperation = status
        case (.deploymentMetrics(let metrics), .deploymentMetrics(let deployment)):
            guard let place = records[index].deployments?.firstIndex(where: { $0.id == deployment }) else { return }
            records[index].deployments?[place].metrics = metrics
        default:
            break
        }
    }

    /// While the first listing runs its pages are shown as they come; later ones replace the whole at their end.
    private mutating func take(page: [OnlineEndpoint], isLast: Bool) {
        incoming.append(contentsOf: page)
        guard isLast || !isListComplete else { return }
        var known: [ResourceID: EndpointRecord] = [:]
        for record in records { known[record.id] = record }
        records = incoming.map { endpoint in
            guard var record = known[endpoint.id] else { return EndpointRecord(endpoint: endpoint) }
            record.take(endpoint)
            return record
        }
        records.sort { $0.endpoint.name < $1.endpoint.name }
        recordIndex = [:]
        for (index, record) in records.enumerated() { recordIndex[record.id] = index }
        if isLast {
            isListComplete = true
            incoming = []
        }
        noteLogWorkspaces()
        refreshFindings(0..<records.count)
        arrangeEndpoints()
    }

    private mutating func noteLogWorkspaces() {
        var seen: Set<ResourceID> = []
        knownLogWorkspaces = records.compactMap(\.logWorkspaceID).filter { seen.insert($0).inserted }
    }

    private mutating func take(aggregates fresh: [TrafficAggregate]) {
        for (endpoint, group) in Dictionary(grouping: fresh, by: \.endpointID) { aggregates[endpoint] = group }
        aggregatedRequestCount = aggregates.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.requests } }
    }

    mutating func refreshFindings(of id: ResourceID) {
        guard let index = recordIndex[id] else { return }
        refreshFindings(index..<index + 1)
    }
}

extension EndpointRecord {
    /// A listing tells what an endpoint is now; what was read elsewhere stays, but an error that no longer holds.
    mutating func take(_ fresh: OnlineEndpoint) {
        if fresh.lastOperationURL != endpoint.lastOperationURL { lastOperation = nil }
        if fresh.authMode != endpoint.authMode { token = nil }
        endpoint = fresh
    }

    mutating func take(_ fresh: [OnlineDeployment]) {
        let known = deployments ?? []
        deployments = fresh.sorted { $0.name < $1.name }.map { deployment in
            DeploymentRecord(
                deployment: deployment,
                metrics: known.first { $0.id == deployment.id }?.metrics
            )
        }
    }
}

extension Source {
    /// The endpoint it is about, if it is about one.
    var endpointID: ResourceID? {
        switch self {
        case .deployments(let id), .endpointMetrics(let id), .lastTraffic(let id), .diagnosticSettings(let id),
            .endpointToken(let id),
            .lastOperation(let id):
            id
        case .deploymentMetrics(let id): id.parent
        case .connection, .token, .workspace, .endpoints, .logWorkspace, .trafficLog, .trafficAggregates: nil
        }
    }
}
