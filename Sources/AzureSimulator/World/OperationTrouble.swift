/// What a fault makes of operations that would have gone well.
struct OperationTrouble: Sendable {
    enum Kind: Sendable {
        /// They go on for ever.
        case stuck
        case failing(OperationFailure)
    }

    let kind: Kind
    /// Operations that ended before are as they were.
    let sinceTicks: Int64

    /// The operation as it shows itself under this trouble; `operation` gives the untroubled one at a moment.
    func changed(at ticks: Int64, _ operation: (Int64) -> Operation) -> Operation {
        // What was under way then stays the resource's last operation, however many rounds it would have had since.
        let then = operation(min(sinceTicks, ticks))
        let seen = then.status == .inProgress ? then : operation(ticks)
        guard seen.status == .inProgress || (seen.endTicks ?? .max) > sinceTicks else { return seen }
        switch kind {
        case .stuck:
            return seen.with(status: .inProgress, endTicks: nil, percentComplete: min(seen.percentComplete, 95), nil)
        case .failing(let failure):
            let end = max(seen.startTicks + CivilTime.ticksPerSecond, sinceTicks)
            return seen.with(status: .failed, endTicks: end, percentComplete: 100, failure)
        }
    }
}

extension Operation {
    fileprivate func with(
        status: Status,
        endTicks: Int64?,
        percentComplete: Double,
        _ failure: OperationFailure?
    ) -> Operation {
        Operation(
            id: id,
            status: status,
            startTicks: startTicks,
            endTicks: endTicks,
            percentComplete: percentComplete,
            failure: failure,
            isCreation: isCreation,
            changesKeys: changesKeys,
            endpoint: endpoint,
            deployment: deployment
        )
    }
}
