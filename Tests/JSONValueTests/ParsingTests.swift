import JSONValue
import Testing

@Suite struct ParsingTests {
    @Test(
        arguments: [
            ("null", JSONValue.null), ("true", true), (" false ", false), ("0", 0), ("-7", -7), ("\"\"", ""),
            ("[]", []), ("{}", [:]), ("[1,[2,{\"a\":[]}]]", [1, [2, ["a": []]]]), ("\u{FEFF}1", 1),
            ("\t\r\n{ \"a\" : 1 }\n", ["a": 1]),
        ] as [(String, JSONValue)]
    )
    func valuesAreRead(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
    }

    @Test(arguments: [
        ("", JSONParseError.Kind.unexpectedEnd, 0), ("[1", .unexpectedEnd, 2), ("{\"a\"", .unexpectedEnd, 4),
        ("\"abc", .unexpectedEnd, 4), ("\"\\", .unexpectedEnd, 2), ("\"\\u12", .unexpectedEnd, 5),
        ("1.", .unexpectedEnd, 2),
        ("-", .unexpectedEnd, 1), ("tru", .unexpectedEnd, 3), ("[1,]", .unexpectedCharacter, 3),
        ("{\"a\":1,}", .unexpectedCharacter, 7), ("{a:1}", .unexpectedCharacter, 1), ("nul!", .unexpectedCharacter, 3),
        ("'a'", .unexpectedCharacter, 0), ("[1 2]", .unexpectedCharacter, 3), ("01", .invalidNumber, 0),
        ("1.x", .invalidNumber, 2), ("1e+", .unexpectedEnd, 3), ("-a", .invalidNumber, 1),
        ("\"\\x\"", .invalidEscape, 1),
        ("\"\\u12G4\"", .invalidEscape, 1), ("\"a\nb\"", .controlCharacter, 2), ("1 1", .trailingContent, 2),
        ("{} x", .trailingContent, 3), ("NaN", .unexpectedCharacter, 0), ("+1", .unexpectedCharacter, 0),
    ])
    func mistakesAreNamedWithTheirPlace(_ text: String, _ kind: JSONParseError.Kind, _ offset: Int) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse(text) }
        #expect(error?.kind == kind)
        #expect(error?.offset == offset)
    }

    @Test func placesCountLinesAndCharacters() {
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse("{\n  \"사기\": ?\n}") }
        #expect(error?.line == 2)
        #expect(error?.column == 9)
    }

    @Test(arguments: [
        ("\"\\u00e9\\n\\/\\\"\"", "é\n/\""), ("\"\\ud83d\\ude00\"", "😀"), ("\"\\ud83d\"", "\u{FFFD}"),
        ("\"\\ud83dx\"", "\u{FFFD}x"), ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\"\\ude00\"", "\u{FFFD}"),
        ("\"\\u0000\"", "\0"), ("\"한국어\"", "한국어"),
    ])
    func escapesAreRead(_ text: String, _ string: String) throws {
        #expect(try JSONValue.parse(text).stringValue == string)
    }

    @Test func bytesThatAreNotUTF8AreRepaired() throws {
        let bytes: [UInt8] = [0x22, 0x61, 0xFF, 0x62, 0x22]
        #expect(try JSONValue.parse(bytes).stringValue == "a\u{FFFD}b")
    }

    @Test func nestingHasALimit() throws {
        let deepest = JSONValue.maximumDepth
        let allowed = String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest)
        #expect(throws: Never.self) { try JSONValue.parse(allowed) }
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse(String(repeating: "[", count: 100_000)) }
        #expect(error?.kind == .tooDeep)
    }

    @Test func anyPrefixOfAnObjectEndsTooEarly() {
        let text = #"{"a": [1, -2.5e3, "x\u0041", true, null], "b": {"c": "d"}}"#
        for length in 1..<text.utf8.count {
            let error = #expect(throws: JSONParseError.self) { try JSONValue.parse(text.utf8.prefix(length)) }
            #expect(error?.kind == .unexpectedEnd, "\(length)")
        }
    }

    @Test func longTextsThatRepeatStayThemselves() throws {
        let ids = (0..<2000).map { "/subscriptions/00000000/resourceGroups/rg/endpoints/endpoint-\($0 % 700)" }
        let text = "[" + ids.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        #expect(try JSONValue.parse(text).arrayValue?.compactMap(\.stringValue) == ids)
    }
}
