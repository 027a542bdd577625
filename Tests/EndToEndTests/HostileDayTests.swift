import JSONValue
import TestSupport
import Testing

/// An Azure whose every word is made to break the terminal, through the built program.
@Suite(.serialized) struct HostileDayTests {
    private static let perPage = 36

    @Test func noSequenceReachesTheTerminalThatWasNotMeant() async throws {
        var texts = HostileTexts.all
        if Corpus.exists { texts += try Corpus.hostileTexts().map(\.text) }
        // The transport of the tests is JSON text; what is longer than a screen has been seen by then.
        texts = texts.map { String($0.prefix(300)) }
        let azure = try await SimulatorProcess()
        let terminal = try PseudoTerminal(amltopPath, environment: azure.environment, columns: 160, rows: 45)
        try await terminal.wait(forText: "my-endpoint")
        try azure.order(#"{"kind": "status", "status": 403}"#, on: "ResourceGraph")
        terminal.send("1")
        try await terminal.wait(forTextToGo: "2 Deployments")
        for start in stride(from: 0, to: texts.count, by: Self.perPage) {
            let page = Array(texts[start..<min(start + Self.perPage, texts.count)])
            try azure.order(try fault(endpoints: page, marker: "page-\(start)"), on: "/onlineEndpoints\\?")
            terminal.send("\u{1B}[15~")
            try await terminal.wait(forText: "page-\(start)")
            expectWholeBorders(terminal, "page \(start)")
            // The details of one of them, and back.
            terminal.send("\r")
            try await terminal.wait(forText: "Esc closes")
            terminal.send("\u{1B}")
            try await terminal.wait(forText: "1 Endpoints")
            try azure.clearFaults()
            try azure.order(#"{"kind": "status", "status": 403}"#, on: "ResourceGraph")
        }
        terminal.send("\u{3}")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
        let strangers = TerminalSequences(of: terminal.output).strangers
        #expect(strangers.isEmpty, "\(Set(strangers).prefix(20))")
    }

    @Test func anErrorInHostileWordsIsShownAndNotObeyed() async throws {
        let day = try await BadDay()
        try await day.begin()
        for text in HostileTexts.escapes + HostileTexts.invisible {
            let body: JSONValue = ["error": ["code": .string(text), "message": .string(text)]]
            let fault: JSONValue = ["kind": "status", "status": 400, "body": body]
            try day.azure.order(fault.text(), on: BadDay.listPath)
            day.refresh()
            try await day.waitForTrouble(/the request was refused/)
            try day.azure.clearFaults()
        }
        day.refresh()
        try await day.waitUntilCalm()
        try await day.quit()
        #expect(TerminalSequences(of: day.terminal.output).strangers == [])
    }

    @Test(arguments: [
        "\u{1B}]0;x\u{7}", "\u{1B}[6n", "\u{7}", "\u{9B}31m", "\u{1B}P1\u{1B}\\", "\u{1B}[?1000h", "\u{1B}[21t",
    ])
    func theReaderKnowsAStranger(_ text: String) {
        #expect(!TerminalSequences(of: Array("a\(text)b".utf8)).strangers.isEmpty)
    }

    private func expectWholeBorders(_ terminal: PseudoTerminal, _ what: String) {
        for row in 2..<terminal.screen.rows - 2 {
            let left = terminal.screen.cell(column: 0, row: row).text
            let right = terminal.screen.cell(column: terminal.screen.columns - 1, row: row).text
            #expect("│◂".contains(left) && "│▸".contains(right), "\(what): \(terminal.screen.line(row))")
        }
    }

    /// A list of endpoints in which each word of one is a text; the marker comes first.
    private func fault(endpoints texts: [String], marker: String) throws -> String {
        let root =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/"
        let items = ([" " + marker] + texts).enumerated().map { index, text -> JSONValue in
            let word = JSONValue.string(text)
            let properties: JSONValue = [
                "authMode": "Key", "provisioningState": index % 5 == 4 ? word : "Succeeded", "scoringUri": word,
                "description": word,
                "traffic": .object(JSONObject([.init(name: text, value: 100)])),
            ]
            return [
                "id": .string(root + "e\(index)"), "name": word, "kind": "Managed", "location": word,
                "tags": .object(JSONObject([.init(name: text, value: word)])), "properties": properties,
            ]
        }
        let fault: JSONValue = ["kind": "status", "status": 200, "body": ["value": .array(items)]]
        return fault.text()
    }
}
