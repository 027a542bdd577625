import Testing

@testable import AzureSimulator

@Suite struct JSONParsingTests {
    private func parsed(_ text: String) -> String? {
        JSON.parse(Array(text.utf8))?.text
    }

    @Test(arguments: [
        "null", "true", "false", "0", "-0", "12", "-7", "1.5", "[]", "{}", "[1,[2,{}]]", #"{"b":1,"a":[true,null]}"#,
        #""text""#, #"{"같은":"값"}"#, "9223372036854775807", #""\"\\\n\t""#,
    ])
    func whatIsWrittenIsReadAndMembersKeepTheirOrder(text: String) {
        #expect(parsed(text) == text.replacing("-0", with: "0"))
    }

    @Test func numbersAndEscapesComeInSeveralSpellings() {
        #expect(parsed(" [ 1e2 , -2.50E+1, 1.0 ] ") == "[100.0,-25.0,1.0]")
        #expect(parsed("9223372036854775808") == "9.223372036854776e+18")
        #expect(parsed(#""\u00e9\/\ud83d\ude00""#) == "\"é/😀\"")
        #expect(parsed(#""\ud83d!""#) == "\"\u{fffd}!\"")
        #expect(parsed(#""\ud83d\u0041""#) == "\"\u{fffd}A\"")
    }

    @Test(arguments: [
        "", " ", "nul", "01", "-", "1.", ".5", "1e", "+1", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{a:1}",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[", "{", "1 2", "'a'", "NaN",
    ])
    func whatIsNoJSONIsNone(text: String) {
        #expect(parsed(text) == nil)
    }

    @Test func brokenUTF8IsNone() {
        #expect(JSON.parse([UInt8(ascii: "\""), 0xff, UInt8(ascii: "\"")]) == nil)
    }

    @Test func whatIsNestedTooDeepIsNone() {
        #expect(parsed(String(repeating: "[", count: 500) + String(repeating: "]", count: 500)) != nil)
        #expect(parsed(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)) == nil)
    }
}
