/// Texts and their escapes.
extension JSONParser {
    mutating func string() throws(JSONParseError) -> String {
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
