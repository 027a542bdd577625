@testable import Dashboard
import AzureCore
import TerminalUI
import TestSupport
import Testing

/// The small parts that the panels of an answer are made of.
@Suite struct AnswerPartsTests {
    @Test func linesAreTheSameHoweverTheTextComes() {
        var random = SplitMix(state: 3)
        for _ in 0..<200 {
            let words = ["a", "한글", "\n", "\r\n", "\r", String(repeating: "x", count: 500), "😀", ""]
            let text = (0..<Int(random.next() % 20)).map { _ in words[Int(random.next() % 8)] }.joined()
            let bytes = Array(text.utf8)
            let whole = TextRows(bytes)
            var pieces = TextRows()
            var position = 0
            while position < bytes.count {
                position = min(bytes.count, position + 1 + Int(random.next() % 90))
                pieces.extend(over: Array(bytes[..<position]))
            }
            #expect(pieces == whole)
            let joined = (0..<whole.count).map { whole.text($0, of: bytes) }.joined()
            #expect(joined == text.replacing("\r\n", with: "").replacing("\n", with: "") || text.contains("\r"))
            for line in 0..<whole.count { #expect(whole.range(line).count <= TextRows.maximumLength + 4) }
        }
    }

    @Test func bytesAreShownInRowsOfSixteen() {
        let bytes = (0..<20).map { UInt8($0 + 60) }
        #expect(HexRows.count(of: bytes) == 2)
        let wide = HexRows.spans(0, of: bytes, width: 74).map(\.text).joined()
        #expect(wide == "000000  3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK")
        #expect(HexRows.spans(1, of: bytes, width: 60).map(\.text).joined().hasPrefix("000010  4c 4d 4e 4f  "))
        #expect(HexRows.spans(0, of: [0, 0x7F, 0xFF], width: 80).map(\.text).joined().hasSuffix("..."))
    }

    @Test func wrappedLinesLoseNothingAndFit() {
        var random = SplitMix(state: 5)
        for _ in 0..<300 {
            let words = ["ab", " ", "한", "-", "word ", "\u{1B}", "é"]
            let spans = (0..<Int(random.next() % 30)).map { number in
                Span(words[Int(random.next() % 7)], .series(number))
            }
            let width = 4 + Int(random.next() % 40)
            let lines = LineFlow.wrapped(spans, width: width)
            #expect(lines.joined().map(\.text).joined() == spans.map(\.text).joined())
            for line in lines { #expect(line.width <= width) }
        }
    }

    @Test func aBarIsAsWideAsItShouldBeAndHidesNoPhase() {
        var random = SplitMix(state: 7)
        for _ in 0..<500 {
            let durations = (0..<Int(1 + random.next() % 6)).map { _ in
                Duration.microseconds(Int64(random.next() % 90_000))
            }
            let width = 6 + Int(random.next() % 60)
            let cells = PhaseBar.cells(durations, width: width)
            let isNothing = durations.allSatisfy { $0 == .zero }
            #expect(cells.reduce(0, +) == (isNothing ? 0 : width))
            for (duration, count) in zip(durations, cells) { #expect((duration > .zero) == (count > 0)) }
        }
        #expect(PhaseBar.cells([.seconds(3), .seconds(1)], width: 8) == [6, 2])
    }

    @Test func timesAndSizesHaveThreeDigits() {
        let spans: [(Duration, String)] = [
            (.zero, "0.0 ms"), (.microseconds(420), "0.4 ms"), (.microseconds(9_960), "10 ms"),
            (.milliseconds(209), "209 ms"),
            (.milliseconds(1_240), "1.24 s"), (.milliseconds(62_340), "62.3 s"), (.seconds(-1), "0.0 ms"),
        ]
        for (duration, text) in spans { #expect(Format.span(duration) == text) }
        #expect([5_000, 1_500, 400].map { Format.limit(.milliseconds($0)) } == ["5 s", "1.5 s", "400 ms"])
        #expect(
            [0, 999, 1_000, 39_560, 1_500_000].map { Format.bytes($0) } == [
                "0 B", "999 B", "1.0 kB", "39.6 kB", "1.50 MB",
            ]
        )
    }

    @Test func phasesOfAnExchangeUnderWayAreWhatLiesBetweenTheSteps() {
        var milestones = TransferMilestones()
        milestones.take(.connected, elapsed: .milliseconds(7))
        milestones.take(.sent, elapsed: .milliseconds(9))
        #expect(milestones.phases.map(\.kind) == [.connect, .send])
        #expect(milestones.phases.map(\.duration) == [.milliseconds(7), .milliseconds(2)])
        #expect(milestones.state(AnswerSamples.sent()) == .answerStateWaiting)
        #expect(TransferMilestones().state(nil) == .answerStateBegin)
    }

    @Test func wordsAreFoundWhateverTheirCase() {
        let bytes = Array("one Two\nTHREE 한국 é".utf8)
        #expect(ByteSearch("tWO").isFound(in: bytes, bytes.indices))
        #expect(!ByteSearch("two").isFound(in: bytes, 5..<bytes.count))
        #expect(ByteSearch("국").isFound(in: bytes, bytes.indices))
        #expect(ByteSearch("É").isFound(in: "é"))
        #expect(!ByteSearch("").isFound(in: bytes, bytes.indices))
    }
}
