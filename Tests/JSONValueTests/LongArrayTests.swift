import JSONValue
import Testing

@Suite struct LongArrayTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func arraysOfThatNameAreLeftForLater() throws {
        let text = bytes(#"{"a":[1],"rows":[[1,"]\\\"]"],{"rows":2}],"t":[{"rows":[]},{"rows":5},"rows"]}"#)
        let (value, arrays) = try JSONValue.parse(text, passingOver: "rows")
        #expect(value == ["a": [1], "rows": [], "t": [["rows": []], ["rows": 5], "rows"]])
        #expect(arrays.count == 2)
        var elements: [JSONValue] = []
        try JSONValue.elements(in: arrays[0], of: text) { elements.append($0) }
        #expect(elements == [[1, "]\\\"]"], ["rows": 2]])
        try JSONValue.elements(in: arrays[1], of: text) { _ in Issue.record("an empty array has no elements") }
    }

    @Test(arguments: [#"{"rows":[1,2"#, #"{"rows":["]"#, #"{"rows":["\\"#, #"{"rows":[[1]"#])
    func anArrayThatIsCutEndsTooEarly(_ text: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue.parse(bytes(text), passingOver: "rows") }
        #expect(error?.kind == .unexpectedEnd)
    }

    @Test func mistakesInsideAreFoundWhenTheElementsAreRead() throws {
        let text = bytes(#"{"rows":[1, nil]}"#)
        let (_, arrays) = try JSONValue.parse(text, passingOver: "rows")
        var elements: [JSONValue] = []
        let error = #expect(throws: JSONParseError.self) {
            try JSONValue.elements(in: arrays[0], of: text) { elements.append($0) }
        }
        #expect(error?.offset == 13 && elements == [1])
    }
}
