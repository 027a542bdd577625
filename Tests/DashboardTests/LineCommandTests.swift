import Dashboard
import TerminalUI
import Testing

@Suite struct LineCommandTests {
    private func run(_ line: String, _ walk: inout Walkthrough) -> [Effect] {
        walk.press(.character(":"))
        for character in line { walk.press(.character(character)) }
        return walk.press(.enter)
    }

    private func settled() -> Walkthrough { Walkthrough(state: Samples.state(Size(width: 120, height: 36))) }

    @Test(arguments: ["q", "quit", "  QUIT  ", "qui"])
    func quitLeavesAlways(_ line: String) {
        var walk = settled()
        walk.press(.enter)
        #expect(run(line, &walk) == [.quit])
    }

    @Test func wordsDoWhatTheirKeysDo() {
        var walk = settled()
        _ = run("log", &walk)
        #expect(walk.state.focus == .log)
        _ = run("freeze", &walk)
        #expect(walk.state.isFrozen)
        _ = run("help", &walk)
        #expect(walk.state.views == [.help])
    }

    @Test(arguments: [
        ("sort p95", SortOrder(column: .p95, isDescending: true)),
        ("sort name", SortOrder(column: .name, isDescending: false)),
        ("sort -name", SortOrder(column: .name, isDescending: true)),
        ("sort errors asc", SortOrder(column: .errors, isDescending: false)), ("sort none", nil), ("sort", nil),
    ])
    func sortNamesAColumn(_ line: String, _ order: SortOrder?) {
        var walk = settled()
        _ = run("sort age", &walk)
        _ = run(line, &walk)
        #expect(walk.state.sort == order)
    }

    @Test func filterAndLanguageTakeAnArgument() {
        var walk = settled()
        _ = run("filter fraud aad", &walk)
        #expect(walk.state.filters[.endpoints]?.text == "fraud aad")
        _ = run("language ko", &walk)
        #expect(walk.state.language == .korean)
    }

    @Test(arguments: [
        ("frobnicate", TextKey.commandUnknown), ("sort sideways", .commandWrongArgument),
        ("language fr", .commandWrongArgument), ("e!", .commandUnknown),
    ])
    func whatIsNotUnderstoodIsSaid(_ line: String, _ key: TextKey) {
        var walk = settled()
        #expect(run(line, &walk).isEmpty)
        #expect(walk.state.notice?.key == key)
        walk.press(.down)
        #expect(walk.state.notice == nil)
    }

    @Test(arguments: [
        ("fi", "filter "), ("f", "f"), ("so", "sort "), ("sort p", "sort p95"), ("language k", "language ko"),
        ("zz", "zz"),
        ("de", "deployments "), ("sort n", "sort n"),
    ])
    func tabCompletesAsFarAsTheChoicesAgree(_ typed: String, _ completed: String) {
        var walk = settled()
        walk.press(.character(":"))
        for character in typed { walk.press(.character(character)) }
        walk.press(.tab)
        #expect(walk.state.prompt?.text == completed)
    }

    @Test func theChoicesStandBesideTheLine() {
        var walk = settled()
        walk.press(.character(":"), .character("f"))
        let footer = render(walk.state, texts: .english).text(ofRow: 35)
        #expect(footer.contains(":f") && footer.contains("freeze  filter"))
        walk.press(.escape)
        #expect(walk.state.prompt == nil)
    }
}
