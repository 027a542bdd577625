import JSONValue
import Testing

@Suite struct WritingTests {
    @Test func orderAndRepeatedNamesAreKept() throws {
        let text = #"{"b":1,"a":2,"b":3}"#
        let value = try JSONValue.parse(text)
        #expect(value.text() == text)
        #expect(value["b"]?.intValue == 3)
    }

    @Test func prettyTextHasOneMemberALine() {
        let value: JSONValue = ["a": [1, []], "b": [:], "c": ["d": nil]]
        let expected = """
            {
              "a": [
                1,
                []
              ],
              "b": {},
              "c": {
                "d": null
              }
            }
            """
        #expect(value.text(pretty: true) == expected)
    }

    @Test func charactersThatCouldSteerATerminalAreEscaped() throws {
        let hostile = "\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{2066}\u{2028}\0\t\"\\"
        let text = JSONValue.string(hostile).text()
        #expect(text == #""\u001b[2J\u007f\u009b\u202e\u2066\u2028\u0000\t\"\\""#)
        #expect(try JSONValue.parse(text).stringValue == hostile)
    }

    @Test func membersCanBeSetAndRemoved() {
        var object = JSONObject([.init(name: "a", value: 1), .init(name: "a", value: 2), .init(name: "b", value: 3)])
        object["a"] = 9
        #expect(object.members.map(\.value) == [1, 9, 3])
        object["c"] = true
        #expect(object.members.map(\.name) == ["a", "a", "b", "c"])
        object["a"] = nil
        #expect(object.members.map(\.name) == ["b", "c"])
    }
}
