internal import AzureCore
internal import AzureML
internal import FoundationEssentials

extension DashboardState {
    /// What the screen needs now, the most wanted first: the listing and the selection, then the rows on the screen.
    func wantedSources() -> [Wanted] {
        guard connection != nil else { return [Wanted(.connection, .essential)] }
        // Frozen, nothing on the screen may change; only the tokens are kept alive.
        guard !isFrozen else { return TokenAudience.allCases.map { Wanted(.token($0), .essential) } }
        var wanted = [Wanted(.token(.resourceManager), .essential)]
        if views.last == .workspaces { wanted.append(Wanted(.workspaces, .essential)) }
        // Everything else is about a workspace.
        if hasNoWorkspace { return wanted }
        wanted += [
            Wanted(.endpoints, every: listingCadenceSeconds, listingPriority),
            Wanted(.fleet, isListComplete ? .background : .essential),
            Wanted(.workspace),
            Wanted(.token(.logAnalytics)),
            Wanted(.token(.machineLearning)),
        ]
        let selected = selectedRecord
        if let selected { wanted.append(contentsOf: wantedSources(ofSelected: selected)) }
        let visible = visibleRecords.map { records[$0] }
        if readsEndpointsSingly { wanted += visible.map { Wanted(.endpoint($0.id)) } }
        wanted.append(contentsOf: logSources)
        wanted += regionSources
        for record in visible {
            wanted.append(contentsOf: wantedSources(of: record))
        }
        for record in visible where record.id != selected?.id {
            if case .endpointMetrics = metricsSource(of: record) {
                wanted.append(Wanted(.endpointMetrics(of: record.id)))
            }
            wanted.append(Wanted(.deployments(of: record.id), every: 60))
        }
        return wanted
    }

    /// What Azure Monitor answers for at once; where it refused it is asked again now and then, behind everything else.
    private var regionSources: [Wanted] {
        var wanted: [Wanted] = []
        for scope in fleet.metricScopes where records.count > 1 {
            wanted.append(Wanted(.regionMetrics(of: scope), measuresRegion(scope) ? .visible : .background))
            if hasFewDeployments {
                let priority: RequestPriority = measuresDeployments(of: scope) ? .visible : .background
                wanted.append(Wanted(.regionDeploymentMetrics(of: scope), priority))
            }
        }
        return wanted
    }

    /// The first listing is waited for, a short one is the screen itself, and a long one only tells what the graph lacks.
    private var listingPriority: RequestPriority {
        if !isListComplete || fleet.pageCount == 1 { return .essential }
        return listsAllEndpoints ? .visible : .background
    }

    private func wantedSources(ofSelected record: EndpointRecord) -> [Wanted] {
        var wanted = [Wanted(.deployments(of: record.id), .essential)]
        if readsEndpointsSingly { wanted.append(Wanted(.endpoint(record.id), .essential)) }
        if case .endpointMetrics = metricsSource(of: record) { wanted.append(Wanted(.endpointMetrics(of: record.id))) }
        wanted.append(Wanted(.diagnosticSettings(of: record.id)))
        for deployment in record.deployments ?? [] {
            let source = metricsSource(of: deployment.id, in: record)
            if case .deploymentMetrics = source { wanted.append(Wanted(source)) }
        }
        return wanted
    }

    private func wantedSources(of record: EndpointRecord) -> [Wanted] {
        var wanted: [Wanted] = []
        if record.endpoint.authMode == .amlToken { wanted.append(Wanted(.endpointToken(of: record.id))) }
        if record.endpoint.provisioningState == .failed, record.endpoint.lastOperationURL != nil {
            wanted.append(Wanted(.lastOperation(of: record.id)))
        }
        wanted.append(Wanted(.diagnosticSettings(of: record.id)))
        if let metrics = record.metrics, metrics.lastTrafficAt == nil {
            wanted.append(Wanted(.lastTraffic(of: record.id)))
        }
        if record.endpoint.authMode == .key { wanted.append(Wanted(.activity(of: record.id))) }
        return wanted
    }

    /// One question for all endpoints that log to the same Log Analytics workspace.
    private var logSources: [Wanted] {
        var wanted: [Wanted] = []
        for id in knownLogWorkspaces {
            wanted.append(Wanted(.logWorkspace(id)))
            if logWorkspaces[id] != nil {
                wanted.append(Wanted(.trafficLog(in: id)))
                wanted.append(Wanted(.trafficAggregates(in: id)))
            }
        }
        return wanted
    }

    /// What nobody looks at: endpoints the graph and Resource Manager disagree on, and deployments the graph does not tell.
    ///
    /// - Parameter count: Most sources; the search goes on where it ended last.
    /// - Returns: What is due, at most `count` of it.
    mutating func takeBackgroundSources(_ count: Int) -> [Wanted] {
        guard count > 0, connection != nil, !isFrozen, isListComplete else { return [] }
        var wanted = fleet.disputed.prefix(8).map { Wanted(.endpoint($0), .background) }.filter(isDue)
        guard wanted.count < count, !(hasGraph && fleet.tellsDeployments) else { return Array(wanted.prefix(count)) }
        for _ in records.indices where wanted.count < count {
            fleet.cursor = (fleet.cursor + 1) % records.count
            let next = Wanted(
                .deployments(of: records[fleet.cursor].id),
                every: records.count <= Self.fewEndpoints ? 60 : Self.backgroundSeconds,
                .background
            )
            if isDue(next) { wanted.append(next) }
        }
        return wanted
    }

    /// So many endpoints' deployments are read every minute, with no more than a request a second.
    private static let fewEndpoints = 60
    /// Seconds between two reads of what is not on the screen and comes one by one.
    static let backgroundSeconds: Double = 600

    /// When a token has to be renewed; nil for sources that are no tokens, or whose expiry is unknown.
    func renewalTime(of source: Source) -> Date? {
        switch source {
        case .token(let audience):
            guard let receivedAt = feeds[source]?.receivedAt else { return nil }
            return tokens[audience].flatMap {
                localRenewalTime(expiresAt: $0.expiresAt, refreshAt: $0.refreshAt, receivedAt: receivedAt)
            }
        case .endpointToken(let id):
            guard let receivedAt = feeds[source]?.receivedAt, let token = record(id)?.token else { return nil }
            return localRenewalTime(expiresAt: token.expiresAt, refreshAt: token.refreshAfter, receivedAt: receivedAt)
        default:
            return nil
        }
    }

    private func localRenewalTime(expiresAt: Date?, refreshAt: Date?, receivedAt: Date) -> Date? {
        Self.renewalTime(
            expiresAt: expiresAt.map(localTime(ofServer:)),
            refreshAt: refreshAt.map(localTime(ofServer:)),
            receivedAt: receivedAt
        )
    }

    /// The mark the service set, or five minutes before the end; for a short life, when a fifth of it is left.
    static func renewalTime(expiresAt: Date?, refreshAt: Date?, receivedAt: Date) -> Date? {
        // One behind the expiry says nothing: the token would stay lapsed until then.
        if let refreshAt, refreshAt > receivedAt, expiresAt.map({ refreshAt < $0 }) ?? true { return refreshAt }
        guard let expiresAt else { return nil }
        let life = max(0, expiresAt.timeIntervalSince(receivedAt))
        return max(expiresAt.addingTimeInterval(-min(300, life / 5)), receivedAt.addingTimeInterval(10))
    }
}
