import JMESPath
import JSONValue
import Testing

@Suite struct FunctionTests {
    @Test(arguments: [
        ("abs(`-1.50`)", "1.50"), ("abs(`2e3`)", "2e3"), ("abs(`-0`)", "0"),
        ("abs(`-9223372036854775808`)", "9223372036854775808"),
        ("ceil(`1.2`)", "2"), ("ceil(`-0.5`)", "0"), ("ceil(`3.0`)", "3"), ("floor(`-0.5`)", "-1"),
        ("floor(`1e400`)", "1e400"),
        ("floor(`12345678901234567890`)", "12345678901234567890"),
        ("sum(`[]`)", "0"), ("sum(`[1, 2.0]`)", "3"), ("sum(`[1, 0.5]`)", "1.5"), ("avg(`[1, 2]`)", "1.5"),
        ("avg(`[]`)", "null"),
        ("avg(`[9223372036854775807, 9223372036854775807]`)", "9.223372036854776e+18"), ("avg(`[2, 4]`)", "3"),
        ("sum(`[9007199254740993, 1]`)", "9007199254740994"),
        ("to_number('1.50')", "1.50"), ("to_number('-3e2')", "-3e2"), ("to_number(`7`)", "7"),
        ("to_number(' 1')", "null"),
        ("to_number('1 ')", "null"), ("to_number('0x1')", "null"), ("to_number('')", "null"),
        ("to_number('01')", "null"),
        ("to_number('\"1\"')", "null"), ("to_number(`true`)", "null"), ("to_number('NaN')", "null"),
    ])
    func numbersAreReckoned(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(arguments: [
        ("contains('deployment', 'ploy')", "true"), ("contains('abc', '')", "true"), ("contains('', 'a')", "false"),
        ("contains('aab', 'ab')", "true"), ("contains('é', 'e')", "false"), ("contains('abc', `1`)", "false"),
        ("contains(`[1, {\"a\": 1}]`, `{\"a\": 1.0}`)", "true"), ("contains(`[1]`, `true`)", "false"),
        ("contains(`[]`, `null`)", "false"),
        ("starts_with('blue', 'bl')", "true"), ("starts_with('blue', '')", "true"), ("starts_with('b', 'bl')", "false"),
        ("ends_with('한국어', '어')", "true"), ("ends_with('blue', 'blue')", "true"),
        ("ends_with('e\u{301}', '\u{301}')", "true"),
        ("join(', ', `[\"a\", \"b\"]`)", "\"a, b\""), ("join('-', `[]`)", "\"\""), ("length('e\u{301}😀')", "3"),
        ("length(`[1, 2]`)", "2"), ("length(`{\"a\": 1, \"a\": 2}`)", "1"), ("reverse('ab😀')", "\"😀ba\""),
        ("reverse(`[1, \"a\"]`)", "[\"a\",1]"), ("to_string('a\"b')", "\"a\\\"b\""),
        ("to_string(`{\"a\": [1.0, null]}`)", "\"{\\\"a\\\":[1.0,null]}\""),
    ])
    func textsAreTakenApartAndPutTogether(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(arguments: [
        ("sort(`[3, 1.0, 2]`)", "[1.0,2,3]"), ("sort(`[\"b\", \"B\", \"a\"]`)", "[\"B\",\"a\",\"b\"]"),
        ("sort(`[]`)", "[]"),
        ("max(`[1, 3.0, 2]`)", "3.0"), ("max(`[1, 1.0]`)", "1"), ("min(`[1.0, 1]`)", "1.0"),
        ("min(`[\"b\", \"a\"]`)", "\"a\""),
        ("max(`[]`)", "null"), ("min(`[]`)", "null"),
        ("sort_by(`[{\"a\": 2, \"b\": 1}, {\"a\": 1, \"b\": 2}, {\"a\": 2.0, \"b\": 3}]`, &a)[].b", "[2,1,3]"),
        ("sort_by(`[]`, &a)", "[]"), ("sort_by(`[\"bb\", \"a\"]`, &length(@))", "[\"a\",\"bb\"]"),
        ("max_by(`[{\"a\": 1, \"b\": 1}, {\"a\": 1, \"b\": 2}]`, &a).b", "1"),
        ("min_by(`[\"bb\", \"a\"]`, &length(@))", "\"a\""),
        ("max_by(`[]`, &a)", "null"), ("min_by(`[]`, &a)", "null"),
    ])
    func thingsArePutInOrder(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(arguments: [
        ("keys(`{\"b\": 1, \"a\": 2, \"b\": 3}`)", "[\"b\",\"a\"]"),
        ("values(`{\"b\": 1, \"a\": 2, \"b\": 3}`)", "[3,2]"),
        ("merge(`{\"a\": 1, \"b\": 2}`, `{\"b\": 3}`, `{\"c\": 4}`)", "{\"a\":1,\"b\":3,\"c\":4}"),
        ("merge(`{}`)", "{}"),
        ("map(&a, `[{\"a\": 1}, {}, 3]`)", "[1,null,null]"), ("not_null(a, `null`, 'x', 'y')", "\"x\""),
        ("not_null(a)", "null"),
        ("to_array('a')", "[\"a\"]"), ("to_array(`[1]`)", "[1]"), ("to_array(`null`)", "[null]"),
        ("[type(`null`), type(`true`), type(`1`), type(''), type(`[]`), type(`{}`)]", "null"),
        (
            "map(&type(@), `[null, true, 1, \"\", [], {}]`)",
            "[\"null\",\"boolean\",\"number\",\"string\",\"array\",\"object\"]"
        ),
        ("map(&not_null(a, @), `[1, {\"a\": 2}]`)", "[1,2]"),
    ])
    func valuesAreCollected(_ query: String, _ answer: String) throws {
        #expect(try search(query) == answer)
    }

    @Test(
        arguments: [
            ("abs('a')", 4, "abs", 1, nil, [.number], .string),
            ("avg(`[1, \"a\"]`)", 4, "avg", 1, 1, [.arrayOfNumbers], .string),
            ("sum(`1`)", 4, "sum", 1, nil, [.arrayOfNumbers], .number),
            ("join(`1`, `[]`)", 5, "join", 1, nil, [.string], .number),
            ("join('', `[\"a\", null]`)", 9, "join", 2, 1, [.arrayOfStrings], .null),
            ("length(`1`)", 7, "length", 1, nil, [.string, .array, .object], .number),
            ("reverse(`{}`)", 8, "reverse", 1, nil, [.array, .string], .object),
            ("contains(`1`, 'a')", 9, "contains", 1, nil, [.array, .string], .number),
            ("starts_with('a', `1`)", 17, "starts_with", 2, nil, [.string], .number),
            ("ends_with(`true`, 'a')", 10, "ends_with", 1, nil, [.string], .boolean),
            ("keys(`[]`)", 5, "keys", 1, nil, [.object], .array),
            ("values('a')", 7, "values", 1, nil, [.object], .string),
            ("merge(`{}`, `null`)", 12, "merge", 2, nil, [.object], .null),
            ("map('a', `[]`)", 4, "map", 1, nil, [.expression], .string),
            ("map(&a, `{}`)", 8, "map", 2, nil, [.array], .object),
            ("ceil(&a)", 5, "ceil", 1, nil, [.number], .expression),
            ("sort(`[1, \"a\"]`)", 5, "sort", 1, 1, [.arrayOfNumbers, .arrayOfStrings], .string),
            ("max(`[null]`)", 4, "max", 1, 0, [.arrayOfNumbers, .arrayOfStrings], .null),
            ("min('a')", 4, "min", 1, nil, [.arrayOfNumbers, .arrayOfStrings], .string),
            ("sort_by(`[{\"a\": 1}, {}]`, &a)", 26, "sort_by", 2, 1, [.number, .string], .null),
            ("max_by(`[1]`, @)", 14, "max_by", 2, nil, [.expression], .null),
            ("min_by(&a, &a)", 7, "min_by", 1, nil, [.array], .expression),
            ("type(&a)", 5, "type", 1, nil, [.null, .boolean, .number, .string, .array, .object], .expression),
            ("a.floor(@)", 8, "floor", 1, nil, [.number], .null),
        ] as [(String, Int, String, Int, Int?, [JMESPathType], JMESPathType)]
    )
    func argumentsHaveTypes(
        _ query: String,
        _ offset: Int,
        _ function: String,
        _ argument: Int,
        _ element: Int?,
        _ expected: [JMESPathType],
        _ actual: JMESPathType
    ) throws {
        let error = try failure(query)
        let kind = JMESPathError.Kind.invalidType(
            function: function,
            argument: argument,
            element: element,
            expected: expected,
            actual: actual
        )
        #expect(error.kind == kind)
        #expect(error.offset == offset)
        #expect(error.family == .invalidType)
    }

    @Test(
        arguments: [
            ("abs()", 1, 1, 0), ("abs(a, b)", 1, 1, 2), ("join('')", 2, 2, 1), ("sort_by(a, &b, c)", 2, 2, 3),
            ("not_null()", 1, nil, 0),
            ("merge()", 1, nil, 0), ("contains(a)", 2, 2, 1), ("map(&a)", 2, 2, 1), ("starts_with(a)", 2, 2, 1),
            ("type()", 1, 1, 0),
        ] as [(String, Int, Int?, Int)]
    )
    func functionsTakeSoManyArguments(_ query: String, _ minimum: Int, _ maximum: Int?, _ actual: Int) throws {
        let error = try #require(throws: JMESPathError.self) { try JMESPathExpression("a." + query) }
        let function = String(query.prefix { $0 != "(" })
        let kind = JMESPathError.Kind.wrongArgumentCount(
            function: function,
            minimum: minimum,
            maximum: maximum,
            actual: actual
        )
        #expect(error.kind == kind)
        #expect(error.offset == 2)
        #expect(error.family == .invalidArity)
    }

    @Test func whatIsNoFunctionIsNamed() throws {
        let error = try #require(throws: JMESPathError.self) { try JMESPathExpression("a | lenght(@)") }
        #expect(error.kind == .unknownFunction("lenght"))
        #expect(error.offset == 4)
        #expect(error.family == .unknownFunction)
    }

    @Test func sumsBeyondTheRangeOfNumbersAreRefused() throws {
        let error = try failure("a || sum(`[1e308, 1e308]`)")
        #expect(error.kind == .numberOutOfRange(function: "sum"))
        #expect(error.offset == 5)
        #expect(error.family == .invalidValue)
    }

    @Test func numbersThatPassThroughKeepTheirSpelling() throws {
        let json = "{\"a\": [1.0, 1e2, 12345678901234567890.12345678901234567890]}"
        #expect(try search("a", json) == "[1.0,1e2,12345678901234567890.12345678901234567890]")
        #expect(
            try search("[a[2], max(a), to_string(a[1]), to_number(a[0])]", json)
                == "[12345678901234567890.12345678901234567890,12345678901234567890.12345678901234567890,\"1e2\",1.0]"
        )
    }
}
