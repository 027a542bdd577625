import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import TerminalUI
import Testing

@Suite struct RefreshTests {
    private func connected() -> Walkthrough {
        var walk = Walkthrough(
            state: DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 36))
        )
        walk.tick()
        walk.answer(.connection, .connected(Samples.connection))
        return walk
    }

    private func settled() -> Walkthrough { Walkthrough(state: Samples.state(Size(width: 120, height: 36))) }

    @Test func aRefreshTimeBehindTheExpiryDoesNotKeepALapsedToken() {
        var walk = settled()
        let now = walk.state.now
        let odd = TokenFacts(
            expiresAt: now.addingTimeInterval(30),
            refreshAt: now.addingTimeInterval(3_000),
            claims: nil
        )
        walk.play(.tokenChanged(.resourceManager, odd))
        let effects = walk.tick(after: 61)
        let asked = effects.contains { effect in
            if case .fetch(let request) = effect { request.source == .token(.resourceManager) } else { false }
        }
        #expect(asked)
    }

    @Test func theConnectionIsAskedForFirstAndAlone() {
        var walk = Walkthrough(
            state: DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 36))
        )
        walk.play(
            .tick(now: Samples.now, zone: Samples.zone),
            expecting: [.fetch(Request(number: 1, source: .connection))]
        )
        #expect(walk.tick(after: 1) == [])
    }

    @Test func onceConnectedTheListingAndTheTokensAreAskedFor() {
        let walk = connected()
        #expect(
            walk.sources == [
                .token(.resourceManager), .endpoints, .fleet, .workspace, .token(.logAnalytics),
                .token(.machineLearning),
            ]
        )
    }

    @Test func aFinishedListingIsShownSortedAndAsksForWhatIsOnTheScreen() {
        var walk = connected()
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints.reversed(), isLast: true))
        #expect(walk.state.records.map(\.endpoint.name) == Samples.endpoints.map(\.name))
        #expect(walk.state.selectedEndpoint == Samples.id("churn"))
        #expect(walk.isOpen(.deployments(of: Samples.id("churn"))))
    }

    @Test func pagesOfTheFirstListingAreShownAsTheyCome() {
        var walk = connected()
        let request = walk.open.first { $0.source == .endpoints }?.number ?? 0
        walk.play(.answered(request: request, .endpoints(page: Array(Samples.endpoints[..<2]), isLast: false)))
        #expect(walk.state.records.count == 2)
        #expect(!walk.state.isListComplete)
        walk.play(.answered(request: request, .endpoints(page: Array(Samples.endpoints[2...]), isLast: true)))
        #expect(walk.state.records.count == 5)
        #expect(walk.state.isListComplete)
    }

    @Test func pagesOfALaterListingReplaceTheRowsOnlyAtTheEnd() {
        var walk = settled()
        walk.tick(after: 10)
        let request = walk.open.first { $0.source == .endpoints }?.number ?? 0
        walk.play(.answered(request: request, .endpoints(page: [Samples.endpoints[1]], isLast: false)))
        #expect(walk.state.records.count == 5)
        walk.play(.answered(request: request, .endpoints(page: [], isLast: true)))
        #expect(walk.state.records.map(\.endpoint.name) == ["fraud-scoring"])
    }

    @Test func aLateAnswerIsDropped() {
        var walk = settled()
        walk.tick(after: 10)
        let late = walk.open.first { $0.source == .endpoints }?.number ?? 0
        walk.tick(after: 121)
        walk.tick(after: 6)
        #expect(walk.isOpen(.endpoints))
        let before = walk.state.records
        walk.play(.answered(request: late, .endpoints(page: [], isLast: true)))
        #expect(walk.state.records == before)
        walk.play(.answered(request: 999_999, .endpoints(page: [], isLast: true)))
        #expect(walk.state.records == before)
    }

    @Test func aSourceIsAskedAgainAfterItsCadenceAndNotBefore() {
        var walk = settled()
        #expect(!walk.tick(after: 9).contains { isFetch($0, .endpoints) })
        #expect(walk.tick(after: 1).contains { isFetch($0, .endpoints) })
        #expect(!walk.tick(after: 60).contains { isFetch($0, .endpoints) }, "one request at a time")
    }

    @Test func anUnfocusedDashboardAsksFourTimesLessOften() {
        var walk = settled()
        walk.play(.terminal(.focus(false)))
        #expect(!walk.tick(after: 39).contains { isFetch($0, .endpoints) })
        walk.play(.terminal(.focus(true)))
        #expect(walk.isOpen(.endpoints))
    }

    @Test func aFailureKeepsTheRowsAndBacksOffFurtherEachTime() {
        var walk = settled()
        walk.tick(after: 10)
        for delay in [5.0, 10, 20, 40] {
            walk.answer(.endpoints, .failed(AzureError(.serverError, status: 503)))
            #expect(walk.state.records.count == 5)
            #expect(walk.state.feeds[.endpoints]?.failure?.kind == .serverError)
            walk.tick(after: delay - 1)
            #expect(!walk.isOpen(.endpoints))
            walk.tick(after: 1)
            #expect(walk.isOpen(.endpoints))
        }
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints, isLast: true))
        #expect(walk.state.feeds[.endpoints]?.failure == nil)
        #expect(walk.state.feeds[.endpoints]?.failureCount == 0)
    }

    @Test func theWaitAServiceAsksForIsObeyedWhenItIsLonger() {
        var walk = settled()
        walk.tick(after: 10)
        walk.answer(.endpoints, .failed(AzureError(.throttled(retryAfter: .seconds(90)), status: 429)))
        walk.tick(after: 89)
        #expect(!walk.isOpen(.endpoints))
        walk.tick(after: 1)
        #expect(walk.isOpen(.endpoints))
    }

    @Test func aSourceThatFailsForEverIsNeverGivenUp() {
        var walk = settled()
        walk.tick(after: 10)
        for _ in 0..<40 {
            walk.answer(.endpoints, .failed(AzureError(.timedOut(after: .seconds(30)))))
            walk.tick(after: 300)
        }
        #expect(walk.isOpen(.endpoints))
    }

    @Test func refreshNowAsksForEverythingOnTheScreen() {
        var walk = settled()
        walk.tick(after: 1)
        let effects = walk.press(.function(5))
        #expect(effects.contains { isFetch($0, .endpoints) })
        walk.answerAll { Samples.answer(to: $0) }
        let now = walk.state.now
        for id in walk.state.records.map(\.id) {
            #expect(walk.state.feeds[.diagnosticSettings(of: id)]?.receivedAt == now)
        }
        #expect(walk.state.feeds[.regionMetrics(of: Samples.region)]?.receivedAt == now)
        #expect(walk.state.feeds[.fleet]?.receivedAt == now)
        #expect(walk.state.feeds[.token(.resourceManager)]?.receivedAt != now, "a token that lives is not renewed")
    }

    @Test func aRequestThatIsNeverAnsweredCountsAsFailed() {
        var walk = settled()
        walk.tick(after: 10)
        walk.tick(after: 121)
        #expect(walk.state.feeds[.endpoints]?.failure?.kind == .timedOut(after: .seconds(120)))
    }

    @Test func onlyAFewRequestsAreOutAtOnce() {
        var walk = connected()
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints, isLast: true))
        for _ in 0..<20 { walk.tick(after: 0.1) }
        #expect(walk.open.count <= 10)
        #expect(walk.sources.filter { if case .diagnosticSettings = $0 { true } else { false } }.count <= 6)
    }

    @Test func aNearlySpentReadBudgetIsKeptForWhatIsSelected() {
        var walk = settled()
        walk.play(.budgetChanged(Budget(reads: .init(capacity: 250, remaining: 20))))
        walk.tick(after: 700)
        #expect(walk.isOpen(.deployments(of: Samples.id("churn"))))
        #expect(walk.isOpen(.endpoints))
        #expect(walk.isOpen(.fleet), "it is counted elsewhere")
        walk.answerAll { Samples.answer(to: $0) }
        #expect(walk.state.feeds[.regionMetrics(of: Samples.region)]?.receivedAt != walk.state.now)
        #expect(!walk.sources.contains { if case .diagnosticSettings = $0 { true } else { false } })
        walk.play(.budgetChanged(Budget(reads: .init(capacity: 250, remaining: 40))))
        walk.answerAll { Samples.answer(to: $0) }
        #expect(walk.state.feeds[.regionMetrics(of: Samples.region)]?.receivedAt == walk.state.now)
    }

    @Test func tokensAreRenewedBeforeTheyLapse() {
        var walk = settled()
        walk.tick(after: 3_481 - 301)
        #expect(!walk.isOpen(.token(.machineLearning)))
        walk.answerAll { Samples.answer(to: $0) }
        let effects = walk.tick(after: 1)
        let renewal = effects.compactMap { effect -> Request? in
            if case .fetch(let request) = effect, request.source == .token(.machineLearning) { request } else { nil }
        }
        #expect(renewal.map(\.isRenewal) == [true])
        guard case .renewing? = walk.state.credentialRows.first(where: { $0.id == .token(.machineLearning) })?.state
        else {
            Issue.record("the pane does not show the renewal")
            return
        }
        let fresh = TokenFacts(expiresAt: walk.state.now.addingTimeInterval(3_600), refreshAt: nil, claims: nil)
        walk.answer(.token(.machineLearning), .token(fresh))
        #expect(walk.state.tokens[.machineLearning] == fresh)
    }

    @Test func aTokenThatWasRefusedStopsCountingAndIsAskedForAgain() {
        var walk = settled()
        walk.tick(after: 1)
        let effects = walk.play(.tokenChanged(.logAnalytics, nil))
        #expect(effects.contains { isFetch($0, .token(.logAnalytics)) })
        #expect(walk.state.tokens[.logAnalytics] == nil)
        walk.answer(.token(.logAnalytics), .failed(AzureError(.signedOut(credential: "ClientSecretCredential"))))
        let row = walk.state.credentialRows.first { $0.id == .token(.logAnalytics) }
        guard case .failed(let error, expiresAt: nil)? = row?.state else {
            Issue.record("the pane does not say that there is no token")
            return
        }
        #expect(error.kind == .signedOut(credential: "ClientSecretCredential"))
    }

    @Test func theMeasuredSkewCorrectsTheCountdowns() {
        var walk = settled()
        walk.play(.exchanged(exchange(serverDate: walk.state.now.addingTimeInterval(600))))
        #expect(abs(walk.state.serverNow.timeIntervalSince(walk.state.now) - 600.5) < 0.001)
        walk.play(.exchanged(exchange(serverDate: walk.state.now.addingTimeInterval(1))))
        #expect(walk.state.serverNow == walk.state.now, "what the header cannot tell is not corrected")
    }

    private func exchange(serverDate: Date? = nil) -> ExchangeFacts {
        ExchangeFacts(
            operation: OperationName("onlineEndpoints.list"),
            method: "GET",
            host: "h",
            path: "/",
            status: 200,
            startedAt: Samples.now,
            duration: .zero,
            serverDate: serverDate
        )
    }

    private func isFetch(_ effect: Effect, _ source: Source) -> Bool {
        if case .fetch(let request) = effect { request.source == source } else { false }
    }
}
