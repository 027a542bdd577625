public import AzureCore

/// How far the repeated sending of a payload is, and what has come of it.
public struct ScoringSeriesReport: Equatable, Sendable {
    /// What came of the requests of one lane.
    public struct Lane: Equatable, Sendable {
        /// The deployment that was asked for; nil where the traffic rules chose.
        public var deployment: String?
        public var statistics = ScoringStatistics()
        /// The latest one; nil before the first.
        public var lastAnswer: ScoringAnswer?

        public init(deployment: String?, statistics: ScoringStatistics = ScoringStatistics()) {
            self.deployment = deployment
            self.statistics = statistics
        }

        /// How many requests have ended, with an answer or without.
        public var endedCount: Int { statistics.sampleCount + statistics.failureCount }
    }

    public enum State: Hashable, Sendable {
        case running
        case finished
        /// Somebody stopped it: what was under way is not counted.
        case stopped
    }

    public var plan: ScoringSeries
    public var state = State.running
    /// As in the plan.
    public var lanes: [Lane]
    /// Why the latest request without an answer had none.
    public var lastFailure: AzureError?
    public var elapsed = Duration.zero

    public init(plan: ScoringSeries) {
        self.plan = plan
        lanes = plan.lanes.map { Lane(deployment: $0) }
    }

    /// How many requests have ended.
    public var endedCount: Int { lanes.reduce(0) { $0 + $1.endedCount } }
}
