internal import AzureCore
package import AzureML
package import FoundationEssentials

/// The traffic rows on hand, newest first.
package struct RecentTraffic: Equatable, Sendable {
    /// Rows that are kept; what is older falls off.
    package static let capacity = 20_000
    /// How far back the first question reaches, in seconds.
    package static let windowSeconds: Double = 3_600
    /// Rows arrive minutes after their request, so every later question overlaps what is known by this much.
    package static let lateArrivalSeconds: Double = 720

    package private(set) var rows: [TrafficLogRow] = []
    /// Per Log Analytics workspace: whether its rows are in.
    var loaded: Set<ResourceID> = []

    package init() {}

    package var newest: Date? { rows.first?.time }

    /// The start of the next question to a Log Analytics workspace.
    func nextStart(in workspace: ResourceID, now: Date) -> Date {
        let windowStart = now.addingTimeInterval(-Self.windowSeconds)
        guard loaded.contains(workspace), let newest else { return windowStart }
        return max(windowStart, newest.addingTimeInterval(-Self.lateArrivalSeconds))
    }

    /// Takes all rows of `endpoints` since `from`: what was known of that span is replaced, so a row never stands twice.
    mutating func merge(
        _ fresh: [TrafficLogRow],
        from start: Date,
        workspace: ResourceID,
        isFrom: (TrafficLogRow) -> Bool,
        now: Date
    ) {
        loaded.insert(workspace)
        let windowStart = now.addingTimeInterval(-Self.windowSeconds)
        let firstKept = rows.firstIndex { $0.time < start } ?? rows.endIndex
        let others = rows[..<firstKept].filter { !isFrom($0) }
        var recent = fresh
        if !others.isEmpty {
            recent.append(contentsOf: others)
            recent.sort { $0.time > $1.time }
        }
        recent.append(contentsOf: rows[firstKept...])
        if let tooOld = recent.firstIndex(where: { $0.time < windowStart }) { recent.removeSubrange(tooOld...) }
        if recent.count > Self.capacity { recent.removeSubrange(Self.capacity...) }
        rows = recent
    }
}
