internal import FoundationEssentials

extension DashboardState {
    /// The clock was set back: what was noted by it moves along, so that ages and waits stay what they are.
    ///
    /// A clock that goes on, be it by an hour, needs nothing: the hour may well have passed, as it has after a suspend.
    mutating func setClockBack(to earlier: Date) {
        let seconds = earlier.timeIntervalSince(now)
        for source in feeds.keys { feeds[source]?.shiftTimes(by: seconds) }
        for index in records.indices { records[index].shiftTimes(by: seconds) }
        fleet.shiftTimes(by: seconds)
        notice?.until.addTimeInterval(seconds)
        // Azure's clock was not set back with ours.
        clockSkewSeconds = clockSkewSeconds.map { $0 - seconds }
    }
}

extension Feed {
    fileprivate mutating func shiftTimes(by seconds: Double) {
        receivedAt?.addTimeInterval(seconds)
        requestedAt?.addTimeInterval(seconds)
        heardAt?.addTimeInterval(seconds)
        renewedAt?.addTimeInterval(seconds)
        dueAt?.addTimeInterval(seconds)
    }
}

extension EndpointRecord {
    fileprivate mutating func shiftTimes(by seconds: Double) {
        readAt?.addTimeInterval(seconds)
        graphAt?.addTimeInterval(seconds)
        deploymentsToldAt?.addTimeInterval(seconds)
    }
}

extension FleetFacts {
    fileprivate mutating func shiftTimes(by seconds: Double) {
        toldAt?.addTimeInterval(seconds)
        listedAt?.addTimeInterval(seconds)
        goneAt = goneAt.mapValues { $0.addingTimeInterval(seconds) }
    }
}
