internal import AzureCore
internal import AzureML
internal import FoundationEssentials

extension DashboardState {
    /// Pages are shown as they come; what is gone goes with the last one.
    mutating func take(page: [OnlineEndpoint], isLast: Bool, askedAt: Date) {
        incoming.append(contentsOf: page)
        fleet.incomingPages += 1
        guard isLast else {
            insert(page, readAt: askedAt)
            return
        }
        replaceRecords(with: incoming, askedAt: askedAt)
        fleet.pageCount = fleet.incomingPages
        fleet.listedAt = askedAt
        incoming = []
        isListComplete = true
    }

    /// Takes one endpoint in that was read alone.
    mutating func take(_ endpoint: OnlineEndpoint, askedAt: Date) {
        fleet.disputed.remove(endpoint.id)
        fleet.goneAt[endpoint.id] = nil
        insert([endpoint], readAt: askedAt)
    }

    /// Resource Manager does not know the endpoint any more.
    mutating func remove(_ id: ResourceID) {
        fleet.disputed.remove(id)
        fleet.goneAt[id] = now
        feeds[.endpoint(id)] = nil
        guard recordIndex[id] != nil else { return }
        records.removeAll { $0.id == id }
        recordsChanged()
    }

    private mutating func insert(_ endpoints: [OnlineEndpoint], readAt: Date) {
        var isNew = false
        for endpoint in endpoints {
            if let index = recordIndex[endpoint.id] {
                records[index].take(endpoint, readAt: readAt)
            } else {
                var record = EndpointRecord(endpoint: endpoint)
                record.readAt = readAt
                recordIndex[endpoint.id] = records.count
                records.append(record)
                isNew = true
            }
        }
        if isNew {
            recordsChanged()
        } else {
            refreshFindings(endpoints.compactMap { recordIndex[$0.id] })
        }
    }

    /// What a whole listing does not hold is gone, unless it was read since the listing was asked for.
    private mutating func replaceRecords(with endpoints: [OnlineEndpoint], askedAt: Date) {
        var known: [ResourceID: EndpointRecord] = [:]
        for record in records { known[record.id] = record }
        records = endpoints.withoutRepetitions.map { endpoint in
            guard var record = known.removeValue(forKey: endpoint.id) else {
                var record = EndpointRecord(endpoint: endpoint)
                record.readAt = askedAt
                return record
            }
            record.take(endpoint, readAt: askedAt)
            return record
        }
        for record in known.values {
            if let readAt = record.readAt, readAt > askedAt {
                records.append(record)
            } else {
                fleet.goneAt[record.id] = now
                feeds[.endpoint(record.id)] = nil
            }
        }
        fleet.goneAt = fleet.goneAt.filter { now.timeIntervalSince($0.value) < FleetFacts.goneSeconds }
        fleet.disputed.subtract(records.map(\.id))
        recordsChanged()
    }

    /// Endpoints came or went: everything that stands beside them follows.
    mutating func recordsChanged() {
        records.sort { $0.endpoint.name < $1.endpoint.name }
        recordIndex = [:]
        for (index, record) in records.enumerated() { recordIndex[record.id] = index }
        // Until the first listing is whole the first row is whatever came first.
        if fleet.pageCount == nil, !fleet.isSelectionChosen, views.isEmpty { selectedEndpoint = nil }
        noteLogWorkspaces()
        noteMetricScopes()
        forgetSourcesOfGoneResources()
        // What is shown first: whose sources count depends on it.
        arrangeEndpoints()
        refreshFindings(0..<records.count)
        if needsArranging { arrangeEndpoints() }
    }

    mutating func noteLogWorkspaces() {
        var seen: Set<ResourceID> = []
        knownLogWorkspaces = records.compactMap(\.logWorkspaceID).filter { seen.insert($0).inserted }
    }
}

extension EndpointRecord {
    /// What Resource Manager told at that time; an older answer changes nothing. What was read elsewhere stays, but an
    /// error that no longer holds.
    mutating func take(_ fresh: OnlineEndpoint, readAt: Date) {
        if let known = self.readAt, known > readAt { return }
        self.readAt = readAt
        graphAt = nil
        isTrafficKnown = true
        if fresh.lastOperationURL != endpoint.lastOperationURL { lastOperation = nil }
        if fresh.authMode != endpoint.authMode { token = nil }
        endpoint = fresh
    }

    mutating func take(_ fresh: [OnlineDeployment], readAt: Date) {
        deploymentsToldAt = readAt
        areDeploymentsFromGraph = false
        let known = deployments ?? []
        deployments = fresh.sorted { $0.name < $1.name }.map { deployment in
            DeploymentRecord(
                deployment: deployment,
                metrics: known.first { $0.id == deployment.id }?.metrics
            )
        }
    }
}
