#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension EndpointMetrics {
    /// How many minutes a history holds.
    public static let historyMinutes = 30

    /// An endpoint that the answer for its whole region did not mention: nothing has called it.
    public static func silent(measuredAt: Date, historyMinutes: Int) -> EndpointMetrics {
        EndpointMetrics(
            requestsPerSecond: 0,
            requestsPerMinuteHistory: Array(repeating: nil, count: historyMinutes),
            measuredAt: measuredAt
        )
    }

    /// These figures with a history as long as ever: what was not asked for again is taken from `older`.
    public func continuing(_ older: EndpointMetrics?) -> EndpointMetrics {
        var merged = self
        let fresh = requestsPerMinuteHistory.suffix(Self.historyMinutes)
        let shift = older.map { Self.minute(of: measuredAt) - Self.minute(of: $0.measuredAt) } ?? Self.historyMinutes
        var history: [Double?] = Array(repeating: nil, count: Self.historyMinutes)
        if let known = older?.requestsPerMinuteHistory.suffix(Self.historyMinutes), shift >= 0 {
            for (index, value) in zip((Self.historyMinutes - known.count)..., known) where index >= shift {
                history[index - shift] = value
            }
        }
        history.replaceSubrange((Self.historyMinutes - fresh.count)..., with: fresh)
        merged.requestsPerMinuteHistory = history
        if lastTrafficAt == nil, let last = older?.lastTrafficAt {
            let start = measuredAt.addingTimeInterval(Double(-60 * Self.historyMinutes))
            merged.lastTrafficAt = last >= start ? last : nil
        }
        return merged
    }

    private static func minute(of date: Date) -> Int { Int((date.timeIntervalSince1970 / 60).rounded(.down)) }
}
