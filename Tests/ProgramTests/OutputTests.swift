import AzureML
import JSONValue
import Testing

@testable import amltop

@Suite struct OutputTests {
    private static let value: JSONValue = [
        ["name": "a", "tags": ["x": 1], "list": [1, 2], "none": nil, "on": true, "n": 1.5], ["b"], "plain", true, nil,
    ]

    @Test func tabsStandBetweenValuesAsTheAzureCLIHasThem() {
        #expect(TabSeparated.text(Self.value) == "a\t\t2\tNone\tTrue\t1.5\nb\nplain\ntrue\nNone\n")
        #expect(TabSeparated.text(["name": "a", "n": 2]) == "a\t2\n")
        #expect(TabSeparated.text([]) == "")
    }

    @Test func textsAreRawButOnATerminal() {
        let value: JSONValue = ["a\u{1B}[2J\u{202E}"]
        #expect(TabSeparated.text(value) == "a\u{1B}[2J\u{202E}\n")
        #expect(TabSeparated.text(value, isForTerminal: true) == "a\u{FFFD}[2J\u{FFFD}\n")
    }

    private func plain(_ text: String) -> String {
        text.replacing(/\u{1B}\[3[0-9]m/, with: "")
    }

    @Test func coloursChangeNothingElse() {
        let value: JSONValue = [
            "name": "a: b", "it's": ["deep": [[], [:], nil, 1]], "url": "https://x:1/y", "quoted: name": "line\nbreak",
            "\u{1B}[2J": "\u{1B}[2J", "long": .string(String(repeating: "word: ", count: 40)),
        ]
        #expect(plain(Colouring.json(value)) == value.text(pretty: true) + "\n")
        #expect(plain(Colouring.yaml(value)) == value.yaml())
        #expect(Colouring.json(value).contains("\u{1B}[34m\"name\"\u{1B}[39m: \u{1B}[32m\"a: b\"\u{1B}[39m"))
        #expect(Colouring.yaml(value).contains("\u{1B}[34murl\u{1B}[39m: https://x:1/y\n"))
    }
}
