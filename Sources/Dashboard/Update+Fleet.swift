internal import AzureCore
internal import AzureML
internal import FoundationEssentials

extension DashboardState {
    /// Takes a page of Resource Graph's answer: endpoints that nobody has told of yet are shown at once, the rest waits for
    /// the last page.
    mutating func take(fleet page: [FleetResource], isLast: Bool, askedAt: Date) {
        fleet.incoming.append(contentsOf: page)
        if !isListComplete { showUnknown(page) }
        guard isLast else { return }
        let resources = fleet.incoming
        fleet.incoming = []
        fleet.tellsDeployments = resources.contains { $0.kind == .deployment }
        showUnknown(resources)
        compare(resources.filter { $0.kind == .endpoint }, askedAt: askedAt)
        if fleet.tellsDeployments { takeDeployments(of: resources, askedAt: askedAt) }
        fleet.toldAt = askedAt
        isListComplete = true
        refreshFindings(0..<records.count)
        arrangeEndpoints()
    }

    private mutating func showUnknown(_ resources: [FleetResource]) {
        var isNew = false
        for resource in resources where resource.kind == .endpoint && recordIndex[resource.id] == nil {
            if isDoubtful(resource) {
                if fleet.goneAt[resource.id] == nil { fleet.disputed.insert(resource.id) }
                continue
            }
            recordIndex[resource.id] = records.count
            records.append(EndpointRecord(resource))
            isNew = true
        }
        if isNew { recordsChanged() }
    }

    /// Whether Resource Manager said lately that there is no such endpoint.
    private func isDoubtful(_ resource: FleetResource) -> Bool {
        if fleet.goneAt[resource.id] != nil { return true }
        guard let listedAt = fleet.listedAt else { return false }
        return resource.retrievedAt.timeIntervalSince(listedAt) < FleetFacts.graphLagSeconds
    }

    /// What differs from what Resource Manager told is asked there; what it told long ago gives way at once.
    private mutating func compare(_ resources: [FleetResource], askedAt: Date) {
        var told: Set<ResourceID> = []
        for resource in resources {
            told.insert(resource.id)
            guard let index = recordIndex[resource.id] else { continue }
            guard let readAt = records[index].readAt else {
                records[index].take(resource)
                continue
            }
            guard !records[index].agrees(with: resource) else { continue }
            fleet.disputed.insert(resource.id)
            if resource.retrievedAt.timeIntervalSince(readAt) > FleetFacts.graphLagSeconds {
                records[index].take(resource)
            }
        }
        for record in records where !told.contains(record.id) { fleet.disputed.insert(record.id) }
        // The listing that comes every few seconds settles it by itself.
        if !readsEndpointsSingly { fleet.disputed = [] }
    }

    private mutating func takeDeployments(of resources: [FleetResource], askedAt: Date) {
        var groups: [ResourceID: [FleetResource]] = [:]
        for resource in resources where resource.kind == .deployment {
            guard let endpoint = resource.id.parent else { continue }
            groups[endpoint, default: []].append(resource)
        }
        for index in records.indices {
            if let toldAt = records[index].deploymentsToldAt, !records[index].areDeploymentsFromGraph,
                askedAt.timeIntervalSince(toldAt) < FleetFacts.graphLagSeconds
            {
                continue
            }
            records[index].take(groups[records[index].id] ?? [], askedAt: askedAt)
        }
    }
}

extension EndpointRecord {
    /// An endpoint that only the graph knows yet.
    init(_ resource: FleetResource) {
        self.init(
            endpoint: OnlineEndpoint(
                id: resource.id,
                name: resource.name,
                authMode: .unknown(""),
                provisioningState: .unknown("")
            )
        )
        isTrafficKnown = false
        take(resource)
    }

    /// What the graph knows; what it lacks stays.
    mutating func take(_ resource: FleetResource) {
        graphAt = resource.retrievedAt
        var fresh = endpoint
        fresh.location = resource.location ?? fresh.location
        fresh.kind = resource.computeKind ?? fresh.kind
        fresh.authMode = resource.authMode ?? fresh.authMode
        fresh.provisioningState = resource.provisioningState ?? fresh.provisioningState
        fresh.tags = resource.tags
        if let traffic = resource.traffic {
            fresh.traffic = traffic
            fresh.mirrorTraffic = resource.mirrorTraffic ?? [:]
            isTrafficKnown = true
        }
        if fresh != endpoint { endpoint = fresh }
    }

    func agrees(with resource: FleetResource) -> Bool {
        (resource.authMode ?? endpoint.authMode) == endpoint.authMode
            && (resource.provisioningState ?? endpoint.provisioningState) == endpoint.provisioningState
            && (resource.traffic ?? endpoint.traffic) == endpoint.traffic
    }

    /// The graph's deployments; what else was read of them stays.
    mutating func take(_ resources: [FleetResource], askedAt: Date) {
        let known = deployments ?? []
        deploymentsToldAt = askedAt
        areDeploymentsFromGraph = true
        deployments = resources.sorted { $0.name < $1.name }.map { resource in
            var record =
                known.first { $0.id == resource.id }
                ?? DeploymentRecord(
                    deployment: OnlineDeployment(
                        id: resource.id,
                        name: resource.name,
                        endpointName: endpoint.name,
                        location: resource.location,
                        kind: resource.computeKind,
                        provisioningState: .unknown("")
                    )
                )
            record.deployment.provisioningState = resource.provisioningState ?? record.deployment.provisioningState
            record.deployment.instanceType = resource.instanceType ?? record.deployment.instanceType
            record.deployment.instanceCount = resource.instanceCount ?? record.deployment.instanceCount
            return record
        }
    }
}
