@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// Many traffic rows: how they are kept, found and ordered.
@Suite struct LogRowsTests {
    private let workspace = Samples.logWorkspace.id

    /// Rows with all that a filter can look at, told apart by their number.
    private func rows(_ numbers: Range<Int>) -> [TrafficLogRow] {
        numbers.map { number in
            var row = Samples.row(number, secondsAgo: Double(number), code: [200, 424, 401, 503][number % 4])
            row.endpointName = "endpoint-\(number % 7)"
            row.deploymentName = number % 3 == 0 ? "green" : "blue"
            row.userAgent = number % 5 == 0 ? "Java/17" : "curl/8"
            row.requestID = "0000000\(number % 10)-aaaa-4bbb-8ccc-\(100_000_000_000 + number)"
            row.totalMilliseconds = number * 37 % 1_000
            return row
        }
    }

    private func log(_ rows: [TrafficLogRow]) -> RecentTraffic {
        var log = RecentTraffic()
        log.merge(
            rows,
            from: Samples.now.addingTimeInterval(-3_600),
            workspace: workspace,
            isFrom: { _ in true },
            now: Samples.now
        )
        return log
    }

    private func arranged(_ log: RecentTraffic, _ filter: String, sort: LogSort? = nil) -> [TrafficLogRow] {
        var arrangement = LogArrangement()
        let conditions = LogArrangement.Conditions(filter: Filter(filter))
        arrangement.arrange(log, by: conditions, sort: sort)
        return (arrangement.shown ?? log.order).map { log[$0] }
    }

    // MARK: Keeping

    @Test func aRowThatComesAgainKeepsItsSlotAndIsNoArrival() {
        var log = log(rows(0..<50))
        let slots = log.order
        let change = log.merge(
            [Samples.row(900, secondsAgo: 2.5)] + rows(3..<20),
            from: Samples.now.addingTimeInterval(-19.5),
            workspace: workspace,
            isFrom: { $0.totalMilliseconds > .max - 1 },
            now: Samples.now
        )
        #expect(change.arrived.map { log[$0].requestID } == ["request-900"])
        #expect(!change.hasLosses)
        #expect(log.order.filter { !change.arrived.contains($0) } == slots)
        #expect(log.rows.map(\.time) == log.rows.map(\.time).sorted(by: >))
    }

    @Test func aPageReplacesItsOwnTimeOnly() {
        var log = log(rows(0..<30))
        log.merge(
            rows(12..<15),
            from: Samples.now.addingTimeInterval(-20),
            to: Samples.now.addingTimeInterval(-9.5),
            workspace: workspace,
            isFrom: { _ in true },
            now: Samples.now
        )
        let expected = rows(0..<10) + rows(12..<15) + rows(21..<30)
        #expect(log.rows.map(\.requestID) == expected.map(\.requestID))
    }

    @Test func slotsOfRowsThatWentAreUsedAgain() {
        var log = log(rows(0..<40))
        for later in 1...20 {
            log.merge(
                [Samples.row(1_000 + later, secondsAgo: -Double(later) * 300)],
                from: Samples.now.addingTimeInterval(Double(later) * 300 - 1),
                workspace: workspace,
                isFrom: { _ in true },
                now: Samples.now.addingTimeInterval(Double(later) * 300)
            )
        }
        #expect(log.count == 13)
        #expect(log.slots.count <= 54)
        #expect(Set(log.order).count == log.count)
    }

    @Test func equalMomentsAreToldApartByTheirRequests() {
        let same = (0..<4).map { Samples.row($0, secondsAgo: 5) }
        var log = log(same)
        let change = log.merge(
            [same[2], same[0]],
            from: Samples.now.addingTimeInterval(-10),
            workspace: workspace,
            isFrom: { _ in true },
            now: Samples.now
        )
        #expect(change.arrived.isEmpty && change.hasLosses)
        #expect(Set(log.rows.map(\.requestID)) == ["request-0", "request-2"])
    }

    // MARK: Finding

    /// What the words of a filter mean, row by row and slowly.
    private func isMatch(_ row: TrafficLogRow, _ words: [String]) -> Bool {
        let parts = [
            row.endpointName, row.deploymentName, row.method, row.path, "\(row.responseCode)", row.responseReason,
            row.authType, row.identity, row.userAgent, row.requestID, row.clientRequestID,
        ]
        let text = parts.joined(separator: " ").lowercased()
        return words.allSatisfy { $0.hasPrefix("!") ? !text.contains($0.dropFirst()) : text.contains($0) }
    }

    @Test(arguments: [
        "green", "java", "424", "endpoint-3 blue", "!curl", "1000000000", "aaaa-4bbb", "4bbb-8ccc-1", "2-aaaa", "post",
        "00000012", "!503 !424", "bc", "model_error", "8", "nothing at all", "cc-100000000007", "000000000000000",
    ])
    func wordsFindWhatTheRowsHold(_ filter: String) {
        let log = log(rows(0..<500))
        let words = filter.split(separator: " ").map(String.init)
        let expected = rows(0..<500).filter { isMatch($0, words) }
        #expect(arranged(log, filter).map(\.requestID) == expected.map(\.requestID))
    }

    @Test(arguments: [
        ("code:424", 125), ("status>=400", 375), ("!status>=400", 125), ("took>0.9s", 54), ("endpoint:int-3", 71),
        ("!deployment:green", 333), ("/^endpoint-[12] blue/", 96), ("agent:java code:200", 25), ("nonsense:1", 0),
        ("!nonsense:1", 0), ("xrequestid:00000003-", 50), ("/[/", 0),
    ])
    func columnsAndPatternsFindWhatTheyName(_ filter: String, count: Int) {
        #expect(arranged(log(rows(0..<500)), filter).count == count, "\(filter)")
    }

    @Test func typingOnGivesTheSameAsTheWholeFilterAtOnce() {
        let log = log(rows(0..<500))
        for text in ["endpoint-3", "424 java", "green 8", "code:503", "!curl 424"] {
            var typed = LogArrangement()
            for length in 1...text.count {
                let filter = Filter(String(text.prefix(length)))
                typed.arrange(log, by: .init(filter: filter.isEmpty ? nil : filter), sort: nil)
            }
            #expect(typed.shown?.map { log[$0].requestID } == arranged(log, text).map(\.requestID), "\(text)")
        }
    }

    @Test func rowsThatArriveAreFilteredAndSortedAmongTheOthers() {
        var log = log(rows(20..<300))
        var arrangement = LogArrangement()
        let conditions = LogArrangement.Conditions(filter: Filter("424"))
        let sort = LogSort(column: .duration)
        arrangement.arrange(log, by: conditions, sort: sort)
        let change = log.merge(
            rows(0..<40),
            from: Samples.now.addingTimeInterval(-39.5),
            workspace: workspace,
            isFrom: { _ in true },
            now: Samples.now
        )
        arrangement.follow(change, of: log)
        let expected = arranged(self.log(rows(0..<300)), "424", sort: sort)
        #expect(arrangement.shown?.map { log[$0].requestID } == expected.map(\.requestID))
    }

    // MARK: Ordering

    @Test(arguments: LogSort.Column.allCases, [true, false])
    func everyColumnSortsAndKeepsTheOrderByTimeAmongEquals(_ column: LogSort.Column, isDescending: Bool) {
        let all = rows(0..<300)
        let sorted = arranged(log(all), "", sort: LogSort(column: column, isDescending: isDescending))
        func key(_ row: TrafficLogRow) -> (String, Int) {
            switch column {
            case .status: ("", row.responseCode)
            case .endpoint: (row.endpointName, 0)
            case .deployment: (row.deploymentName, 0)
            case .auth: (row.authType, 0)
            case .caller: (row.identity, 0)
            case .agent: (row.userAgent, 0)
            case .duration: ("", row.totalMilliseconds)
            case .time: ("", Int(row.time.timeIntervalSince1970))
            }
        }
        let expected = all.enumerated().sorted { left, right in
            let (a, b) = (key(left.element), key(right.element))
            return a == b ? left.offset < right.offset : isDescending ? a > b : a < b
        }
        #expect(sorted.map(\.requestID) == expected.map(\.element.requestID))
    }

    @Test func theLogSortsByItsOwnColumnsAndKeepsItsSelection() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 40)))
        walk.press(.character("5"), .down, .down)
        let selected = walk.state.selectedLogRow
        walk.press(.character(">"))
        #expect(walk.state.logSort == LogSort(column: .status, isDescending: true))
        #expect(walk.state.sort == nil)
        #expect(walk.state.selectedLogRow == selected)
        walk.press(.home)
        #expect(walk.state.logRow(at: 0).responseCode == 424)
        walk.press(.character("I"))
        #expect(walk.state.logRow(at: 0).responseCode == 200)
        walk.press(.character("5"))
        walk.tick(after: 30)
        walk.answerAll { Samples.answer(to: $0) }
        #expect(walk.state.isZoomed && walk.state.logSort?.isDescending == false)
        walk.press(.character("<"))
        #expect(walk.state.logSort == nil)
    }
}
