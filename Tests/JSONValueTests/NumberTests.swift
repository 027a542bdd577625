import JSONValue
import Testing

@Suite struct NumberTests {
    @Test(arguments: [
        "0", "-0", "-0.0", "1e5", "1E+5", "0.1", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "123456789012345678901234567890", "1.000000000000000000000001", "999999999999999999",
    ])
    func numbersAreWrittenAsTheyWereRead(_ text: String) throws {
        #expect(try JSONValue.parse(text).text() == text)
    }

    @Test(arguments: [
        ("3", 3), ("3.0", 3), ("3e0", 3), ("-9007199254740991", -9_007_199_254_740_991),
        ("9223372036854775807", 9_223_372_036_854_775_807), ("3.5", nil), ("1e30", nil),
        ("9223372036854775808", nil),
    ])
    func wholeNumbersAreExactOrNil(_ text: String, _ value: Int?) throws {
        #expect(try JSONValue.parse(text).intValue == value)
    }

    @Test func doublesThatJSONCannotWriteBecomeNull() {
        #expect(JSONNumber(.infinity) == nil)
        #expect(JSONNumber(.nan) == nil)
        #expect(JSONValue(floatLiteral: 2.5).text() == "2.5")
        #expect(JSONNumber(4.0)?.text == "4")
    }
}
