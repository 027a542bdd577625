import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// All traffic-log rows of a stretch of time.
public struct TrafficLogPage: Equatable, Sendable {
    /// Newest first.
    public var rows: [TrafficLogRow]
    /// The beginning of the stretch, included.
    public var from: Date
    /// The end of the stretch, excluded; nil where it reaches to the newest row.
    public var to: Date?
    /// Whether no page comes after it.
    public var isLast: Bool

    public init(rows: [TrafficLogRow], from: Date, to: Date?, isLast: Bool) {
        self.rows = rows
        self.from = from
        self.to = to
        self.isLast = isLast
    }
}

/// Reads the traffic log page by page, back in time, so that the newest rows are there soon and no answer is large.
///
/// The service has no pages for rows: each is a question of its own, for the time before the page before it.
public struct TrafficLogPager: Sendable {
    private let client: MachineLearningClient
    private let logWorkspace: LogWorkspace
    private let start: Date
    private var end: Date?
    private var left: Int
    private var size: Int
    private let laterSize: Int
    private var isDone = false

    /// The first page is one that somebody waits for; sizes are in rows.
    init(
        _ client: MachineLearningClient,
        in logWorkspace: LogWorkspace,
        from start: Date,
        limit: Int,
        firstSize: Int = 2_000,
        laterSize: Int = 10_000
    ) {
        self.client = client
        self.logWorkspace = logWorkspace
        self.start = start
        left = limit
        size = firstSize
        self.laterSize = laterSize
    }

    /// The next page; nil when there is no more.
    ///
    /// - Throws: `AzureError`, as `trafficLog` does; the same page is asked for again then.
    public mutating func next() async throws -> TrafficLogPage? {
        guard !isDone else { return nil }
        let wanted = min(size, left)
        var rows = try await client.trafficLog(in: logWorkspace, from: start, to: end, limit: wanted).rows
        let isFull = rows.count >= wanted
        // A moment just before the end may be read as the end itself: that row has been given.
        if let end { rows.removeAll { $0.time >= end } }
        var from = start
        if isFull, let oldest = rows.last?.time {
            // More rows of the oldest moment may have been cut off: the next page has them all.
            from = Self.millisecond(after: oldest)
            let complete = rows.prefix { $0.time >= from }
            if complete.isEmpty { from = oldest } else { rows = Array(complete) }
        }
        left -= rows.count
        isDone = !isFull || rows.isEmpty || left <= 0
        defer {
            end = from
            size = laterSize
        }
        return TrafficLogPage(rows: rows, from: from, to: end, isLast: isDone)
    }

    /// Queries name whole milliseconds.
    private static func millisecond(after time: Date) -> Date {
        let milliseconds = Int((time.timeIntervalSince1970 * 1_000).rounded(.down)) + 1
        // Put together as times that are read are, so that equal ones are equal.
        return Date(timeIntervalSince1970: Double(milliseconds / 1_000) + Double(milliseconds % 1_000) / 1_000)
    }
}

extension MachineLearningClient {
    /// The traffic-log rows since a moment in pages, newest first, at most `limit` of them. Each page is a request of
    /// `trafficLog`.
    public func trafficLogPages(in logWorkspace: LogWorkspace, from start: Date, limit: Int) -> TrafficLogPager {
        TrafficLogPager(self, in: logWorkspace, from: start, limit: limit)
    }
}
