/// The keys of endpoints as they are at a moment.
extension World {
    /// How long making a new key takes at most.
    private static let longestKeyTicks: Int64 = 12 * CivilTime.ticksPerSecond

    /// How long making a new key takes.
    var keyOperationTicks: Int64 {
        min(Self.longestKeyTicks, Int64(operationSeconds) * CivilTime.ticksPerSecond)
    }

    /// What changes of its keys are kept under.
    func keyName(of endpoint: SimulatedEndpoint) -> String {
        "\(subscriptionID)/\(endpoint.name.lowercased())"
    }

    /// The newest operation on the keys of an endpoint, if there ever was one.
    func keyOperation(on endpoint: SimulatedEndpoint, at ticks: Int64) -> Operation? {
        keys?.changes(of: keyName(of: endpoint)).last.map { operation(of: $0, on: endpoint, at: ticks) }
    }

    /// A change of a key as an operation, as it shows itself under the trouble of this request.
    func operation(of change: KeyStore.Change, on endpoint: SimulatedEndpoint, at ticks: Int64) -> Operation {
        func untroubled(_ ticks: Int64) -> Operation {
            let isRunning = ticks < change.endTicks
            let share = Double(ticks - change.startTicks) / Double(max(1, change.endTicks - change.startTicks))
            return Operation(
                id: change.operationID,
                status: isRunning ? .inProgress : change.failure == nil ? .succeeded : .failed,
                startTicks: change.startTicks,
                endTicks: isRunning ? nil : change.endTicks,
                percentComplete: isRunning ? max(0, min(99, (share * 100).rounded(.down))) : 100,
                failure: isRunning ? nil : change.failure,
                isCreation: false,
                changesKeys: true,
                endpoint: endpoint,
                deployment: nil
            )
        }
        // What ended by failing stays as it was told.
        guard change.failure == nil else { return untroubled(ticks) }
        return operationTrouble?.changed(at: ticks, untroubled) ?? untroubled(ticks)
    }

    /// A key that is in force, and those it replaced that still open the door.
    struct KeyInForce: Sendable {
        var key: String
        var predecessors: [String] = []
    }

    func key(
        _ slot: EndpointCredentials.Slot,
        of endpoint: SimulatedEndpoint,
        from credentials: EndpointCredentials,
        graceTicks: Int64,
        at ticks: Int64
    ) -> KeyInForce {
        var inForce = KeyInForce(key: credentials.key(slot, of: endpoint))
        for change in keys?.changes(of: keyName(of: endpoint)) ?? [] where change.slot == slot {
            let operation = operation(of: change, on: endpoint, at: ticks)
            guard operation.status == .succeeded, let end = operation.endTicks else { continue }
            if ticks < end + graceTicks { inForce.predecessors.append(inForce.key) }
            inForce.key = change.key
        }
        return inForce
    }
}
