import JMESPath
import JSONValue
import Testing

@Suite struct OperatorTests {
    @Test(arguments: [
        ("`1` == `1.0`", "true"), ("`1` != `1e0`", "false"), ("`0.1` == `0.10`", "true"), ("`-0` == `0`", "true"),
        ("`9007199254740993` == `9007199254740992`", "false"), ("`9007199254740993` > `9007199254740992.0`", "true"),
        ("`123456789012345678901` > `123456789012345678900`", "true"), ("`1e400` < `1e401`", "true"),
        ("`1e400` == `10e399`", "true"), ("`-1e400` < `1`", "true"), ("`0.05` < `0.5`", "true"),
        ("`-2` < `-1.5`", "true"),
        ("`0e999999999999999999999` == `0`", "true"), ("`1e-400` > `0`", "true"), ("`-1e-400` < `0`", "true"),
        ("`1` == '1'", "false"), ("`1` == `true`", "false"), ("`null` == `false`", "false"), ("`null` == x", "true"),
        ("`[1, 2]` == `[1.0, 2]`", "true"), ("`[1, 2]` == `[2, 1]`", "false"), ("`[1]` == `[1, 2]`", "false"),
        ("`{\"a\": 1, \"b\": 2}` == `{\"b\": 2, \"a\": 1}`", "true"), ("`{\"a\": 1}` == `{\"b\": 1}`", "false"),
        ("`{\"a\": 1, \"a\": 2}` == `{\"a\": 2}`", "true"), ("`{\"a\": 1}` != `{\"a\": 1, \"b\": 1}`", "true"),
        ("'é' == 'e\u{301}'", "false"),
    ])
    func equalityIsByValue(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(arguments: [
        ("`1` < `2`", "true"), ("`2` <= `2`", "true"), ("`2` > `2`", "false"), ("`2` >= `2`", "true"),
        ("`3` <= `2`", "false"),
        ("'2024-01-02' > '2024-01-01'", "true"), ("'a' <= 'a'", "true"), ("'Z' < 'a'", "true"),
        ("'\u{FFFD}' < '😀'", "true"),
        ("'1' < `2`", "null"), ("`true` < `false`", "null"), ("`[]` >= `[]`", "null"), ("`null` < `1`", "null"),
    ])
    func numbersAndTextsHaveAnOrderAndNothingElse(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(arguments: [
        ("`0`", true), ("`0.0`", true), ("' '", true), ("`[0]`", true), ("`{\"a\": null}`", true), ("`true`", true),
        ("`false`", false), ("`null`", false), ("''", false), ("`[]`", false), ("`{}`", false), ("missing", false),
    ])
    func emptinessIsFalse(_ query: String, _ isTrue: Bool) throws {
        #expect(try search("!\(query)") == "\(!isTrue)")
        #expect(try search("!!\(query)") == "\(isTrue)")
        #expect(try search("\(query) && 'yes' || 'no'") == (isTrue ? "\"yes\"" : "\"no\""))
    }

    @Test(arguments: [
        ("`0` && `[]` && 'x'", "[]"), ("`false` || `[]` || ''", "\"\""), ("`false` || `1` && `2`", "2"),
        ("(`1` || `0`) && `false`", "false"), ("`1` == `1` && `2` < `1`", "false"), ("`1` | `2` || `3`", "2"),
        ("`1` < `2` == `true`", "true"), ("`false` && abs('x')", "false"), ("`1` || abs('x')", "1"),
    ])
    func operatorsAnswerWithAnOperand(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }
}
