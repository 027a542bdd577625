import AzureML
import JSONValue
import TestSupport
import Testing
import Yams

@Suite struct YAMLTests {
    @Test func blocksListsAndEmptyOnesLookAsTheCLIWritesThem() {
        let value: JSONValue = [
            "name": "churn", "tags": [:], "list": [1, [2, 3], ["a": true, "b": nil]], "none": [],
            "traffic": ["blue": 100],
        ]
        let text = """
            name: churn
            tags: {}
            list:
            - 1
            - - 2
              - 3
            - a: true
              b: null
            none: []
            traffic:
              blue: 100

            """
        #expect(value.yaml() == text)
    }

    @Test(arguments: [
        "yes", "No", "null", "~", "", "12", "1_0", "0x1f", "1e5", "1.5", "2025-05-01", "12:30:45", "<<", "=",
    ])
    func whatWouldBeReadAsSomethingElseIsQuoted(_ text: String) throws {
        let value: JSONValue = ["key": .string(text), text + "x": 1]
        #expect(value.yaml().hasPrefix("key: '\(text)'\n"))
    }

    @Test(arguments: [
        "plain words", "a: b", "- a", "# no", "trailing ", " leading", "it's", "\"quoted\"", "한국어 東京 🙂", "back\\slash",
        "two\nlines", "\n", "tab\there", "a\u{1B}[2Jb", "nul\u{0}", "\u{202E}evil", "\u{85}\u{2028}", "a\u{FEFF}",
        "@at",
        "`tick",
        "%percent", "&anchor", "*alias", "!tag", "{a: b}", "[a]", "?", ": ", "a #b", "---", "...",
        "a long text that has to be folded somewhere because it does not fit into the eighty columns of a line \u{202E} x",
    ])
    func everyTextIsReadBackAsItWas(_ text: String) throws {
        let value: JSONValue = ["key": .string(text), "list": [.string(text)], "x": ["deep": .string(text)]]
        let node = try #require(try compose(yaml: value.yaml()))
        #expect(node["key"]?.string == text)
        #expect(node["list"]?[0]?.string == text && node["list"]?.sequence?.count == 1)
        #expect(node["x"]?["deep"]?.string == text)
        let named: JSONValue = .object(JSONObject([.init(name: text, value: 1)]))
        #expect(try compose(yaml: named.yaml())?.mapping?.first?.key.string == text)
    }

    @Test func nothingInItActsOnATerminal() {
        let hostile = String(String.UnicodeScalarView((0...0x2FFF).compactMap(Unicode.Scalar.init))) + "\u{FEFF}"
        let text = JSONValue.object(JSONObject([.init(name: hostile, value: .array([.string(hostile)]))])).yaml()
        let risky = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A: false
            case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
            default: false
            }
        }
        #expect(risky.isEmpty)
    }

    @Test func aByteOrderMarkIsEscaped() {
        #expect(JSONValue.string("\u{FEFF}").yaml() == "\"\\uFEFF\"\n")
    }

    @Test func otherScriptsAreWrittenAsTheyAre() {
        let tags: JSONValue = ["팀": "사기탐지"]
        #expect(tags.yaml() == "팀: 사기탐지\n")
    }

    @Test(arguments: [
        ("1", "1"), ("-0", "-0"), ("0.25", "0.25"), ("1e5", "1.0e+5"), ("1.5E-7", "1.5e-7"), ("2E+3", "2.0e+3"),
        ("12345678901234567890123", "12345678901234567890123"),
    ])
    func numbersKeepEveryDigitAndStayNumbers(_ json: String, _ yaml: String) throws {
        #expect(try JSONValue.parse("{\"n\":\(json)}").yaml() == "n: \(yaml)\n")
    }

    @Test func ofRepeatedNamesTheLastIsWritten() throws {
        #expect(try JSONValue.parse(#"{"a":1,"b":2,"a":3}"#).yaml() == "b: 2\na: 3\n")
    }

    @Test(.enabled(if: Corpus.exists, "the shared corpus is not here"))
    func hostileTextsAreReadBackAsTheyWere() throws {
        for file in ["bidi-invisible", "blns", "combining", "emoji", "terminal-escapes", "utf8-demo"] {
            for line in try Corpus.text("corpus/hostile/\(file).jsonl").split(separator: "\n") {
                let value = try JSONValue.parse(String(line))
                // The reader drops a byte order mark at the start of a string; the writer does not.
                let strings =
                    value.objectValue?.members.compactMap(\.value.stringValue)
                    .filter { $0.unicodeScalars.first != "\u{FEFF}" } ?? []
                for text in strings {
                    let yaml = JSONValue.array([.string(text)]).yaml()
                    #expect(try compose(yaml: yaml)?[0]?.string == text, "\(file)")
                    #expect(!yaml.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
                }
            }
        }
    }
}
