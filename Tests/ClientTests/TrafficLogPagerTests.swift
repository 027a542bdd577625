@testable import AzureML
import AzureCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The traffic log page by page.
@Suite struct TrafficLogPagerTests {
    @Test(arguments: [(1, 7), (50, 70), (2_000, 20_000)])
    func thePagesTogetherAreTheWholeInOrder(_ firstSize: Int, _ laterSize: Int) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let start = azure.clock.now.addingTimeInterval(-600)
            let whole = try await client.trafficLog(in: workspace, from: start, to: nil, limit: 100_000).rows
            var pager = TrafficLogPager(
                client,
                in: workspace,
                from: start,
                limit: 100_000,
                firstSize: firstSize,
                laterSize: laterSize
            )
            var pages: [TrafficLogPage] = []
            while let page = try await pager.next() { pages.append(page) }
            #expect(pages.flatMap(\.rows).map(\.requestID) == whole.map(\.requestID))
            #expect(pages.map(\.isLast) == pages.indices.map { $0 == pages.count - 1 })
            #expect(pages.first?.to == nil && pages.last?.from == start)
            #expect(zip(pages, pages.dropFirst()).allSatisfy { $0.from == $1.to })
            #expect(pages.allSatisfy { page in page.rows.allSatisfy { $0.time >= page.from } })
        }
    }

    @Test func noMoreRowsComeThanWereAskedFor() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let start = azure.clock.now.addingTimeInterval(-3_000)
            var pager = TrafficLogPager(client, in: workspace, from: start, limit: 60, firstSize: 20, laterSize: 30)
            var count = 0
            while let page = try await pager.next() { count += page.rows.count }
            #expect((55...60).contains(count))
        }
    }
}
