import AzureCore
import AzureML
import Testing

struct ScoringStatisticsTests {
    private func answer(_ milliseconds: Int, status: Int = 200, deployment: String? = "blue") -> ScoringAnswer {
        ScoringAnswer(
            status: status,
            deployment: deployment,
            timings: TransferTimings(total: .milliseconds(milliseconds))
        )
    }

    @Test func percentilesAreToldOnlyWhereTheSampleCanTellThem() {
        var statistics = ScoringStatistics()
        #expect(statistics.percentile(0.5) == nil)
        for count in 1...100 {
            statistics.record(answer(count))
            #expect((statistics.percentile(0.95) != nil) == (count >= 20))
            #expect((statistics.percentile(0.99) != nil) == (count >= 100))
            #expect(statistics.percentile(0.5) != nil)
        }
        #expect(statistics.sampleCount == 100)
    }

    @Test func percentilesAreWithinTheirResolution() throws {
        var statistics = ScoringStatistics()
        for milliseconds in 1...1000 { statistics.record(answer(milliseconds)) }
        for (share, expected) in [(0.5, 500.0), (0.9, 900), (0.95, 950), (0.99, 990)] {
            let found = try #require(statistics.percentile(share)) / .milliseconds(1)
            #expect(abs(found - expected) <= expected * 0.002)
        }
        #expect(statistics.minimum == .milliseconds(1))
        #expect(statistics.mean == .microseconds(500_500))
    }

    @Test func statusesDeploymentsAndFailuresAreCounted() {
        var statistics = ScoringStatistics()
        statistics.record(answer(1))
        statistics.record(answer(1, status: 424, deployment: "green"))
        statistics.record(answer(1, status: 429, deployment: nil))
        statistics.recordFailure()
        #expect(statistics.countsByStatus == [200: 1, 424: 1, 429: 1])
        #expect(statistics.countsByDeployment == ["blue": 1, "green": 1])
        #expect(statistics.failureCount == 1)
        #expect(statistics.sampleCount == 3)
    }
}
