import AzureCore
import AzureML
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct CopyTests {
    private func settled(_ size: Size = Size(width: 120, height: 36)) -> Walkthrough {
        Walkthrough(state: Samples.state(size))
    }

    private func entry(_ item: CopyItem, _ walk: Walkthrough) -> String? {
        guard case .copy(let menu)? = walk.state.dialog else { return nil }
        return menu.entries.first { $0.item == item }?.text
    }

    @Test(arguments: [
        ("n", "fraud-scoring"), ("i", Samples.id("fraud-scoring").text),
        ("u", "https://fraud-scoring.koreacentral.inference.ml.azure.com/score"),
    ])
    func oneLetterCopiesOneThingOfTheSelection(_ key: String, _ text: String) {
        var walk = settled()
        walk.press(.down, .character("y"))
        #expect(walk.press(.character(Character(key))) == [.copy(text)])
        #expect(walk.state.dialog == nil)
    }

    @Test func theRowIsCopiedAsItIsShown() {
        var walk = settled()
        walk.press(.down, .character("y"))
        let shown = render(walk.state, texts: .english).text(ofRow: 4)
        let row = entry(.row, walk)
        #expect(row?.hasPrefix("fraud-scoring") == true && row?.contains("aad_token") == true)
        #expect(row.map { shown.contains($0) } == true, "\(shown)\n\(row ?? "")")
    }

    @Test func markedRowsAreCopiedTogetherFromTheTop() {
        var walk = settled()
        walk.press(.down, .down, .character(" "), .up, .up, .character(" "))
        #expect(walk.state.marks.count == 2)
        walk.press(.character("y"))
        #expect(entry(.name, walk) == "fraud-scoring\nllm-gateway")
        #expect(entry(.json, walk)?.hasPrefix("[\n") == true)
        #expect(entry(.row, walk)?.split(separator: "\n").count == 2)
        walk.press(.escape, .character("U"))
        #expect(walk.state.marks.isEmpty)
    }

    @Test func rowsOffTheScreenAreCopiedToo() {
        var walk = settled(Size(width: 80, height: 24))
        walk.press(.character("5"))
        for _ in 0..<30 { walk.press(.character(" ")) }
        walk.press(.home, .character("y"))
        #expect(entry(.row, walk)?.split(separator: "\n").count == 30)
        #expect(entry(.id, walk)?.hasPrefix("request-0\nrequest-1\n") == true)
    }

    @Test func theMarkIsSeenAndCountedInTheTitle() {
        var walk = settled()
        walk.press(.character(" "))
        let frame = render(walk.state, texts: .english)
        #expect(frame.text(ofRow: 1).contains("1 Endpoints *1"))
        #expect(frame[2, 3].text == "*")
    }

    @Test func marksOfWhatIsGoneGoToo() {
        var walk = settled()
        walk.press(.character(" "))
        walk.tick(after: 10)
        walk.answer(.endpoints, .endpoints(page: Array(Samples.endpoints.dropFirst()), isLast: true))
        #expect(walk.state.marks.isEmpty)
    }

    @Test func theValueOnTheLineIsCopiedFromAnOutline() {
        var walk = settled(Size(width: 200, height: 40))
        walk.press(.down, .enter, .tab, .down, .down, .down, .character("y"))
        #expect(walk.press(.character("v")) == [.copy("koreacentral")])
    }

    @Test func theMenuLooksGood() {
        var walk = settled(Size(width: 80, height: 24))
        walk.press(.down, .character("y"))
        expect(render(walk.state, texts: .english), matchesGolden: "copy-80x24")
    }

    @Test func keysBehindTheMenuRest() {
        var walk = settled()
        walk.press(.character("y"), .character("5"), .character("z"))
        #expect(walk.state.focus == .endpoints && !walk.state.isFrozen && walk.state.dialog != nil)
        #expect(walk.press(.control("c")) == [.quit])
        walk.press(.escape)
        #expect(walk.state.dialog == nil && walk.state.views.isEmpty)
    }

    @Test(arguments: [
        (CopyOutcome(characterCount: 5, reachedTerminal: true), TextKey.copyDoneTerminal, false),
        (CopyOutcome(characterCount: 5, reachedTerminal: true, program: "xclip"), .copyDoneProgram, false),
        (CopyOutcome(characterCount: 500_000, reachedTerminal: false), .copyTooLong, true),
    ])
    func whatBecameOfItIsSaidForAWhile(_ outcome: CopyOutcome, _ key: TextKey, _ isWarning: Bool) {
        var walk = settled()
        walk.play(.copied(outcome))
        #expect(walk.state.notice?.key == key && walk.state.notice?.isWarning == isWarning)
        walk.tick(after: 5)
        #expect(walk.state.notice != nil)
        walk.tick(after: 2)
        #expect(walk.state.notice == nil)
    }
}
