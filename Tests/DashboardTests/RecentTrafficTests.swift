@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import Testing

@Suite struct RecentTrafficTests {
    private let workspace = Samples.logWorkspace.id

    private func merged(_ batches: [[TrafficLogRow]], from start: Double, into log: RecentTraffic = .init())
        -> RecentTraffic
    {
        var log = log
        for batch in batches {
            log.merge(
                batch,
                from: Samples.now.addingTimeInterval(-start),
                workspace: workspace,
                isFrom: { _ in true },
                now: Samples.now
            )
        }
        return log
    }

    private func rows(_ numbers: [Int]) -> [TrafficLogRow] {
        numbers.map { Samples.row($0, secondsAgo: Double($0) * 10) }
    }

    @Test func theSameAnswerTwiceLeavesEachRowOnce() {
        let log = merged([rows([1, 2, 3]), rows([1, 2, 3])], from: 3_600)
        #expect(log.rows.map(\.requestID) == ["request-1", "request-2", "request-3"])
    }

    @Test func aRowThatArrivesLateTakesItsPlaceByTime() {
        let first = merged([rows([2, 30, 31])], from: 3_600)
        let log = merged([rows([1, 2, 10, 11])], from: 200, into: first)
        #expect(log.rows.map(\.requestID) == [1, 2, 10, 11, 30, 31].map { "request-\($0)" })
    }

    @Test func rowsOfAnotherWorkspaceStay() {
        var log = merged([rows([1, 3])], from: 3_600)
        let other = ResourceID(workspace.text + "-other")
        let fresh = [Samples.row(2, secondsAgo: 20, endpoint: "other")]
        log.merge(
            fresh,
            from: Samples.now.addingTimeInterval(-3_600),
            workspace: other,
            isFrom: { $0.endpointName == "other" },
            now: Samples.now
        )
        #expect(log.rows.map(\.requestID) == ["request-1", "request-2", "request-3"])
    }

    @Test func whatIsOlderThanTheWindowFallsOff() {
        let log = merged([[Samples.row(1, secondsAgo: 10), Samples.row(2, secondsAgo: 3_601)]], from: 7_200)
        #expect(log.rows.map(\.requestID) == ["request-1"])
    }

    @Test func noMoreRowsAreKeptThanTheCapacity() {
        let many = (0..<RecentTraffic.capacity + 10).map { Samples.row($0, secondsAgo: Double($0) * 0.01) }
        #expect(merged([many], from: 3_600).rows.count == RecentTraffic.capacity)
    }

    @Test func theNextQuestionReachesBackOverLateArrivals() {
        let log = merged([rows([12])], from: 3_600)
        #expect(log.nextStart(in: workspace, now: Samples.now) == Samples.now.addingTimeInterval(-120 - 720))
        let unread = log.nextStart(in: ResourceID("/other"), now: Samples.now)
        #expect(unread == Samples.now.addingTimeInterval(-3_600))
    }
}
