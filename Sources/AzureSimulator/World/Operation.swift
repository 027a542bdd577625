/// The last long-running operation on a resource, as far as it is visible at a moment.
struct Operation: Sendable {
    enum Status: String, Sendable {
        case inProgress = "InProgress"
        case succeeded = "Succeeded"
        case failed = "Failed"
    }

    /// `oeidp:{guid}:{guid}` for endpoints, `odidp:…` for deployments.
    let id: String
    let status: Status
    let startTicks: Int64
    /// When it ended; `nil` while it runs.
    let endTicks: Int64?
    /// 0–100.
    let percentComplete: Double
    let failure: OperationFailure?
    /// Whether it makes the resource rather than changes it.
    let isCreation: Bool
    /// Whether it makes a new key, which leaves the resource as it was.
    var changesKeys = false
    /// The resource it changes, for the final answer.
    let endpoint: SimulatedEndpoint
    let deployment: SimulatedDeployment?

    /// `properties.provisioningState` of the resource.
    var provisioningState: String {
        switch status {
        case .inProgress: isCreation ? "Creating" : "Updating"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        }
    }
}

extension World {
    /// How long before the start the first rollout of the story began, and what is being created then.
    private static let headStart: Int64 = 120 * CivilTime.ticksPerSecond
    private static let creationHeadStart: Int64 = 30 * CivilTime.ticksPerSecond
    /// How long changing a traffic rule takes at most.
    private static let splitTicks: Int64 = 12 * CivilTime.ticksPerSecond

    /// Whether a deployment's containers answer.
    func isServing(_ deployment: SimulatedDeployment, of endpoint: SimulatedEndpoint, at ticks: Int64) -> Bool {
        switch deployment.specification.lifecycle ?? .steady {
        case .steady, .rollout: ticks >= bornTicks - Int64(deployment.ageDays * 864_000_000_000)
        case .failed, .failing: false
        case .creating: operation(on: deployment, of: endpoint, at: ticks).status == .succeeded
        }
    }

    /// The operation an endpoint's `AzureAsyncOperationUri` names.
    func operation(on endpoint: SimulatedEndpoint, at ticks: Int64) -> Operation {
        troubled(
            prefix: "oeidp",
            guid: endpoint.operationGUID,
            salt: endpoint.salt,
            lifecycle: endpoint.specification.lifecycle ?? .steady,
            modifiedDaysAgo: endpoint.specification.modifiedDaysAgo,
            failure: endpoint.specification.error,
            endpoint: endpoint,
            deployment: nil,
            ticks: ticks
        )
    }

    /// The operation a deployment's `AzureAsyncOperationUri` names.
    func operation(on deployment: SimulatedDeployment, of endpoint: SimulatedEndpoint, at ticks: Int64) -> Operation {
        troubled(
            prefix: "odidp",
            guid: deployment.operationGUID,
            salt: deployment.salt,
            lifecycle: deployment.specification.lifecycle ?? .steady,
            modifiedDaysAgo: min(deployment.ageDays, endpoint.specification.modifiedDaysAgo + 0.01),
            failure: deployment.specification.error,
            endpoint: endpoint,
            deployment: deployment,
            ticks: ticks
        )
    }

    /// The operation of an id as it stands at a moment; `nil` when there is no such operation.
    func operation(id: String, at ticks: Int64) -> Operation? {
        let parts = id.lowercased().split(separator: ":")
        guard parts.count == 3 else { return nil }
        if let change = keys?.change(operationID: id.lowercased()),
            let endpoint = endpoints.first(where: { keyName(of: $0) == change.endpoint })
        {
            return operation(of: change, on: endpoint, at: ticks)
        }
        for endpoint in endpoints {
            var candidates: [Operation] = []
            if parts[0] == "oeidp", endpoint.operationGUID == parts[1] {
                candidates.append(operation(on: endpoint, at: ticks))
            }
            if parts[0] == "odidp", let deployment = endpoint.deployments.first(where: { $0.operationGUID == parts[1] })
            {
                candidates.append(operation(on: deployment, of: endpoint, at: ticks))
            }
            if let found = candidates.first(where: { $0.id == id.lowercased() }) { return found }
        }
        return nil
    }

    private func troubled(
        prefix: String,
        guid: String,
        salt: UInt64,
        lifecycle: Lifecycle,
        modifiedDaysAgo: Double,
        failure: OperationFailure?,
        endpoint: SimulatedEndpoint,
        deployment: SimulatedDeployment?,
        ticks: Int64
    ) -> Operation {
        func untroubled(_ ticks: Int64) -> Operation {
            operation(
                prefix: prefix,
                guid: guid,
                salt: salt,
                lifecycle: lifecycle,
                modifiedDaysAgo: modifiedDaysAgo,
                failure: failure,
                endpoint: endpoint,
                deployment: deployment,
                ticks: ticks
            )
        }
        return operationTrouble?.changed(at: ticks, untroubled) ?? untroubled(ticks)
    }

    private func operation(
        prefix: String,
        guid: String,
        salt: UInt64,
        lifecycle: Lifecycle,
        modifiedDaysAgo: Double,
        failure: OperationFailure?,
        endpoint: SimulatedEndpoint,
        deployment: SimulatedDeployment?,
        ticks: Int64
    ) -> Operation {
        var start = bornTicks - Int64(modifiedDaysAgo * 86_400) * CivilTime.ticksPerSecond
        start -= Int64(salt % 10_000_000)
        var duration = (90 + Int64(salt % 400)) * CivilTime.ticksPerSecond
        var round: Int64 = 0
        let isCreation = lifecycle == .creating || lifecycle == .failing
        if isCreation {
            start = bornTicks - Self.creationHeadStart
            duration = Self.creationHeadStart + Int64(operationSeconds) * CivilTime.ticksPerSecond
        } else if deployment == nil, let split = endpoint.splits.last(where: { $0.startTicks <= ticks }),
            split.startTicks >= bornTicks
        {
            round = split.startTicks
            start = split.startTicks
            duration = min(Self.splitTicks, Int64(operationSeconds) * CivilTime.ticksPerSecond)
        } else if lifecycle == .rollout {
            // Every round works as long as it worked before the start plus the time operations take, then rests twice that.
            duration = Self.headStart + Int64(operationSeconds) * CivilTime.ticksPerSecond
            let first = bornTicks - Self.headStart
            round = (ticks - first).dividedFloor(by: duration * 3).quotient
            start = first + round * duration * 3
        }
        var random = SeededRandom(salt, UInt64(bitPattern: round), UInt64(name: prefix))
        let elapsed = ticks - start
        let isRunning = elapsed < duration
        let isFailure = lifecycle == .failed || lifecycle == .failing
        let status: Operation.Status = isRunning ? .inProgress : isFailure ? .failed : .succeeded
        return Operation(
            id: "\(prefix):\(guid):\(GUID.text(&random))",
            status: status,
            startTicks: start,
            endTicks: isRunning ? nil : start + duration,
            percentComplete: isRunning ? max(0, Double(elapsed) / Double(duration) * 100).rounded(.down) : 100,
            failure: status == .failed ? failure : nil,
            isCreation: isCreation,
            endpoint: endpoint,
            deployment: deployment
        )
    }
}
