package import AzureML

/// The same body several times: how often, how many at once, and to whom.
package struct RepeatPlan: Equatable, Sendable {
    /// Nobody sends more than this by hand.
    package static let mostRequests = 1_000
    package static let mostParallel = 16

    /// Requests to each lane.
    package var count: Int
    /// How many are out at once, over all lanes.
    package var parallel: Int
    /// The deployment that each lane is pinned to; nil for the traffic rules. Two lanes compare two deployments.
    package var lanes: [String?]
    /// Of one request.
    package var bodyBytes: Int

    package init(count: Int = 10, parallel: Int = 1, lanes: [String?] = [nil], bodyBytes: Int) {
        self.count = count
        self.parallel = parallel
        self.lanes = lanes
        self.bodyBytes = bodyBytes
    }

    package var requestCount: Int { count * lanes.count }
}

/// How far it has come.
package struct RepeatReport: Equatable, Sendable {
    /// In the order of the plan's lanes.
    package var perLane: [ScoringStatistics]
    /// Requests that are over, with an answer or without.
    package var done: Int
    /// Those without an answer.
    package var failures: Int
    package var isOver: Bool
    /// Whether it was stopped before its end.
    package var stopped: Bool
    /// The latest answer of each lane, to be compared; nil before the first.
    package var samples: [ScoringAnswer?]

    package init(
        perLane: [ScoringStatistics],
        done: Int,
        failures: Int,
        isOver: Bool = false,
        stopped: Bool = false,
        samples: [ScoringAnswer?] = []
    ) {
        self.perLane = perLane
        self.done = done
        self.failures = failures
        self.isOver = isOver
        self.stopped = stopped
        self.samples = samples
    }
}
