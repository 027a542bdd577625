/// A traffic rule of an endpoint; all lists are in the order of its deployments.
struct TrafficSplit: Sendable {
    let startTicks: Int64
    /// Percent of live traffic.
    let shares: [Int]
    /// Percent of live traffic that is mirrored.
    let mirrored: [Int]
    /// Running sums of the shares, up to 1; empty at 0 %.
    let bounds: [Double]

    init(startTicks: Int64, shares: [Int], mirrored: [Int]) {
        self.startTicks = startTicks
        self.shares = shares
        self.mirrored = mirrored
        var sum = 0.0
        let sums = shares.map { share -> Double in
            sum += Double(share)
            return sum
        }
        bounds = sum > 0 ? sums.map { $0 / sum } : []
    }

    /// The index of the deployment that a number from 0 to 1 falls to; `nil` when there is no live traffic.
    func index(of draw: Double) -> Int? {
        bounds.isEmpty ? nil : bounds.firstIndex { draw < $0 } ?? bounds.count - 1
    }
}

/// How a deployment fares for a while.
struct Spell: Sendable {
    let startTicks: Int64
    /// The outcomes other than success with the upper end of their share, rising.
    let outcomes: [(outcome: Outcome, upTo: Double)]
    /// What the usual latency is multiplied by.
    let slowdown: Double

    init(startTicks: Int64, errors: [String: Double], slowdown: Double) {
        self.startTicks = startTicks
        self.slowdown = slowdown
        var sum = 0.0
        outcomes = Outcome.allCases.compactMap { outcome in
            guard let share = errors[outcome.rawValue], share > 0 else { return nil }
            sum += share
            return (outcome, sum)
        }
    }

    /// The outcome that a number from 0 to 1 falls to.
    func outcome(of draw: Double) -> Outcome {
        for (outcome, upTo) in outcomes where draw < upTo { return outcome }
        return .success
    }
}
