internal import AzureCore
internal import AzureML
internal import FoundationEssentials

extension DashboardState {
    /// What the screen needs now, the most wanted first: the listing and the selection, then the rows on the screen.
    func wantedSources() -> [Wanted] {
        guard connection != nil else { return [Wanted(.connection, isEssential: true)] }
        // Frozen, nothing on the screen may change; only the tokens are kept alive.
        guard !isFrozen else { return TokenAudience.allCases.map { Wanted(.token($0), isEssential: true) } }
        var wanted = [
            Wanted(.token(.resourceManager), isEssential: true),
            Wanted(.endpoints, isEssential: true),
            Wanted(.workspace),
            Wanted(.token(.logAnalytics)),
            Wanted(.token(.machineLearning)),
        ]
        let selected = selectedRecord
        if let selected { wanted.append(contentsOf: wantedSources(ofSelected: selected)) }
        let visible = visibleRecords.map { records[$0] }
        wanted.append(contentsOf: logSources)
        for record in visible {
            wanted.append(contentsOf: wantedSources(of: record))
        }
        for record in visible where record.id != selected?.id {
            wanted.append(Wanted(.endpointMetrics(of: record.id)))
            wanted.append(Wanted(.deployments(of: record.id), every: 60))
        }
        return wanted
    }

    private func wantedSources(ofSelected record: EndpointRecord) -> [Wanted] {
        var wanted = [
            Wanted(.deployments(of: record.id), isEssential: true),
            Wanted(.endpointMetrics(of: record.id)),
            Wanted(.diagnosticSettings(of: record.id)),
        ]
        for deployment in record.deployments ?? [] {
            wanted.append(Wanted(.deploymentMetrics(of: deployment.id)))
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

    /// When a token has to be renewed; nil for sources that are no tokens, or whose expiry is unknown.
    func renewalTime(of source: Source) -> Date? {
        switch source {
        case .token(let audience):
            guard let receivedAt = feeds[source]?.receivedAt else { return nil }
            return tokens[audience].flatMap {
                Self.renewalTime(expiresAt: $0.expiresAt, refreshAt: $0.refreshAt, receivedAt: receivedAt)
            }
        case .endpointToken(let id):
            guard let receivedAt = feeds[source]?.receivedAt, let token = record(id)?.token else { return nil }
            return Self.renewalTime(expiresAt: token.expiresAt, refreshAt: token.refreshAfter, receivedAt: receivedAt)
        default:
            return nil
        }
    }

    /// The mark the service set, or five minutes before the end; for a short life, when a fifth of it is left.
    static func renewalTime(expiresAt: Date?, refreshAt: Date?, receivedAt: Date) -> Date? {
        if let refreshAt, refreshAt > receivedAt { return refreshAt }
        guard let expiresAt else { return nil }
        let life = max(0, expiresAt.timeIntervalSince(receivedAt))
        return max(expiresAt.addingTimeInterval(-min(300, life / 5)), receivedAt.addingTimeInterval(10))
    }
}
