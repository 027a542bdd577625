import Histogram

/// What came of sending a body several times: how long answers took, and which ones they were.
public struct ScoringStatistics: Sendable {
    /// How many answers had each status.
    public private(set) var countsByStatus: [Int: Int] = [:]
    /// How many answers each deployment gave; without those that named none.
    public private(set) var countsByDeployment: [String: Int] = [:]
    /// How many requests got no answer.
    public private(set) var failureCount = 0
    private var total = Duration.zero
    /// In microseconds, to three digits.
    private var histogram = Histogram<UInt32>(numberOfSignificantValueDigits: .three)

    public init() {
        histogram.autoResize = true
    }

    /// Counts an answer, of whatever status.
    public mutating func record(_ answer: ScoringAnswer) {
        countsByStatus[answer.status, default: 0] += 1
        if let deployment = answer.deployment { countsByDeployment[deployment, default: 0] += 1 }
        total += answer.duration
        histogram.record(UInt64(max(0, answer.duration / .microseconds(1))))
    }

    public mutating func recordFailure() {
        failureCount += 1
    }

    /// How many answers there were.
    public var sampleCount: Int { Int(histogram.totalCount) }

    /// The time that a share of the answers stayed within; to three digits.
    ///
    /// - Parameter share: Above 0, at most 1: 0.95 for the 95th percentile.
    /// - Returns: Nil where the sample is too small to tell: at least one answer must be expected beyond it (p95 wants 20
    ///   answers, p99 100), or, for the median, one answer be there.
    public func percentile(_ share: Double) -> Duration? {
        let isTellable = share <= 0.5 ? sampleCount > 0 : Double(sampleCount) * (1 - share) >= 1 - 1e-9
        guard isTellable else { return nil }
        return .microseconds(Int64(clamping: min(histogram.valueAtPercentile(share * 100), histogram.max)))
    }

    public var minimum: Duration? { sampleCount == 0 ? nil : .microseconds(Int64(clamping: histogram.min)) }
    public var maximum: Duration? { sampleCount == 0 ? nil : .microseconds(Int64(clamping: histogram.max)) }
    public var mean: Duration? { sampleCount == 0 ? nil : total / sampleCount }
}

extension ScoringStatistics: Equatable {
    public static func == (first: ScoringStatistics, second: ScoringStatistics) -> Bool {
        first.countsByStatus == second.countsByStatus && first.countsByDeployment == second.countsByDeployment
            && first.failureCount == second.failureCount && first.total == second.total
            && first.minimum == second.minimum && first.maximum == second.maximum
    }
}
