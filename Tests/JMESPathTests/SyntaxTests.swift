import JMESPath
import JSONValue
import Testing

@Suite struct SyntaxTests {
    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("a.", .unexpectedEnd, 2), ("a[", .unexpectedEnd, 2),
            ("a[0", .unexpectedEnd, 3),
            ("a[?b", .unexpectedEnd, 4), ("{a: b", .unexpectedEnd, 5), ("{a", .unexpectedEnd, 2),
            ("f(a", .unexpectedEnd, 3), ("(a", .unexpectedEnd, 2),
            ("a ||", .unexpectedEnd, 4), ("!", .unexpectedEnd, 1), ("[a,", .unexpectedEnd, 3),
            ("a[1:", .unexpectedEnd, 4), ("sort_by(a, &", .unexpectedEnd, 12),
            ("a b", .unexpectedToken("b"), 2), ("a..b", .unexpectedToken("."), 2), (".a", .unexpectedToken("."), 0),
            ("a.1", .unexpectedToken("1"), 2),
            ("a.'b'", .unexpectedToken("'b'"), 2), ("a.@", .unexpectedToken("@"), 2),
            ("a[b]", .unexpectedToken("b"), 2), ("a[0, 1]", .unexpectedToken(","), 3),
            ("a[ ]", .unexpectedToken("]"), 3), ("[a,]", .unexpectedToken("]"), 3), ("{}", .unexpectedToken("}"), 1),
            ("{a}", .unexpectedToken("}"), 2),
            ("{'a': b}", .unexpectedToken("'a'"), 1), ("{a: b,}", .unexpectedToken("}"), 6),
            ("a{b: c}", .unexpectedToken("{"), 1),
            ("\"f\"(a)", .unexpectedToken("("), 3), ("(f)(a)", .unexpectedToken("("), 3),
            ("@(a)", .unexpectedToken("("), 1), ("f(a,)", .unexpectedToken(")"), 4),
            ("f(a b)", .unexpectedToken("b"), 4), ("&a", .unexpectedToken("&"), 0), ("[&a]", .unexpectedToken("&"), 1),
            ("a | &b", .unexpectedToken("&"), 4),
            ("a == ", .unexpectedEnd, 5), ("a * b", .unexpectedToken("*"), 2), ("a[*]b", .unexpectedToken("b"), 4),
            ("a[*]*", .unexpectedToken("*"), 4),
            ("a[1:2:3:4]", .unexpectedToken(":"), 7), ("a[1 2:3]", .unexpectedToken("2"), 4),
            ("a[:b]", .unexpectedToken("b"), 3), ("a.[]", .unexpectedToken("[]"), 2),
            ("a.[?b]", .unexpectedToken("[?"), 2), ("a !b", .unexpectedToken("!"), 2), ("1", .unexpectedToken("1"), 0),
            ("사기.a", .unexpectedCharacter("사"), 0),
            ("a)", .unexpectedToken(")"), 1), ("a[?b?]", .unexpectedCharacter("?"), 4),
            ("a = b", .unexpectedCharacter("="), 2), ("a # b", .unexpectedCharacter("#"), 2),
            ("a[-]", .unexpectedCharacter("-"), 2), ("a\u{1B}", .unexpectedCharacter("\u{1B}"), 1),
            ("a.\"b", .unterminated(.identifier), 2), ("'a", .unterminated(.rawString), 0),
            ("a == `1", .unterminated(.literal), 5),
            ("'a\\'", .unterminated(.rawString), 0), ("`\\", .unterminated(.literal), 0),
            ("\"\\", .unterminated(.identifier), 0),
            ("\"\\x\"", .invalidQuotation(.identifier, .invalidEscape), 0),
            ("\"a\nb\"", .invalidQuotation(.identifier, .controlCharacter), 0),
            ("a == `[1`", .invalidQuotation(.literal, .unexpectedEnd), 5),
            ("`{a: 1}`", .invalidQuotation(.literal, .unexpectedCharacter), 0),
            ("`\"a`", .invalidQuotation(.literal, .unexpectedEnd), 0),
            ("`a\"b`", .invalidQuotation(.literal, .unexpectedCharacter), 0),
            ("a[::0]", .zeroStep, 4), ("[1:2:0]", .zeroStep, 5),
        ] as [(String, JMESPathError.Kind, Int)]
    )
    func mistakesAreNamedWithTheirPlace(_ query: String, _ kind: JMESPathError.Kind, _ offset: Int) throws {
        let error = try #require(throws: JMESPathError.self) { try JMESPathExpression(query) }
        #expect(error.kind == kind)
        #expect(error.offset == offset)
    }

    @Test(arguments: [
        ("a.", JMESPathError.Family.syntax), ("a b", .syntax), ("a = b", .lexical), ("'a", .lexical),
        ("\"\\x\"", .lexical), ("[::0]", .invalidValue),
    ])
    func mistakesBelongToFamilies(_ query: String, _ family: JMESPathError.Family) throws {
        #expect(try failure(query).family == family)
    }

    @Test(arguments: [
        ("f(a).", JMESPathError.Kind.unexpectedEnd), ("abs() b", .unexpectedToken("b")),
        ("a[::0:]", .unexpectedToken(":")),
        ("[f(a), abs(), a[::0]]", .unknownFunction("f")), ("[a[::0], f(a)]", .zeroStep),
    ])
    func whatIsMalformedIsToldBeforeWhatIsOnlyWrong(_ query: String, _ kind: JMESPathError.Kind) throws {
        #expect(try failure(query).kind == kind)
    }

    @Test func anExpressionKeepsItsText() throws {
        #expect(try JMESPathExpression(" a . b ").text == " a . b ")
    }
}
