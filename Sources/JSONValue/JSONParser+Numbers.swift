/// Numbers.
extension JSONParser {
    mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let firstDigit = position
        var magnitude = 0
        while let digit = digit() {
            // Beyond 18 digits the value is not used.
            magnitude = magnitude &* 10 &+ digit
        }
        let digits = position - firstDigit
        guard digits > 0 else { throw malformedNumber() }
        guard digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw JSONParseError(.invalidNumber, at: firstDigit, in: bytes)
        }
        let hasFraction = try fraction()
        let hasExponent = try exponent()
        if !hasFraction, !hasExponent, digits <= 18, !(isNegative && magnitude == 0) {
            return JSONNumber(isNegative ? -magnitude : magnitude)
        }
        return JSONNumber(uncheckedText: String(decoding: slice(start..<position), as: UTF8.self))
    }

    private mutating func fraction() throws(JSONParseError) -> Bool {
        guard take(UInt8(ascii: ".")) else { return false }
        guard digit() != nil else { throw malformedNumber() }
        while digit() != nil {}
        return true
    }

    private mutating func exponent() throws(JSONParseError) -> Bool {
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return false }
        if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
        guard digit() != nil else { throw malformedNumber() }
        while digit() != nil {}
        return true
    }

    private mutating func digit() -> Int? {
        guard position < bytes.count else { return nil }
        let value = bytes[position] &- UInt8(ascii: "0")
        guard value < 10 else { return nil }
        position += 1
        return Int(value)
    }

    private func malformedNumber() -> JSONParseError {
        failure(position < bytes.count ? .invalidNumber : .unexpectedEnd)
    }
}
