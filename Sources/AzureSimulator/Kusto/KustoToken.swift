/// The smallest piece of a query.
struct KustoToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Names and keywords, also those with a sign: `in~`, `!has`.
        case name
        case integer(Int64)
        case real(Double)
        /// A length of time in tenths of a microsecond: `5m`, `1.5h`.
        case timespan(Int64)
        case string(String)
        /// `datetime(…)` with what is between the brackets, which is no expression.
        case datetime(String)
        /// Operators and brackets.
        case sign
        case end
    }

    let kind: Kind
    /// As written.
    let text: String
    /// From 1.
    let line: Int
    /// From 0, within the line.
    let position: Int
    /// Where it begins and ends in the query's characters.
    let range: Range<Int>
}

/// Cuts a query into tokens.
struct KustoTokenizer {
    private let characters: [Character]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    private init(_ text: String) {
        characters = Array(text)
    }

    /// The tokens of a query, an `end` last.
    ///
    /// - Throws: `KustoError` at the first character no token begins with, or an open string.
    static func tokens(_ text: String) throws(KustoError) -> [KustoToken] {
        var tokenizer = KustoTokenizer(text)
        var tokens: [KustoToken] = []
        while true {
            let token = try tokenizer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private mutating func next() throws(KustoError) -> KustoToken {
        skipBlank()
        let start = index
        guard index < characters.count else { return token(.end, from: start, text: "<EOF>") }
        let character = characters[index]
        if character.isLetter || character == "_" {
            let name = name(from: start)
            return name.text == "datetime" ? datetime(name) : name
        }
        if character.isWholeNumber { return try number(from: start) }
        if character == "\"" || character == "'" { return try string(from: start, isVerbatim: false) }
        if character == "@", let quote = peek(1), quote == "\"" || quote == "'" {
            index += 1
            return try string(from: start, isVerbatim: true)
        }
        if character == "!", let letter = peek(1), letter.isLetter {
            index += 1
            return name(from: start)
        }
        for sign in Self.signs where matches(sign) {
            index += sign.count
            return token(.sign, from: start)
        }
        index += 1
        throw .syntax(at: token(.sign, from: start))
    }

    /// Longest first.
    private static let signs: [[Character]] = [
        "==", "!=", "=~", "!~", "<=", ">=", "..", "|", "(", ")", ",", "=", "<", ">", "+", "-", "*", "/", "%", ";", "[",
        "]",
        ".",
    ].map(Array.init)

    private func matches(_ sign: [Character]) -> Bool {
        index + sign.count <= characters.count && Array(characters[index..<index + sign.count]) == sign
    }

    private func peek(_ offset: Int) -> Character? {
        index + offset < characters.count ? characters[index + offset] : nil
    }

    private mutating func skipBlank() {
        while index < characters.count {
            if characters[index].isNewline {
                index += 1
                line += 1
                lineStart = index
            } else if characters[index].isWhitespace {
                index += 1
            } else if characters[index] == "/", peek(1) == "/" {
                while index < characters.count, !characters[index].isNewline { index += 1 }
            } else {
                return
            }
        }
    }

    private func token(_ kind: KustoToken.Kind, from start: Int, text: String? = nil) -> KustoToken {
        KustoToken(
            kind: kind,
            text: text ?? String(characters[start..<index]),
            line: line,
            position: start - lineStart,
            range: start..<index
        )
    }

    private mutating func name(from start: Int) -> KustoToken {
        while let character = peek(0), character.isLetter || character.isNumber || character == "_" { index += 1 }
        if peek(0) == "~", ["in", "!in"].contains(String(characters[start..<index])) { index += 1 }
        return token(.name, from: start)
    }

    /// The whole of `datetime(2025-05-01T14:33:06Z)`; the name alone when no bracket follows.
    private mutating func datetime(_ name: KustoToken) -> KustoToken {
        guard peek(0) == "(", let close = characters[index...].firstIndex(of: ")") else { return name }
        let inside = characters[(index + 1)..<close].filter { $0 != "\"" && $0 != "'" }
        index = close + 1
        let trimmed = inside.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return token(.datetime(String(trimmed)), from: name.range.lowerBound)
    }

    private mutating func number(from start: Int) throws(KustoError) -> KustoToken {
        while peek(0)?.isWholeNumber == true { index += 1 }
        var isReal = false
        if peek(0) == ".", peek(1)?.isWholeNumber == true {
            isReal = true
            index += 1
            while peek(0)?.isWholeNumber == true { index += 1 }
        }
        let digits = String(characters[start..<index])
        let unitStart = index
        while let character = peek(0), character.isLetter { index += 1 }
        let unit = String(characters[unitStart..<index])
        guard let value = Double(digits) else { throw .syntax(at: token(.sign, from: start)) }
        if unit.isEmpty {
            if isReal { return token(.real(value), from: start) }
            guard let whole = Int64(digits) else { throw .syntax(at: token(.sign, from: start)) }
            return token(.integer(whole), from: start)
        }
        guard let ticks = Self.ticks[unit] else { throw .syntax(at: token(.sign, from: start)) }
        return token(.timespan(Int64((value * ticks).rounded())), from: start)
    }

    /// Tenths of a microsecond in each unit of a length of time.
    private static let ticks: [String: Double] = [
        "d": 864_000_000_000, "day": 864_000_000_000, "days": 864_000_000_000, "h": 36_000_000_000,
        "hr": 36_000_000_000,
        "hour": 36_000_000_000, "hours": 36_000_000_000, "m": 600_000_000, "min": 600_000_000, "minute": 600_000_000,
        "minutes": 600_000_000, "s": 10_000_000, "sec": 10_000_000, "second": 10_000_000, "seconds": 10_000_000,
        "ms": 10_000, "milliseconds": 10_000, "microsecond": 10, "microseconds": 10, "tick": 1, "ticks": 1,
    ]

    private mutating func string(from start: Int, isVerbatim: Bool) throws(KustoError) -> KustoToken {
        let quote = characters[index]
        index += 1
        var value = ""
        while let character = peek(0) {
            index += 1
            if character == quote {
                guard isVerbatim, peek(0) == quote else { return token(.string(value), from: start) }
                index += 1
            } else if character == "\\", !isVerbatim, let escaped = peek(0) {
                index += 1
                value.append(Self.escapes[escaped] ?? escaped)
                continue
            } else if character.isNewline {
                break
            }
            value.append(character)
        }
        throw .syntax(at: token(.sign, from: start))
    }

    private static let escapes: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r"]
}
