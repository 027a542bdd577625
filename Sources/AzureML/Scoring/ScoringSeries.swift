/// How often a payload is sent, and to whom: to one deployment, or by turns to two.
public struct ScoringSeries: Hashable, Sendable {
    /// Of all requests together.
    public static let mostRequests = 10_000
    public static let mostParallel = 16

    /// Which deployment each lane asks for; nil for the traffic rules. One lane or two.
    public let lanes: [String?]
    /// How many requests each lane gets.
    public let countPerLane: Int
    /// How many requests are under way at the same time.
    public let parallel: Int

    /// What is out of range is brought into it.
    ///
    /// - Parameters:
    ///   - lanes: One or two.
    ///   - countPerLane: At least 1; all lanes together get at most `mostRequests`.
    ///   - parallel: 1 to `mostParallel`.
    public init(lanes: [String?] = [nil], countPerLane: Int, parallel: Int = 1) {
        self.lanes = lanes.isEmpty ? [nil] : Array(lanes.prefix(2))
        self.countPerLane = max(1, min(countPerLane, Self.mostRequests / self.lanes.count))
        self.parallel = max(1, min(parallel, Self.mostParallel, self.countPerLane * self.lanes.count))
    }

    /// How many requests there are in all.
    public var count: Int { countPerLane * lanes.count }
}
