internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// A source the screen needs now.
struct Wanted {
    var source: Source
    var cadenceSeconds: Double
    /// The client's governor serves the more urgent first, and keeps some of the budget for them.
    var priority: RequestPriority

    init(_ source: Source, every cadenceSeconds: Double? = nil, _ priority: RequestPriority = .visible) {
        self.source = source
        self.cadenceSeconds = cadenceSeconds ?? source.cadenceSeconds
        self.priority = priority
    }
}

extension DashboardState {
    /// Requests that may be out at once when one of a priority is to join them: what is essential does not wait for the
    /// slow answers of what is not. All are a few less than the connections the client keeps to one host.
    static func mostRequestsInFlight(_ priority: RequestPriority) -> Int {
        switch priority {
        case .background: 3
        case .visible: 6
        case .essential: 10
        }
    }

    /// A request without an answer for so long is lost; the client's own deadline is far shorter.
    static let lostAfterSeconds: Double = 120
    /// An unfocused dashboard asks this many times less often.
    static let unfocusedFactor: Double = 4

    /// Starts what is due, the most wanted first.
    mutating func beginDueRequests() -> [Effect] {
        var effects: [Effect] = []
        var inFlight = requestsInFlight.count
        for var wanted in wantedSources() {
            // What somebody pressed a key for is waited for.
            if feeds[wanted.source]?.isForced == true { wanted.priority = .essential }
            guard inFlight < Self.mostRequestsInFlight(wanted.priority), isAffordable(wanted), isDue(wanted) else {
                continue
            }
            effects.append(.fetch(begin(wanted)))
            inFlight += 1
        }
        for wanted in takeBackgroundSources(Self.mostRequestsInFlight(.background) - inFlight)
        where isAffordable(wanted) {
            effects.append(.fetch(begin(wanted)))
        }
        return effects
    }

    /// Whether the governor would let it go now. What would have to wait there is not begun: it would only grow old. What is
    /// essential is: it waits for its turn, or brings home why it may not go.
    private func isAffordable(_ wanted: Wanted) -> Bool {
        guard wanted.priority < .essential, let kind = wanted.source.requestKind else { return true }
        return budget.status(of: kind)?.isOpen(to: wanted.priority) ?? true
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

    private mutating func begin(_ wanted: Wanted) -> Request {
        let source = wanted.source
        lastRequest += 1
        var request = Request(number: lastRequest, source: source)
        request.priority = wanted.priority
        request.workspace = chosenWorkspace
        switch source {
        case .token: request.isRenewal = feeds[source]?.receivedAt != nil
        case .activity: request.from = activityStart
        case .lastOperation(let id): request.url = record(id)?.endpoint.lastOperationURL
        case .trafficLog(let workspace):
            request.logWorkspace = logWorkspaces[workspace]
            request.from = log.nextStart(in: workspace, now: serverNow)
        case .trafficAggregates(let workspace):
            request.logWorkspace = logWorkspaces[workspace]
            request.from = serverNow.addingTimeInterval(-log.windowSeconds)
        case .endpoints:
            incoming = []
            fleet.incomingPages = 0
        case .fleet: fleet.incoming = []
        case .regionMetrics, .regionDeploymentMetrics:
            request.historyMinutes = historyMinutes(of: source)
            request.seriesLimit = seriesLimit
        default: break
        }
        feeds[source, default: Feed()].request = request.number
        feeds[source]?.requestedAt = now
        feeds[source]?.heardAt = nil
        feeds[source]?.isForced = false
        requestsInFlight[request.number] = source
        return request
    }

    /// A request that was never answered counts as failed, so that its source is asked again.
    mutating func failLostRequests() {
        for (number, source) in requestsInFlight {
            guard let feed = feeds[source], let since = feed.heardAt ?? feed.requestedAt,
                now.timeIntervalSince(since) > Self.lostAfterSeconds
            else {
                continue
            }
            fail(source, request: number, with: AzureError(.timedOut(after: .seconds(Self.lostAfterSeconds))))
        }
    }

    /// What failed and is not asked for any more (a row that left the screen) is no trouble of today.
    mutating func forgetUnwantedFailures() {
        guard connection != nil, !isFrozen, hasFailure else { return }
        let wanted = Set(wantedSources().map(\.source))
        for (source, feed) in feeds where feed.failure != nil && !feed.isWaiting && !wanted.contains(source) {
            feeds[source]?.failure = nil
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
