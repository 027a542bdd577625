@testable import Dashboard
import AzureCore
import AzureML
import TerminalUI
import TestSupport
import Testing

@Suite struct RepeatPanelTests {
    private static func panel(
        count: Int = 10,
        lanes: [String?] = [nil],
        production: Bool = false
    ) -> RepeatPanel {
        RepeatPanel(
            plan: RepeatPlan(count: count, parallel: 2, lanes: lanes, bodyBytes: 142),
            endpoint: "churn",
            isProduction: production
        )
    }

    @discardableResult
    private func type(_ panel: inout RepeatPanel, _ text: String) -> RepeatAction? {
        var action: RepeatAction?
        for character in text { action = panel.take(.character(character)) }
        return action
    }

    private static func report(_ counts: [Int], isOver: Bool = false, stopped: Bool = false) -> RepeatReport {
        RepeatReport(
            perLane: counts.map { count in ComparePanelTests.statistics((0..<count).map { 60 + $0 % 40 }) },
            done: counts.reduce(0, +) + 1,
            failures: 1,
            isOver: isOver,
            stopped: stopped,
            samples: counts.map { _ in AnswerSamples.result }
        )
    }

    // MARK: The question before it begins

    @Test func fewRequestsBeginAtOnce() {
        var panel = Self.panel()
        #expect(panel.take(.enter) == .start(RepeatPlan(count: 10, parallel: 2, lanes: [nil], bodyBytes: 142)))
        #expect(panel.isRunning)
    }

    @Test func moreOfThemWantAnAnswer() {
        var panel = Self.panel(count: 11)
        #expect(panel.take(.enter) == .handled)
        #expect(panel.stage == .confirming(.yes))
        for key in [Key.enter, .character("n"), .character("Y")] { #expect(panel.take(key) == nil) }
        #expect(panel.take(.escape) == .handled)
        #expect(panel.stage == .planning)
        #expect(panel.take(.enter) == .handled)
        #expect(panel.take(.character("y")) == .start(panel.plan))
    }

    @Test func lanesCountTogether() {
        #expect(Self.panel(count: 5, lanes: ["blue", "green"]).confirmation == nil)
        #expect(Self.panel(count: 6, lanes: ["blue", "green"]).confirmation == .yes)
        #expect(Self.panel(count: 50, lanes: ["blue", "green"]).confirmation == .yes)
        #expect(Self.panel(count: 51, lanes: ["blue", "green"]).confirmation == .name)
    }

    @Test(arguments: [(101, false), (1, true)])
    func manyAndAllInProductionWantTheName(_ count: Int, _ production: Bool) {
        var panel = Self.panel(count: count, production: production)
        #expect(panel.take(.enter) == .handled)
        #expect(panel.stage == .confirming(.name))
        #expect(panel.take(.character("y")) == .handled, "a letter like any other")
        #expect(panel.take(.enter) == .handled)
        #expect(panel.isNameWrong && !panel.isRunning)
        #expect(panel.take(.control("u")) == .handled)
        type(&panel, "churn")
        #expect(panel.take(.enter) == .start(panel.plan))
    }

    // MARK: Fields

    @Test func onlyNumbersWithinTheLimitsBegin() {
        var panel = Self.panel()
        #expect(panel.take(.character("a")) == nil)
        #expect(panel.take(.control("u")) == .handled)
        type(&panel, "1001")
        #expect(panel.wrongField == .count)
        #expect(panel.take(.tab) == .handled)
        #expect(panel.take(.enter) == .handled)
        #expect(panel.stage == .planning && panel.field == .count, "back to what is wrong")
        #expect(panel.take(.backspace) == .handled)
        #expect(panel.plan.count == 100 && panel.wrongField == nil)
        #expect(panel.take(.tab) == .handled)
        type(&panel, "9")
        #expect(panel.wrongField == .parallel)
        #expect(panel.plan.parallel == RepeatPlan.mostParallel, "never more, whatever is typed")
        #expect(panel.take(.escape) == .close)
    }

    // MARK: Running

    @Test func figuresComeAndItCanBeStopped() {
        var panel = Self.panel(count: 40, lanes: ["blue", "green"])
        panel.take(Self.report([1, 1]))
        #expect(panel.report == nil, "nothing was begun")
        _ = panel.take(.enter)
        _ = panel.take(.character("y"))
        panel.take(Self.report([4, 3]))
        panel.take(Self.report([9, 8]))
        #expect(panel.latencies.map(\.count) == [2, 2])
        #expect(panel.take(.down) == nil)
        #expect(panel.take(.character("s")) == .stop)
        #expect(panel.isRunning && panel.isStopping)
        panel.take(Self.report([10, 9], isOver: true, stopped: true))
        #expect(panel.stage == .over)
        panel.take(Self.report([11, 9]))
        #expect(panel.report?.perLane[0].sampleCount == 10)
        guard case .compare(let first, let second)? = panel.take(.character("c")) else { return #expect(Bool(false)) }
        #expect([first.label, second.label] == ["blue", "green"])
        #expect(second.statistics?.sampleCount == 9)
        #expect(panel.take(.character("r")) == .handled)
        #expect(panel.stage == .planning)
    }

    @Test func theMeanOfWhatCameIsKept() throws {
        var panel = Self.panel(count: 4)
        _ = panel.take(.enter)
        for values in [[10], [10, 30, 50]] {
            panel.take(RepeatReport(perLane: [ComparePanelTests.statistics(values)], done: values.count, failures: 0))
        }
        let means = panel.latencies[0].compactMap { $0 }
        #expect(means.count == 2)
        #expect(abs(means[0] - 10) < 0.1 && abs(means[1] - 40) < 0.1)
    }

    @Test func oneLaneIsComparedWithNothing() {
        var panel = Self.panel(count: 2)
        _ = panel.take(.enter)
        panel.take(Self.report([2], isOver: true))
        #expect(panel.take(.character("c")) == nil)
        #expect(panel.take(.escape) == .close)
    }

    @Test func whatCannotBeginSaysWhy() {
        var panel = Self.panel(count: 2, lanes: ["blue", "green"])
        let error = AzureError(.noCredential([]), operation: .scoring)
        panel.fail(error)
        #expect(panel.stage == .planning, "nothing was begun")
        _ = panel.take(.enter)
        panel.fail(error)
        #expect(panel.stage == .failed(error))
        let frame = AnswerSamples.frame(80, 22) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        #expect(frame.text(ofRow: 1).contains("✗ Couldn't send the payload"))
        #expect(panel.take(.character("c")) == nil)
        #expect(panel.take(.character("r")) == .handled)
        #expect(panel.stage == .planning)
    }

    // MARK: Frames

    @Test(arguments: [(80, 22), (200, 56)], Language.allCases)
    func frames(_ size: (Int, Int), _ language: Language) {
        let prefix = language == .korean ? "korean-" : ""
        func record(_ panel: RepeatPanel, _ name: String) {
            let frame = AnswerSamples.frame(size.0, size.1, language) {
                $0.draw(panel, in: $1, isFocused: true, of: &$2)
            }
            expect(frame, matchesGolden: "\(prefix)repeat-\(name)-\(size.0)x\(size.1)")
        }
        var panel = Self.panel(count: 200, production: true)
        record(panel, "plan")
        _ = panel.take(.enter)
        type(&panel, "chur")
        _ = panel.take(.enter)
        record(panel, "name")
        panel = Self.panel(count: 50, lanes: ["blue", "green"])
        _ = panel.take(.enter)
        _ = panel.take(.character("y"))
        for step in 1..<20 { panel.take(Self.report([step * 2, step])) }
        record(panel, "running")
        panel.take(Self.report([50, 49], isOver: true))
        record(panel, "over")
    }

    @Test func percentilesSayHowManyAnswersTheyWant() {
        #expect([0.5, 0.9, 0.95, 0.99].map(ViewContext.sampleNeeded) == [1, 10, 20, 100])
        for share in [0.5, 0.9, 0.95, 0.99] {
            let needed = ViewContext.sampleNeeded(for: share)
            #expect(ComparePanelTests.statistics(repeatElement(5, count: needed)).percentile(share) != nil)
            if needed > 1 {
                #expect(ComparePanelTests.statistics(repeatElement(5, count: needed - 1)).percentile(share) == nil)
            }
        }
    }
}
