internal import AzureCore
internal import AzureML

extension DashboardState {
    /// Gives up what was asked of resources that are gone: nobody will ask again, so nothing else would ever end it.
    mutating func forgetSourcesOfGoneResources() {
        let deployments = Set(records.lazy.flatMap { $0.deployments ?? [] }.map(\.id))
        let logWorkspaces = Set(knownLogWorkspaces)
        feeds = feeds.filter { source, _ in
            switch source {
            case .deploymentMetrics(let id): return deployments.contains(id)
            case .endpoint(let id): return recordIndex[id] != nil || fleet.disputed.contains(id)
            case .logWorkspace(let id), .trafficLog(let id), .trafficAggregates(let id):
                return logWorkspaces.contains(id)
            default: return source.endpointID.map { recordIndex[$0] != nil } ?? true
            }
        }
        requestsInFlight = requestsInFlight.filter { feeds[$0.value]?.request == $0.key }
    }

    /// What the screen needs, also while it is frozen.
    var neededSources: Set<Source> {
        var moving = self
        moving.isFrozen = false
        return Set(moving.wantedSources().map(\.source))
    }
}

extension [OnlineEndpoint] {
    /// Each resource once, as it was told last: a list that changes while its pages are read may name one twice.
    var withoutRepetitions: [OnlineEndpoint] {
        var seen: Set<ResourceID> = []
        return reversed().filter { seen.insert($0.id).inserted }
    }
}
