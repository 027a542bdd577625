@testable import Dashboard
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@Suite struct ScoringHistoryPanelTests {
    static func record(
        _ id: String,
        minutesAgo: Double,
        _ answer: ScoringAnswer?,
        pinned: String? = nil,
        body: [UInt8]? = Array(#"{"data": [1]}"#.utf8)
    ) -> ScoringRecord {
        ScoringRecord(
            id: id,
            sentAt: Samples.now.addingTimeInterval(-60 * minutesAgo),
            endpoint: Samples.id("fraud-scoring"),
            pinnedDeployment: pinned,
            credential: .primary,
            uri: "https://fraud-scoring.inference.ml.azure.com/score",
            contentType: "application/json",
            requestByteCount: 13,
            requestBody: body,
            answer: answer,
            answerByteCount: answer?.body.count ?? 0,
            failure: answer == nil ? "timedOut" : nil
        )
    }

    static let records = [
        record("c", minutesAgo: 30, AnswerSamples.result),
        record("a", minutesAgo: 1, AnswerSamples.modelFailed, pinned: "green"),
        record("d", minutesAgo: 1_500, nil, body: nil),
        record("b", minutesAgo: 12, AnswerSamples.refused),
    ]

    private func press(_ panel: inout ScoringHistoryPanel, _ keys: Key...) -> ScoringHistoryAction? {
        var action: ScoringHistoryAction?
        for key in keys { action = panel.take(key, pageHeight: 22) }
        return action
    }

    @Test func theLatestIsFirst() {
        let panel = ScoringHistoryPanel(records: Self.records)
        #expect(panel.shown.map(\.id) == ["a", "b", "c", "d"])
        #expect(panel.current?.id == "a")
    }

    @Test func anEntryIsOpenedAndSentAgain() {
        var panel = ScoringHistoryPanel(records: Self.records)
        #expect(press(&panel, .enter) == .open(Self.records[1]))
        #expect(press(&panel, .down, .down, .character("r")) == .rerun(Self.records[0]))
        #expect(press(&panel, .end, .down) == .handled)
        #expect(panel.current?.id == "d")
        #expect(press(&panel, .escape) == .close)
        #expect(press(&panel, .function(9)) == nil)
    }

    @Test func twoAreMarkedAndCompared() throws {
        let first = try #require(ComparedAnswer(Self.records[0]))
        let second = try #require(ComparedAnswer(Self.records[1]))
        var panel = ScoringHistoryPanel(records: Self.records)
        #expect(press(&panel, .character("c")) == nil)
        #expect(press(&panel, .character(" ")) == .handled)
        #expect(panel.marks == ["a"] && panel.current?.id == "b")
        #expect(
            press(&panel, .down, .character(" "), .home, .character("c"))
                == .compare(first, second)
        )
        #expect(press(&panel, .end, .character(" ")) == .handled)
        #expect(panel.marks == ["c", "d"], "a third one takes the place of the first")
        #expect(press(&panel, .character("c")) == nil, "what got no answer has nothing to compare")
        #expect(press(&panel, .character("U"), .character(" "), .character(" ")) == .handled)
        #expect(panel.marks.isEmpty)
    }

    @Test func aMarkedOneIsComparedWithTheOneUnderTheCursor() {
        var panel = ScoringHistoryPanel(records: Self.records)
        let action = press(&panel, .character(" "), .character("c"))
        guard case .compare(let first, let second)? = action else { return #expect(Bool(false)) }
        #expect([first.status, second.status] == [401, 424], "the earlier one first")
    }

    @Test func deletingIsAskedFor() {
        var panel = ScoringHistoryPanel(records: Self.records)
        #expect(press(&panel, .character("x")) == .handled)
        #expect(press(&panel, .character("n")) == .handled)
        #expect(press(&panel, .character("x"), .character("y")) == .delete("a"))
        panel.set(Self.records.filter { $0.id != "a" })
        #expect(panel.current?.id == "b")
    }

    @Test func theSelectionStaysWithItsEntry() {
        var panel = ScoringHistoryPanel(records: Self.records)
        _ = press(&panel, .character(" "), .down)
        #expect(panel.current?.id == "c")
        panel.set(Self.records + [Self.record("new", minutesAgo: 0, AnswerSamples.result)])
        #expect(panel.current?.id == "c" && panel.marks == ["a"])
    }

    @Test func wordsFilterTheEntries() {
        var panel = ScoringHistoryPanel(records: Self.records)
        #expect(press(&panel, .character("/")) == .handled)
        for character in "GREEN 424" { _ = press(&panel, .character(character)) }
        #expect(panel.isTyping && panel.shown.map(\.id) == ["a"])
        #expect(press(&panel, .enter) == .handled)
        #expect(!panel.isTyping && panel.filter == "GREEN 424")
        #expect(press(&panel, .escape) == .handled)
        #expect(panel.shown.count == 4)
    }

    @Test func theQuestionHasThreeAnswers() {
        var panel = ScoringConsentPanel()
        #expect(panel.take(.character("z")) == nil)
        #expect(panel.take(.enter) == .chosen(.no), "what costs nothing is chosen first")
        #expect(panel.take(.down) == .handled)
        #expect(panel.take(.enter) == .chosen(.withoutBodies))
        #expect(panel.take(.character("b")) == .chosen(.withBodies))
        #expect(panel.take(.character("y")) == .chosen(.withoutBodies))
        #expect(panel.take(.character("n")) == .chosen(.no))
        #expect(panel.take(.escape) == .later)
    }

    @Test(arguments: [(80, 22), (200, 56)], Language.allCases)
    func frames(_ size: (Int, Int), _ language: Language) {
        let prefix = language == .korean ? "korean-" : ""
        var panel = ScoringHistoryPanel(records: Self.records)
        _ = press(&panel, .character(" "), .end)
        let list = AnswerSamples.frame(size.0, size.1, language) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        expect(list, matchesGolden: "\(prefix)history-\(size.0)x\(size.1)")
        let consent = AnswerSamples.frame(size.0, size.1, language) { context, _, frame in
            context.draw(ScoringConsentPanel(selected: 1), of: &frame)
        }
        expect(consent, matchesGolden: "\(prefix)consent-\(size.0)x\(size.1)")
    }

    @Test func anEmptyHistorySaysSo() {
        let panel = ScoringHistoryPanel(records: [])
        let frame = AnswerSamples.frame(80, 22) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        #expect((0..<22).contains { frame.text(ofRow: $0).contains("Nothing was sent") })
        #expect(panel.current == nil)
    }
}
