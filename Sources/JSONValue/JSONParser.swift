/// A recursive-descent reader over bytes in memory.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0
    private var pool = StringPool()
    private let namePassedOver: String?
    private(set) var arraysPassedOver: [Range<Int>] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, passingOver name: String? = nil) {
        self.bytes = bytes
        namePassedOver = name
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Begins in the middle of a text.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) {
        self.init(bytes)
        position = offset
    }

    mutating func document() throws(JSONParseError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure(.trailingContent) }
        return value
    }

    private mutating func value() throws(JSONParseError) -> JSONValue {
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONParseError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONParseError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw failure(.unexpectedCharacter)
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONParseError) -> JSONValue
    ) throws(JSONParseError) -> JSONValue {
        guard depth < JSONValue.maximumDepth else { throw failure(.tooDeep) }
        depth += 1
        position += 1
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONParseError) -> JSONValue {
        var members: [JSONObject.Member] = []
        if take(UInt8(ascii: "}")) { return .object(JSONObject(members)) }
        repeat {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            skipSpace()
            let value = name == namePassedOver && peek() == UInt8(ascii: "[") ? try passOver() : try value()
            members.append(JSONObject.Member(name: name, value: value))
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected() }
        return .object(JSONObject(members))
    }

    private mutating func array() throws(JSONParseError) -> JSONValue {
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            skipSpace()
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
        return .array(elements)
    }

    /// The elements of the array that begins here.
    mutating func elements(_ each: (JSONValue) -> Void) throws(JSONParseError) {
        guard take(UInt8(ascii: "[")) else { throw unexpected() }
        skipSpace()
        if take(UInt8(ascii: "]")) { return }
        repeat {
            skipSpace()
            each(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected() }
    }

    /// To the bracket that ends the array beginning here; brackets inside texts do not count.
    private mutating func passOver() throws(JSONParseError) -> JSONValue {
        let start = position
        var open = 0
        var isInText = false
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\\") where isInText: position += 1
            case UInt8(ascii: "\""): isInText.toggle()
            case UInt8(ascii: "[") where !isInText: open += 1
            case UInt8(ascii: "]") where !isInText:
                open -= 1
                if open == 0 {
                    arraysPassedOver.append(start..<position)
                    return .array([])
                }
            default: break
            }
        }
        position = bytes.count
        throw failure(.unexpectedEnd)
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[index]) {
            throw unexpected()
        }
        return value
    }
}

// MARK: - Numbers

extension JSONParser {
    private mutating func number() throws(JSONParseError) -> JSONNumber {
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

// MARK: - Strings

extension JSONParser {
    private mutating func string() throws(JSONParseError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = pool.string(slice(start..<position))
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
            guard byte >= 0x20 else { throw failure(.controlCharacter) }
            position += 1
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONParseError) -> String {
        var text = Array(slice(start..<position))
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw failure(.controlCharacter)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONParseError) {
        guard position + 1 < bytes.count else {
            position = bytes.count
            throw failure(.unexpectedEnd)
        }
        let letter = bytes[position + 1]
        if letter == UInt8(ascii: "u") {
            let scalar = try unicodeEscape()
            text.append(contentsOf: String(Character(scalar)).utf8)
            return
        }
        guard let byte = Self.escapes[letter] else { throw failure(.invalidEscape) }
        text.append(byte)
        position += 2
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// One `\uXXXX`, or two of them where they are a surrogate pair.
    private mutating func unicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let first = try hexEscape()
        guard (0xD800...0xDFFF).contains(first) else { return Unicode.Scalar(first) ?? replacement }
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return replacement }
        let behindFirst = position
        let second = try hexEscape()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = behindFirst
            return replacement
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
    }

    private mutating func hexEscape() throws(JSONParseError) -> UInt32 {
        guard position + 6 <= bytes.count else {
            position = bytes.count
            throw failure(.unexpectedEnd)
        }
        var value: UInt32 = 0
        for index in position + 2..<position + 6 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw failure(.invalidEscape)
            }
            value = value << 4 | UInt32(digit)
        }
        position += 6
        return value
    }
}

// MARK: - Bytes

extension JSONParser {
    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range])
    }

    private func failure(_ kind: JSONParseError.Kind) -> JSONParseError {
        JSONParseError(kind, at: position, in: bytes)
    }

    private func unexpected() -> JSONParseError {
        failure(position < bytes.count ? .unexpectedCharacter : .unexpectedEnd)
    }
}
