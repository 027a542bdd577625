@testable import Dashboard
import AzureCore
import AzureML
import TerminalUI
import TestSupport
import Testing

@Suite struct ComparePanelTests {
    static func side(
        _ label: String,
        _ body: String,
        status: Int = 200,
        model: Int? = nil,
        milliseconds: Int = 81,
        statistics: ScoringStatistics? = nil
    ) -> ComparedAnswer {
        ComparedAnswer(
            label: label,
            status: status,
            modelStatus: model,
            deployment: label,
            isPinned: true,
            duration: .milliseconds(milliseconds),
            body: Array(body.utf8),
            statistics: statistics
        )
    }

    static let blue =
        #"{"result": [{"id": "tx-1", "score": 0.031}, {"id": "tx-2", "score": 0.974}], "version": 12, "old": true}"#
    static let green = #"{"result": [{"id": "tx-1", "score": 0.03103}, {"id": "tx-2", "score": 0.951}], "version": 13}"#

    static var panel: ComparePanel {
        ComparePanel(first: side("blue", blue), second: side("green", green, milliseconds: 94))
    }

    static func statistics(_ milliseconds: some Sequence<Int>, status: Int = 200) -> ScoringStatistics {
        var statistics = ScoringStatistics()
        for value in milliseconds {
            statistics.record(
                ScoringAnswer(status: status, deployment: "blue", timings: .init(total: .milliseconds(value)))
            )
        }
        return statistics
    }

    @Test func theToleranceDecidesWhichNumbersDiffer() {
        var panel = Self.panel
        #expect(panel.lineCount == 4)
        for _ in 0..<4 { #expect(panel.take(.character("+"), pageHeight: 22) == true) }
        #expect(panel.tolerance == 1e-3)
        #expect(panel.lineCount == 3, "0.031 and 0.03103 are one in a thousand apart")
        for _ in 0..<20 { #expect(panel.take(.character("+"), pageHeight: 22) == true) }
        #expect(panel.tolerance == 0.1)
        #expect(panel.lineCount == 1, "only the member that one side lacks")
        #expect(!panel.isEqual)
        #expect(panel.take(.character("0"), pageHeight: 22) == true)
        #expect(panel.lineCount == 4)
        for _ in 0..<3 { #expect(panel.take(.character("-"), pageHeight: 22) == true) }
        #expect(panel.tolerance == 0)
    }

    @Test func equalWithinTheToleranceIsSaid() {
        var panel = ComparePanel(first: Self.side("a", "[1.0, 2]"), second: Self.side("b", "[1.00001, 2]"))
        #expect(!panel.isEqual)
        for _ in 0..<3 { _ = panel.take(.character("+"), pageHeight: 22) }
        #expect(panel.isEqual)
        let frame = AnswerSamples.frame(100, 20) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        #expect((0..<20).contains { frame.text(ofRow: $0).contains("equal within the tolerance") })
        let same = ComparePanel(first: Self.side("a", "{\"a\":1}"), second: Self.side("b", "{ \"a\": 1.0 }"))
        #expect(same.isEqual == true)
    }

    @Test func bothBodiesStandSideBySide() {
        var panel = Self.panel
        #expect(panel.take(.character("v"), pageHeight: 22) == true)
        #expect(panel.layout == .sideBySide)
        let different = panel.rows.filter(\.isDifferent)
        #expect(different.map(\.first) == ["\"score\": 0.031", "\"score\": 0.974", "\"version\": 12", "\"old\": true"])
        #expect(different.map(\.second) == ["\"score\": 0.03103", "\"score\": 0.951", "\"version\": 13", nil])
        #expect(panel.take(.character("n"), pageHeight: 22) == true)
        #expect(panel.rows[panel.place.cursor].isDifferent)
        let first = panel.place.cursor
        #expect(panel.take(.character("N"), pageHeight: 22) == true)
        #expect(panel.place.cursor > first, "round at the beginning")
        #expect(panel.take(.tab, pageHeight: 22) == true)
        #expect(panel.layout == .differences)
    }

    @Test func whatIsNoJSONIsComparedByteByByte() {
        let panel = ComparePanel(first: Self.side("a", "one\ntwo"), second: Self.side("b", "one\ntoo"))
        #expect(panel.outcome == .bytes(firstDifference: 5))
        #expect(panel.rows.map(\.isDifferent) == [false, true])
        #expect(
            ComparePanel(first: Self.side("a", "x"), second: Self.side("b", "xy")).outcome == .bytes(firstDifference: 1)
        )
        #expect(ComparePanel(first: Self.side("a", ""), second: Self.side("b", "")).isEqual)
        #expect(!ComparePanel(first: Self.side("a", "{}"), second: Self.side("b", "no")).isEqual)
    }

    @Test func otherKeysAreTheForms() {
        var panel = Self.panel
        for key in [Key.escape, .function(9), .character("q"), .character("n")] {
            #expect(panel.take(key, pageHeight: 22) == false)
        }
        for key in [Key.end, .pageDown, .down] { #expect(panel.take(key, pageHeight: 22) == true) }
        #expect(panel.place.cursor == panel.lineCount - 1)
    }

    @Test(arguments: [(80, 22), (200, 56)], Language.allCases)
    func frames(_ size: (Int, Int), _ language: Language) {
        let prefix = language == .korean ? "korean-" : ""
        func record(_ panel: ComparePanel, _ name: String) {
            let frame = AnswerSamples.frame(size.0, size.1, language) {
                $0.draw(panel, in: $1, isFocused: true, of: &$2)
            }
            expect(frame, matchesGolden: "\(prefix)compare-\(name)-\(size.0)x\(size.1)")
        }
        var panel = Self.panel
        _ = panel.take(.down, pageHeight: size.1)
        record(panel, "list")
        _ = panel.take(.character("v"), pageHeight: size.1)
        record(panel, "sides")
        let repeated = ComparePanel(
            first: Self.side("blue", Self.blue, statistics: Self.statistics(70..<110)),
            second: Self.side("green", "crashed", status: 424, model: 500, statistics: Self.statistics(60..<75))
        )
        record(repeated, "repeated")
    }

    @Test func everySizeIsSurvived() {
        var panel = Self.panel
        for _ in 0..<2 {
            for width in [0, 1, 3, 20, 39, 80] {
                for height in [0, 1, 2, 5, 30] {
                    let frame = AnswerSamples.frame(width, height) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
                    for y in 0..<height { #expect((0..<width).reduce(0) { $0 + frame[$1, y].width } == width) }
                }
            }
            _ = panel.take(.character("v"), pageHeight: 20)
        }
    }
}
