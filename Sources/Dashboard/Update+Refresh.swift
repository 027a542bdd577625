internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// A source the screen needs now.
struct Wanted {
    var source: Source
    var cadenceSeconds: Double
    /// Asked for even when the read budget is nearly spent.
    var isEssential = false

    init(_ source: Source, every cadenceSeconds: Double? = nil, isEssential: Bool = false) {
        self.source = source
        self.cadenceSeconds = cadenceSeconds ?? source.cadenceSeconds
        self.isEssential = isEssential
    }
}

extension DashboardState {
    /// Requests that may be out at once: a few less than the connections the client keeps to one host.
    static let mostRequestsInFlight = 6
    /// What is essential does not wait for the slow answers of what is not.
    static let furtherEssentialRequests = 4
    /// Reads that are left for what is essential.
    static let reservedReads = 25
    /// A request without an answer for so long is lost; the client's own deadline is far shorter.
    static let lostAfterSeconds: Double = 120
    /// An unfocused dashboard asks this many times less often.
    static let unfocusedFactor: Double = 4

    /// Starts what is due, the most wanted first.
    mutating func beginDueRequests() -> [Effect] {
        var effects: [Effect] = []
        var inFlight = requestsInFlight.count
        let isShort = (budget.remainingReads ?? .max) < Self.reservedReads
        for wanted in wantedSources() {
            let most = Self.mostRequestsInFlight + (wanted.isEssential ? Self.furtherEssentialRequests : 0)
            guard inFlight < most, wanted.isEssential || !isShort, isDue(wanted) else { continue }
            effects.append(.fetch(begin(wanted.source)))
            inFlight += 1
        }
        return effects
    }

    func isDue(_ wanted: Wanted) -> Bool {
        guard let feed = feeds[wanted.source] else { return true }
        guard !feed.isWaiting else { return false }
        if feed.isForced { return true }
        if let dueAt = feed.dueAt { return dueAt <= now }
        if let renewAt = renewalTime(of: wanted.source) { return renewAt <= now }
        guard let receivedAt = feed.receivedAt else { return true }
        return receivedAt.addingTimeInterval(wanted.cadenceSeconds * paceFactor) <= now
    }

    var paceFactor: Double { isFocused ? 1 : Self.unfocusedFactor }

    private mutating func begin(_ source: Source) -> Request {
        lastRequest += 1
        var request = Request(number: lastRequest, source: source)
        switch source {
        case .token: request.isRenewal = feeds[source]?.receivedAt != nil
        case .lastOperation(let id): request.url = record(id)?.endpoint.lastOperationURL
        case .trafficLog(let workspace):
            request.logWorkspace = logWorkspaces[workspace]
            request.from = log.nextStart(in: workspace, now: serverNow)
        case .trafficAggregates(let workspace):
            request.logWorkspace = logWorkspaces[workspace]
            request.from = serverNow.addingTimeInterval(-RecentTraffic.windowSeconds)
        case .endpoints: incoming = []
        default: break
        }
        feeds[source, default: Feed()].request = request.number
        feeds[source]?.requestedAt = now
        feeds[source]?.isForced = false
        requestsInFlight[request.number] = source
        return request
    }

    /// A request that was never answered counts as failed, so that its source is asked again.
    mutating func failLostRequests() {
        for (number, source) in requestsInFlight {
            guard let since = feeds[source]?.requestedAt, now.timeIntervalSince(since) > Self.lostAfterSeconds else {
                continue
            }
            fail(source, request: number, with: AzureError(.timedOut(after: .seconds(Self.lostAfterSeconds))))
        }
    }

    mutating func fail(_ source: Source, request: Int, with error: AzureError) {
        requestsInFlight[request] = nil
        guard var feed = feeds[source], feed.request == request else { return }
        feed.request = nil
        feed.failure = error
        feed.failureCount += 1
        let delay = Feed.retryDelaySeconds(
            failureCount: feed.failureCount,
            cadenceSeconds: source.cadenceSeconds,
            error: error
        )
        feed.dueAt = now.addingTimeInterval(delay)
        feeds[source] = feed
    }

    mutating func finish(_ source: Source, request: Int) {
        requestsInFlight[request] = nil
        var feed = feeds[source] ?? Feed()
        feed.request = nil
        if source.isToken, feed.receivedAt != nil { feed.renewedAt = now }
        feed.receivedAt = now
        feed.failure = nil
        feed.failureCount = 0
        feed.dueAt = nil
        feeds[source] = feed
    }
}
