import JMESPath
import JSONValue
import Testing

@Suite struct LimitTests {
    private static func repeated(_ part: String, _ count: Int = 5_000) -> String {
        String(repeating: part, count: count)
    }

    @Test(arguments: [
        repeated("("), repeated("["), repeated("!"), repeated("{a:"), repeated("f("), repeated("a[?"), repeated("a.["),
        repeated("*."),
        repeated("[*]"), "a" + repeated("[]"), "a" + repeated(" == a"), repeated("[@]|") + "@",
        repeated("abs(@)|") + "@",
        "a" + repeated("[:]"), "a" + repeated("[?b]"), repeated("map(&[@],"), "@" + repeated(".[@]"),
        repeated("!@ && ("),
    ])
    func deepNestingIsRefusedRatherThanFollowed(_ query: String) throws {
        let error = try #require(throws: JMESPathError.self) { try JMESPathExpression(query) }
        #expect(error.kind == .tooDeep)
        #expect(error.family == .limit)
    }

    @Test func nestingUpToTheLimitWorks() throws {
        let depth = JMESPathExpression.maximumDepth - 1
        #expect(try search(Self.repeated("(", depth) + "@" + Self.repeated(")", depth), "1") == "1")
        #expect(try search(Self.repeated("[", depth) + "@" + Self.repeated("]", depth), "1").count == 2 * depth + 1)
        #expect(try search(Self.repeated("!", depth) + "@", "1") == "false")
        let value = Self.repeated("[", depth) + Self.repeated("]", depth)
        #expect(try search("@" + Self.repeated("[]", depth), value) == "[]")
        #expect(try search(Self.repeated("[@]|", depth) + "@", value).count == 4 * depth)
    }

    @Test func literalsNestAsDeepAsJSON() throws {
        let error = try failure("`" + Self.repeated("[") + "`")
        #expect(error.kind == .invalidQuotation(.literal, .tooDeep))
    }

    @Test func longRowsAreNotDeep() throws {
        #expect(try search("a" + Self.repeated(".a"), "{\"a\": 1}") == "null")
        #expect(try search("@" + Self.repeated("[0]"), "[[1]]") == "null")
        #expect(try search("@" + Self.repeated("|@"), "1") == "1")
        #expect(try search("`null`" + Self.repeated("||`null`") + "|| 'x'") == "\"x\"")
        #expect(try search("`1`" + Self.repeated("&&`1`") + "&& 'x'") == "\"x\"")
        #expect(try search("length([@" + Self.repeated(",@") + "])", "1") == "5001")
    }

    /// Each doubles what it is given, which shared memory makes cheap to build and endless to write.
    @Test(arguments: [
        repeated("[@,@]|", 60) + "@", repeated("[@,@]|", 60) + "to_string(@)", repeated("[@,@]|", 60) + "@ == @",
        repeated("[@,@]|", 60) + "@" + repeated("|[]", 60), repeated("join('',[@,@])|", 60) + "@",
        repeated("{a:@,b:@}|", 60) + "@",
        repeated("[@,@]|", 60) + "contains(@, @[0])",
        repeated("[@,@]|", 60) + "map(&@[][][][][][][][][][][][][][][][][][][][],@)",
    ])
    func multiplyingResultsComeToAnEnd(_ query: String) throws {
        let expression = try JMESPathExpression(query)
        let error = try #require(throws: JMESPathError.self) { try expression.search("seed", budget: 200_000) }
        #expect(error.kind == .tooMuchWork)
        #expect(error.family == .limit)
    }

    @Test func theBudgetCountsStepsAndAnswer() throws {
        let expression = try JMESPathExpression("[*].a")
        let value = try JSONValue.parse("[{\"a\": 1}, {\"a\": 2}]")
        #expect(throws: Never.self) { try expression.search(value, budget: 7) }
        #expect(throws: JMESPathError.self) { try expression.search(value, budget: 6) }
    }

    @Test func hostileTextNeverTraps() throws {
        let pieces = [
            "a", "[", "]", "[?", "*", ".", "\\", "'", "\"", "`", "&", "|", "!", "-", "9", ":", "{", "}", "(", ")", ",",
            "\0", "é", "=", "<", "@",
        ]
        var state: UInt64 = 42
        var read = 0
        for _ in 0..<2_000 {
            var query = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                query += pieces[Int(state >> 33) % pieces.count]
            }
            if let expression = try? JMESPathExpression(query) {
                read += 1
                _ = try? expression.search(["a": [1, [2], ["a": "b"]]])
            }
        }
        #expect(read > 0)
    }
}
