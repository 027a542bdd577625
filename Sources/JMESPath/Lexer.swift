import JSONValue

/// Cuts a query into its tokens.
struct Lexer {
    let bytes: [UInt8]
    var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// All tokens, with `end` behind them.
    mutating func tokens() throws(JMESPathError) -> [Token] {
        var tokens: [Token] = []
        skipSpace()
        while position < bytes.count {
            let start = position
            let kind = try kind()
            tokens.append(Token(kind: kind, range: start..<position))
            skipSpace()
        }
        tokens.append(Token(kind: .end, range: position..<position))
        return tokens
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func kind() throws(JMESPathError) -> Token.Kind {
        switch bytes[position] {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            return .identifier(word())
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number(try number())
        case UInt8(ascii: "\""): return .quotedIdentifier(try quotedIdentifier())
        case UInt8(ascii: "'"): return .literal(.string(try rawString()))
        case UInt8(ascii: "`"): return .literal(try literal())
        default: return try symbol()
        }
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Positions beyond the range of `Int` are as far away as its ends: no array reaches there.
    private mutating func number() throws(JMESPathError) -> Int {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let firstDigit = position
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
        guard position > firstDigit else { throw JMESPathError(.unexpectedCharacter("-"), at: start) }
        return Int(String(decoding: bytes[start..<position], as: UTF8.self)) ?? (isNegative ? .min : .max)
    }

    private mutating func symbol() throws(JMESPathError) -> Token.Kind {
        let first = Unicode.Scalar(bytes[position])
        let second: Unicode.Scalar = position + 1 < bytes.count ? Unicode.Scalar(bytes[position + 1]) : " "
        if let kind = Self.pair(first, second) {
            position += 2
            return kind
        }
        guard let kind = Self.single(first) else {
            let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            throw JMESPathError(.unexpectedCharacter(rest.unicodeScalars.first ?? first), at: position)
        }
        position += 1
        return kind
    }

    private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Token.Kind? {
        switch (first, second) {
        case ("[", "]"): .flatten
        case ("[", "?"): .filter
        case ("|", "|"): .or
        case ("&", "&"): .and
        case ("=", "="): .comparator(.equal)
        case ("!", "="): .comparator(.notEqual)
        case ("<", "="): .comparator(.lessOrEqual)
        case (">", "="): .comparator(.greaterOrEqual)
        default: nil
        }
    }

    private static func single(_ scalar: Unicode.Scalar) -> Token.Kind? {
        switch scalar {
        case ".": .dot
        case "*": .star
        case ",": .comma
        case ":": .colon
        case "@": .at
        case "&": .ampersand
        case "|": .pipe
        case "!": .not
        case "[": .leftBracket
        case "]": .rightBracket
        case "{": .leftBrace
        case "}": .rightBrace
        case "(": .leftParenthesis
        case ")": .rightParenthesis
        case "<": .comparator(.less)
        case ">": .comparator(.greater)
        default: nil
        }
    }
}
