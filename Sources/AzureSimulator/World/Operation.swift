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
    /// The resource it changes, for the final answer.
    let endpoint: SimulatedEndpoint
    let deployment: SimulatedDeployment?

    /// `properties.provisioningState` of the resource.
    var provisioningState: String {
        switch status {
        case .inProgress: "Updating"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        }
    }
}

extension World {
    /// How long before the start the first rollout of the story began.
    private static let headStart: Int64 = 120 * CivilTime.ticksPerSecond

    /// The operation an endpoint's `AzureAsyncOperationUri` names.
    func operation(on endpoint: SimulatedEndpoint, at ticks: Int64) -> Operation {
        operation(
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
        operation(
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
        if lifecycle == .rollout {
            // Every round works as long as it worked before the start plus the time operations take, then rests twice that.
            duration = Self.headStart + Int64(operationSeconds) * CivilTime.ticksPerSecond
            let first = bornTicks - Self.headStart
            round = (ticks - first).dividedFloor(by: duration * 3).quotient
            start = first + round * duration * 3
        }
        var random = SeededRandom(salt, UInt64(bitPattern: round), UInt64(name: prefix))
        let elapsed = ticks - start
        let isRunning = elapsed < duration
        let status: Operation.Status = isRunning ? .inProgress : lifecycle == .failed ? .failed : .succeeded
        return Operation(
            id: "\(prefix):\(guid):\(GUID.text(&random))",
            status: status,
            startTicks: start,
            endTicks: isRunning ? nil : start + duration,
            percentComplete: isRunning ? max(0, Double(elapsed) / Double(duration) * 100).rounded(.down) : 100,
            failure: status == .failed ? failure : nil,
            endpoint: endpoint,
            deployment: deployment
        )
    }
}
