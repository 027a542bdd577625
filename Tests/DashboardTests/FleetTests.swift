import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct FleetTests {
    private func connected() -> Walkthrough {
        var walk = Walkthrough(
            state: DashboardState(workspace: Samples.workspace, size: Size(width: 120, height: 36))
        )
        walk.tick()
        walk.answer(.connection, .connected(Samples.connection))
        return walk
    }

    /// Two hundred endpoints in forty pages, with two deployments each by the graph.
    private static let many = (0..<200).map { Samples.endpoint("endpoint-\(1_000 + $0)") }
    private static let manyInGraph = many.flatMap { endpoint in
        [Samples.fleetResource(endpoint)]
            + ["blue", "green"].map {
                FleetResource(
                    id: endpoint.id.appending("deployments", $0),
                    name: $0,
                    kind: .deployment,
                    retrievedAt: Samples.now
                )
            }
    }

    private static func page(_ number: Int) -> [OnlineEndpoint] { Array(many[(number * 5)..<(number * 5 + 5)]) }

    private func large(graph: Bool = true) -> Walkthrough {
        var walk = connected()
        if graph {
            walk.answer(.fleet, .fleet(page: Self.manyInGraph, isLast: true))
        } else {
            walk.answer(.fleet, .failed(AzureError(.forbidden(action: nil, scope: nil), status: 403)))
        }
        let listing = walk.open.first { $0.source == .endpoints }?.number ?? 0
        for number in 0..<39 {
            walk.play(.answered(request: listing, .endpoints(page: Self.page(number), isLast: false)))
        }
        walk.answer(.endpoints, .endpoints(page: Self.page(39), isLast: true))
        return walk
    }

    @Test func theGraphShowsRowsBeforeTheListingHasComeToThem() {
        var walk = connected()
        let request = walk.open.first { $0.source == .fleet }?.number ?? 0
        walk.play(.answered(request: request, .fleet(page: Array(Self.manyInGraph[..<300]), isLast: false)))
        #expect(walk.state.records.count == 100)
        #expect(walk.state.summary.unreadEndpointCount == 100)
        #expect(walk.state.records[0].readAt == nil && walk.state.records[0].toldAt == Samples.now)
        walk.play(.answered(request: request, .fleet(page: Array(Self.manyInGraph[300...]), isLast: true)))
        #expect(walk.state.summary.endpointCount == 200)
        #expect(walk.state.summary.deploymentCount == 400)
        #expect(walk.state.summary.unreadEndpointCount == 0)
    }

    @Test func aLongListingIsLeftToTheGraphAndTheScreenIsReadRowByRow() {
        var walk = large()
        #expect(walk.state.readsEndpointsSingly)
        walk.answerAll { Self.answer(to: $0) }
        for _ in 0..<60 {
            walk.tick(after: 1)
            #expect(!walk.isOpen(.endpoints))
            walk.answerAll { Self.answer(to: $0) }
        }
        let oldest = walk.state.visibleRecords.compactMap { walk.state.records[$0].readAt }.min()
        #expect(walk.state.visibleRecords.count > 5)
        #expect(walk.state.now.timeIntervalSince(oldest ?? .distantPast) <= 11)
        #expect(walk.state.now.timeIntervalSince(walk.state.feeds[.fleet]?.receivedAt ?? .distantPast) <= 60)
    }

    @Test func whereTheGraphIsRefusedDeploymentsComeOneByOneBehindTheScreen() {
        var walk = large(graph: false)
        walk.answerAll { Self.answer(to: $0) }
        #expect(walk.state.summary.unreadEndpointCount == 0)
        #expect(walk.state.summary.deploymentCount == 200)
        #expect(walk.state.summary.warningCount == 0, "what others do in its place is no trouble")
        var asked = 0
        for _ in 0..<120 {
            walk.tick(after: 1)
            asked += walk.open.count
            walk.answerAll { Self.answer(to: $0) }
        }
        #expect(asked < 120 * 8, "\(asked) questions in two minutes")
    }

    @Test func aShortBudgetKeepsTheBackgroundWaiting() {
        var walk = large(graph: false)
        walk.play(.budgetChanged(Budget(reads: .init(capacity: 250, remaining: 60))))
        walk.answerAll { Self.answer(to: $0) }
        let unread = walk.state.summary.unreadEndpointCount
        #expect(unread > 150)
        walk.play(.budgetChanged(Budget(reads: .init(capacity: 250, remaining: 200))))
        #expect(walk.open.contains { $0.priority == .background })
    }

    @Test func everyRequestHasThePriorityOfWhatItIsFor() {
        var walk = large()
        walk.tick(after: 1)
        let priorities = Dictionary(walk.open.map { ($0.source, $0.priority) }, uniquingKeysWith: { first, _ in first })
        #expect(priorities[.token(.resourceManager)] == .essential)
        #expect(priorities[.deployments(of: Self.many[0].id)] == .essential)
        walk.answerAll { Self.answer(to: $0) }
        walk.tick(after: 60)
        #expect(walk.open.first { $0.source == .fleet }?.priority == .background)
        walk.answerAll { Self.answer(to: $0) }
        walk.tick(after: 1)
        walk.press(.function(5))
        #expect(walk.open.first { $0.source == .fleet }?.priority == .essential)
    }

    // MARK: The graph lags

    private func settled() -> Walkthrough { Walkthrough(state: Samples.state(Size(width: 120, height: 36))) }

    private func askGraph(_ walk: inout Walkthrough, _ resources: [FleetResource]) {
        walk.tick(after: 60)
        walk.answer(.fleet, .fleet(page: resources, isLast: true))
    }

    @Test func anEndpointTheGraphDoesNotKnowYetStays() {
        var walk = settled()
        walk.tick(after: 60)
        let new = Samples.endpoint("zebra")
        walk.answer(.endpoints, .endpoints(page: Samples.endpoints + [new], isLast: true))
        walk.answer(.fleet, .fleet(page: Samples.fleet, isLast: true))
        #expect(walk.state.records.map(\.endpoint.name).contains("zebra"))
    }

    @Test func anEndpointThatIsGoneDoesNotComeBackFromTheGraph() {
        var walk = settled()
        walk.tick(after: 60)
        walk.answer(.endpoints, .endpoints(page: Array(Samples.endpoints.dropFirst()), isLast: true))
        walk.answer(.fleet, .fleet(page: Samples.fleet, isLast: true))
        #expect(!walk.state.records.map(\.endpoint.name).contains("churn"))
    }

    @Test func whatOnlyTheGraphKnowsIsConfirmedBeforeItIsShown() {
        var walk = large()
        walk.answerAll { Self.answer(to: $0) }
        walk.tick(after: 60)
        let new = Samples.endpoint("zebra")
        walk.answer(
            .fleet,
            .fleet(page: Self.manyInGraph + [Samples.fleetResource(new, retrievedAt: walk.state.now)], isLast: true)
        )
        #expect(walk.state.record(new.id) == nil)
        walk.answerAll { $0.source == .endpoint(new.id) ? .endpoint(new) : Self.answer(to: $0) }
        #expect(walk.state.record(new.id) != nil)
    }

    @Test func whatTheGraphLacksIsAskedForAndGoesWhereItIsNotFound() {
        var walk = large()
        walk.answerAll { Self.answer(to: $0) }
        walk.tick(after: 300)
        let gone = Self.many[150].id
        let rest = Self.manyInGraph.filter { $0.id != gone && $0.id.parent != gone }
        walk.answer(.fleet, .fleet(page: rest, isLast: true))
        #expect(walk.state.record(gone) != nil, "until Resource Manager says so")
        let missing = AzureError(.notFound(.endpoint), status: 404)
        walk.answerAll { $0.source == .endpoint(gone) ? .failed(missing) : Self.answer(to: $0) }
        #expect(walk.state.record(gone) == nil)
        #expect(walk.state.summary.endpointCount == 199)
        askGraph(&walk, Self.manyInGraph)
        #expect(walk.state.record(gone) == nil, "the graph is late")
    }

    @Test func whatResourceManagerToldLatelyWinsOverTheGraph() {
        var walk = large()
        walk.answerAll { Self.answer(to: $0) }
        let changed = Samples.endpoint("endpoint-1000", .key, .updating)
        walk.tick(after: 60)
        walk.answer(.endpoint(changed.id), .endpoint(changed))
        walk.answer(.fleet, .fleet(page: Self.manyInGraph, isLast: true))
        #expect(walk.state.record(changed.id)?.endpoint.provisioningState == .updating)
        #expect(walk.state.fleet.disputed.contains(changed.id))
    }

    @Test func anOlderAnswerNeverOverwritesANewerOne() {
        var walk = settled()
        walk.tick(after: 10)
        let listing = walk.open.first { $0.source == .endpoints }?.number ?? 0
        walk.tick(after: 1)
        let later = Samples.endpoint("churn", .key, .failed)
        walk.state.take(later, askedAt: walk.state.now)
        walk.play(.answered(request: listing, .endpoints(page: Samples.endpoints, isLast: true)))
        #expect(walk.state.record(later.id)?.endpoint.provisioningState == .failed)
    }

    @Test func aSplitTheGraphLacksIsNotTakenForNone() {
        var walk = connected()
        var resource = Samples.fleetResource(Samples.endpoints[0])
        resource.traffic = nil
        walk.answer(.fleet, .fleet(page: [resource], isLast: true))
        #expect(walk.state.records[0].findings.allSatisfy { $0.kind != .noTraffic })
        walk.answer(.endpoints, .endpoints(page: [Samples.endpoint("churn", traffic: [:])], isLast: true))
        #expect(walk.state.records[0].findings.contains { $0.kind == .noTraffic })
    }

    // MARK: Metrics

    @Test func aRegionIsMeasuredAtOnceAndEachEndpointWhereThatIsRefused() {
        var walk = settled()
        #expect(walk.state.feeds[.endpointMetrics(of: Samples.id("churn"))] == nil)
        walk.tick(after: 60)
        walk.answerAll { request in
            guard case .regionMetrics = request.source else { return Samples.answer(to: request) }
            return .failed(AzureError(.forbidden(action: nil, scope: nil), status: 403))
        }
        walk.tick(after: 1)
        walk.answerAll { Samples.answer(to: $0) }
        for record in walk.state.records {
            #expect(walk.state.feeds[.endpointMetrics(of: record.id)]?.receivedAt != nil)
        }
        #expect(walk.state.summary.warningCount == 0)
        walk.tick(after: 300)
        walk.answerAll { Samples.answer(to: $0) }
        #expect(walk.state.feeds[.regionMetrics(of: Samples.region)]?.failure == nil, "it is asked again")
        #expect(walk.state.metricsSource(of: walk.state.records[0]) == .regionMetrics(of: Samples.region))
    }

    @Test func whatFailedForARowThatLeftTheScreenIsForgotten() {
        var walk = settled()
        walk.play(.terminal(.resize(Size(width: 80, height: 12))))
        walk.tick(after: 600)
        let source = Source.diagnosticSettings(of: Samples.id("churn"))
        walk.answerAll { $0.source == source ? .failed(AzureError(.serverError)) : Samples.answer(to: $0) }
        #expect(walk.state.feeds[source]?.failure != nil)
        walk.press(.character("/"))
        for letter in "vision" { walk.press(.character(letter)) }
        walk.press(.enter)
        walk.tick(after: 60)
        #expect(walk.state.feeds[source]?.failure == nil && walk.state.feeds[source]?.receivedAt != nil)
    }

    @Test func theFirstRowIsSelectedUntilSomebodyChooses() {
        var walk = connected()
        let listing = walk.open.first { $0.source == .endpoints }?.number ?? 0
        walk.play(.answered(request: listing, .endpoints(page: [Samples.endpoint("m")], isLast: false)))
        #expect(walk.state.selectedEndpoint == Samples.id("m"))
        walk.play(.answered(request: listing, .endpoints(page: [Samples.endpoint("k")], isLast: false)))
        #expect(walk.state.selectedEndpoint == Samples.id("k"))
        walk.press(.down)
        walk.play(.answered(request: listing, .endpoints(page: [Samples.endpoint("a")], isLast: false)))
        #expect(walk.state.selectedEndpoint == Samples.id("m"))
    }

    @Test func whatARegionDoesNotMentionIsSilent() {
        var walk = settled()
        walk.tick(after: 60)
        walk.answerAll { request in
            guard case .regionMetrics = request.source else { return Samples.answer(to: request) }
            return .regionMetrics([:], historyMinutes: 5)
        }
        let metrics = walk.state.record(Samples.id("churn"))?.metrics
        #expect(metrics?.requestsPerSecond == 0 && metrics?.p95Milliseconds == nil)
        #expect(metrics?.requestsPerMinuteHistory.count == 30)
        #expect(metrics?.requestsPerMinuteHistory.suffix(5).allSatisfy { $0 == nil } == true)
        #expect(metrics?.requestsPerMinuteHistory[20] == 21.0.truncatingRemainder(dividingBy: 9))
    }

    private static func answer(to request: Request) -> Answer {
        switch request.source {
        case .fleet: .fleet(page: manyInGraph, isLast: true)
        case .endpoints: .endpoints(page: many, isLast: true)
        case .endpoint(let id): many.first { $0.id == id }.map(Answer.endpoint) ?? Samples.answer(to: request)
        case .regionMetrics: .regionMetrics([:], historyMinutes: 30)
        case .diagnosticSettings: .diagnosticSettings([])
        default: Samples.answer(to: request)
        }
    }
}
