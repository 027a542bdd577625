@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import TestSupport
import Testing

@Suite struct AnswerPanelTests {
    /// Presses keys and names the action of the last one.
    @discardableResult
    private func press(_ panel: inout AnswerPanel, _ keys: Key...) -> AnswerAction? {
        var action: AnswerAction?
        for key in keys { action = panel.take(key, pageHeight: 22) }
        return action
    }

    private func type(_ panel: inout AnswerPanel, _ text: String) {
        for character in text { _ = panel.take(.character(character), pageHeight: 22) }
    }

    private func cursorText(_ panel: AnswerPanel) -> String {
        panel.body.line(panel.places[panel.tab]?.cursor ?? 0, panel.tab, width: 80).map(\.text).joined()
    }

    // MARK: What happens

    @Test func nothingIsTakenBeforeAnythingWasSent() {
        var panel = AnswerPanel()
        #expect(!panel.isRunning)
        for key in [Key.down, .character("c"), .character("y"), .enter] { #expect(press(&panel, key) == nil) }
        panel.finish(AnswerSamples.result)
        panel.take(.sent, elapsed: .seconds(1))
        #expect(panel == AnswerPanel())
    }

    @Test func anExchangeGoesThroughItsStages() {
        var panel = AnswerPanel()
        panel.begin(AnswerSamples.sent())
        #expect(panel.isRunning && panel.answer == nil)
        panel.tick(elapsed: .seconds(2))
        panel.tick(elapsed: .seconds(1))
        #expect(panel.elapsed == .seconds(2))
        panel.finish(AnswerSamples.result)
        #expect(!panel.isRunning)
        #expect(panel.answer == AnswerSamples.result)
        #expect(panel.elapsed == AnswerSamples.result.duration)
        panel.tick(elapsed: .seconds(9))
        panel.cancel()
        panel.fail(AzureError(.cancelled))
        #expect(panel.stage == .answered, "what comes late changes nothing")
    }

    @Test func anotherSendingForgetsTheAnswerBefore() {
        var panel = AnswerSamples.panel(AnswerSamples.modelFailed)
        panel.begin(AnswerSamples.sent(pinned: "blue"))
        #expect(panel.answer == nil && panel.explanation == nil && panel.body == AnswerBody())
        panel.cancel()
        #expect(panel.stage == .cancelled)
        #expect(panel.explanation?.sentences.first?.key == .meaningCancelled)
    }

    @Test func aFailureIsExplained() {
        var panel = AnswerPanel()
        panel.begin(AnswerSamples.sent())
        panel.fail(AzureError(.timedOut(after: .seconds(5)), operation: .scoring))
        #expect(panel.tab == .meaning && panel.tabs == [.meaning])
        #expect(panel.explanation?.sentences.first?.key == .meaningTimedOut)
    }

    // MARK: Tabs

    @Test(arguments: [
        (AnswerSamples.result, [AnswerTab.json, .text, .hex, .headers, .meaning]),
        (AnswerSamples.refused, [.text, .hex, .headers, .meaning]),
        (AnswerSamples.image, [.hex, .text, .headers, .meaning]),
        (AnswerSamples.stream, [.stream, .events, .text, .hex, .headers, .meaning]),
        (AnswerSamples.answer(204, type: nil), [.headers, .meaning]),
    ])
    func aBodyIsShownAsWhatItIs(_ answer: ScoringAnswer, _ tabs: [AnswerTab]) {
        var panel = AnswerSamples.panel(answer)
        #expect(panel.tabs == tabs)
        #expect(panel.tab == (panel.body.kind == .empty ? .meaning : tabs[0]))
        for index in tabs.indices {
            #expect(panel.take(.character(Character("\(index + 1)")), pageHeight: 22) == .handled)
            #expect(panel.tab == tabs[index])
        }
        #expect(press(&panel, .character("9")) == nil)
        press(&panel, .character("]"))
        #expect(panel.tab == tabs[0])
        press(&panel, .character("["))
        #expect(panel.tab == tabs[tabs.count - 1])
    }

    @Test func theMeaningOpensAndClosesWithOneKey() {
        var panel = AnswerSamples.panel(AnswerSamples.modelFailed)
        press(&panel, .character("x"))
        #expect(panel.tab == .meaning)
        press(&panel, .character("x"))
        #expect(panel.tab == .json)
    }

    @Test func bytesThatAreNoTextAreSaidToBeNone() {
        var answer = AnswerSamples.answer(200, type: "text/plain")
        answer.body = [0x61, 0xFF, 0x62]
        let panel = AnswerSamples.panel(answer)
        #expect(panel.body.kind == .text && !panel.body.isUTF8)
        answer.set(fields: ["content-type": "application/x-thing"])
        #expect(AnswerSamples.panel(answer).body.kind == .binary)
    }

    // MARK: The outline

    @Test func valuesFoldAndAreCopied() {
        var panel = AnswerSamples.panel(AnswerSamples.result)
        let all = panel.lineCount
        press(&panel, .down)
        #expect(cursorText(panel) == #"  ▾ "result": ["#)
        #expect(
            press(&panel, .character("y"))
                == .copy(
                    #"[{"id": "tx-1", "score": 0.031, "label": "ok"}, {"id": "tx-2", "score": 0.974, "label": "fraud"}]"#
                )
        )
        #expect(press(&panel, .enter) == .handled)
        #expect(panel.lineCount == all - 11)
        press(&panel, .right, .down, .down)
        #expect(cursorText(panel) == #"        "id": "tx-1","#)
        #expect(press(&panel, .character("y")) == .copy("tx-1"))
        press(&panel, .left)
        #expect(cursorText(panel) == "    ▾ {")
        press(&panel, .left)
        #expect(cursorText(panel) == "    ▸ { 3 },")
        press(&panel, .character("+"))
        #expect(panel.lineCount == all)
        press(&panel, .character("-"))
        #expect(cursorText(panel) == #"  ▸ "result": [ 2 ],"#)
        #expect(press(&panel, .character("Y")) == .copy(String(decoding: AnswerSamples.result.body, as: UTF8.self)))
    }

    @Test func theCursorStaysWithinTheLines() {
        var panel = AnswerSamples.panel(AnswerSamples.result)
        press(&panel, .up, .pageUp)
        #expect(panel.places[.json]?.cursor == 0)
        press(&panel, .end, .down, .pageDown, .control("d"))
        #expect(panel.places[.json]?.cursor == panel.lineCount - 1)
        press(&panel, .home)
        #expect(panel.places[.json]?.cursor == 0)
    }

    // MARK: Search

    @Test func aWordIsFoundAlsoWhereItIsFoldedAndWrittenAsEscapes() {
        var panel = AnswerSamples.panel(AnswerSamples.result)
        press(&panel, .character("-"))
        #expect(press(&panel, .character("/")) == .search)
        #expect(panel.isTyping)
        type(&panel, "FRAUD")
        #expect(panel.finding?.lines.count == 2)
        #expect(cursorText(panel) == #"        "label": "fraud""#)
        press(&panel, .enter)
        #expect(!panel.isTyping)
        press(&panel, .character("n"))
        #expect(cursorText(panel) == #"      "name": "fraud","#)
        press(&panel, .character("n"))
        #expect(cursorText(panel) == #"        "label": "fraud""#, "round at the end")
        press(&panel, .character("N"))
        #expect(cursorText(panel) == #"      "name": "fraud","#)
        press(&panel, .escape)
        #expect(panel.finding == nil)
        press(&panel, .character("/"))
        #expect(panel.paste("국어") == true)
        #expect(cursorText(panel) == #"    "note": "한국어 ✓","#)
        press(&panel, .escape)
        #expect(!panel.isTyping && panel.finding == nil)
        #expect(press(&panel, .escape) == nil, "the form's key again")
    }

    @Test func lettersAreTextWhileAWordIsTyped() {
        var panel = AnswerSamples.panel(AnswerSamples.result)
        press(&panel, .character("/"))
        type(&panel, "cby")
        #expect(panel.prompt?.text == "cby")
        #expect(panel.finding?.lines == [])
    }

    // MARK: Actions

    @Test func theFormIsAskedForTheRest() {
        var panel = AnswerSamples.panel(AnswerSamples.result)
        #expect(press(&panel, .character("c")) == .compare)
        #expect(press(&panel, .character("b")) == .sendElsewhere)
        #expect(press(&panel, .character("w")) == .save(suggestedName: "answer-fraud-scoring.json"))
        #expect(press(&panel, .function(9)) == nil)
        var image = AnswerSamples.panel(AnswerSamples.image, AnswerSamples.sent("../x"))
        #expect(press(&image, .character("w")) == .save(suggestedName: "answer-x.png"))
        #expect(press(&image, .character("y")) == .copy("89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52"))
        var empty = AnswerSamples.panel(AnswerSamples.answer(200, type: nil))
        #expect(press(&empty, .character("w")) == nil)
        #expect(press(&empty, .character("Y")) == nil)
    }

    @Test func aHeaderIsCopied() {
        var panel = AnswerSamples.panel(
            AnswerSamples.answer(200, "1", trailers: ["ms-azureml-bandwidth-request-delay-ms": "12"])
        )
        panel.tab = .headers
        #expect(press(&panel, .character("y")) == .handled, "a heading")
        #expect(press(&panel, .down, .character("y")) == .copy(panel.answer?.clientRequestID ?? ""))
        #expect(press(&panel, .down, .down, .down, .character("y")) == .copy("application/json"))
        #expect(press(&panel, .end, .character("y")) == .copy("12"))
    }

    // MARK: Streams

    @Test func aStreamIsReadAsItComes() {
        var panel = AnswerPanel()
        panel.begin(AnswerSamples.sent())
        panel.take(.head(status: 200, AnswerSamples.stream.headerFields), elapsed: .milliseconds(50))
        let bytes = Array(AnswerSamples.events.joined().utf8)
        for start in stride(from: 0, to: bytes.count, by: 7) {
            let part = Array(bytes[start..<min(start + 7, bytes.count)])
            panel.take(.part(part), elapsed: .milliseconds(100 + start))
        }
        #expect(panel.tab == .stream)
        #expect(panel.body.whole(.stream) == AnswerSamples.chunks.joined())
        #expect(panel.body.stream?.eventCount == 7)
        #expect(panel.body.stream?.finishReason == "stop")
        #expect(panel.body.stream?.isDone == true)
        let first = panel.body.stream?.firstToken
        #expect(first.map { $0 > .milliseconds(150) && $0 < .milliseconds(200) } == true)
        panel.finish(AnswerSamples.stream)
        #expect(panel.body.stream?.firstToken == first, "known only of a stream that was watched")
        #expect(panel.tab == .stream)
        #expect(press(&panel, .character("y")) == .copy(AnswerSamples.chunks.joined()))
        press(&panel, .character("]"))
        #expect(panel.tab == .events)
        #expect(
            press(&panel, .home, .character("y"))
                == .copy(#"{"id": "c0", "choices": [{"delta": {"content": "An online"}}]}"#)
        )
    }

    @Test(arguments: [
        (#"{"choices":[{"delta":{"content":"a"}}]}"#, "a"), (#"{"choices":[{"text":"b"}]}"#, "b"),
        (#"{"choices":[{"message":{"content":"c"}}]}"#, "c"), (#"{"token":{"text":"d"}}"#, "d"),
        (#"{"delta":{"text":"e"}}"#, "e"), (#"{"choices":[]}"#, nil), ("[1]", nil),
    ])
    func theWordsOfChunksAreKnown(_ chunk: String, _ words: String?) throws {
        #expect(AnswerStream.words(of: try JSONValue.parse(chunk)) == words)
    }

    @Test func aStreamWithoutWordsShowsItsEvents() {
        let panel = AnswerSamples.panel(
            AnswerSamples.answer(200, "event: tick\ndata: 1\n\ndata: 2\n\n", type: "text/event-stream")
        )
        #expect(panel.tabs.first == .events)
        #expect(panel.body.line(0, .events, width: 80).map(\.text).joined() == "1  tick  1")
    }

    // MARK: Much of it

    /// Of a large body only the lines on the screen are made: their number, not that of the body, is what is drawn.
    @Test func aLargeBodyIsMovedThrough() throws {
        let element = #"{"id": 1, "text": "some words", "list": [1, 2, 3]}"#
        let text = "[" + Array(repeating: element, count: 20_000).joined(separator: ",") + "]"
        #expect(text.utf8.count > 1_000_000)
        var panel = AnswerSamples.panel(AnswerSamples.answer(200, text))
        #expect(panel.lineCount == 20_000 * 5 + 2)
        press(&panel, .end)
        let frame = AnswerSamples.frame(80, 22) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        let shown = (0..<22).map { frame.text(ofRow: $0) }.joined()
        #expect(shown.contains("100 002/100 002"))
        press(&panel, .character("-"))
        #expect(panel.lineCount == 20_002)
        press(&panel, .home, .character("/"))
        type(&panel, "words")
        #expect(panel.finding?.lines.count == 10_000)
        #expect(cursorText(panel).contains("some words"))
    }

    @Test func oneLongStringIsReadToItsEnd() {
        let text = #"{"image": ""# + String(repeating: "QUJD", count: 30_000) + #"END", "n": 1}"#
        var panel = AnswerSamples.panel(AnswerSamples.answer(200, text))
        press(&panel, .end)
        let frame = AnswerSamples.frame(80, 22) { $0.draw(panel, in: $1, isFocused: true, of: &$2) }
        #expect((0..<22).contains { frame.text(ofRow: $0).contains("END\",") })
        press(&panel, .up, .up)
        guard case .copy(let copied)? = press(&panel, .character("y")) else { return #expect(Bool(false)) }
        #expect(copied.hasSuffix("QUJDEND") && copied.utf8.count == 120_003)
    }

    // MARK: Hostile

    @Test func nothingOfABodyIsObeyed() {
        let size = Size(width: 90, height: 30)
        let context = AnswerSamples.context(size)
        for hostile in HostileTexts.all {
            let json = JSONValue.object(JSONObject([.init(name: hostile, value: .string(hostile))])).text()
            let bodies = [
                (hostile, "text/plain"), (json, "application/json"), ("data: \(hostile)\n\n", "text/event-stream"),
            ]
            for (body, type) in bodies {
                var answer = AnswerSamples.answer(424, body, reason: hostile, by: hostile, type: type)
                answer.requestID = hostile
                var panel = AnswerSamples.panel(answer, AnswerSamples.sent(hostile, pinned: hostile))
                for tab in panel.tabs {
                    panel.tab = tab
                    var frame = CellBuffer(size: size)
                    context.draw(panel, in: frame.area, isFocused: true, of: &frame)
                    if let fault = fault(of: frame) {
                        Issue.record("\(fault) in \(tab) of \(hostile.debugDescription)")
                    }
                }
            }
        }
    }

    /// What a terminal would obey, a torn row, or a torn border.
    private func fault(of frame: CellBuffer) -> String? {
        let bar = "│".unicodeScalars.map(\.value)
        for y in 0..<frame.size.height {
            var width = 0
            for x in 0..<frame.size.width {
                let cell = frame[x, y]
                width += cell.width
                for value in [cell.base, cell.firstMark, cell.secondMark]
                where value > 0x7E || value < 0x20 && value > 0 {
                    guard let scalar = Unicode.Scalar(value) else { return "no scalar at \(x), \(y)" }
                    let category = scalar.properties.generalCategory
                    let bad: [Unicode.GeneralCategory] = [.control, .format, .privateUse, .unassigned, .lineSeparator]
                    if bad.contains(category) { return "U+\(String(value, radix: 16)) at \(x), \(y)" }
                }
            }
            if width != frame.size.width { return "a torn row \(y)" }
            let isInside = y > 0 && y < frame.size.height - 1
            if isInside, frame[0, y].base != bar[0] || frame[frame.size.width - 1, y].base != bar[0] {
                return "a torn border in row \(y)"
            }
        }
        return nil
    }
}
