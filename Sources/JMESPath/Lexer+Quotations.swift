import JSONValue

/// Quoted names, raw strings and JSON literals.
extension Lexer {
    /// `"name"`, with the escapes of JSON.
    mutating func quotedIdentifier() throws(JMESPathError) -> String {
        let start = position
        _ = try quotation(.identifier)
        do {
            guard case .string(let name) = try JSONValue.parse(bytes[start..<position]) else { return "" }
            return name
        } catch {
            throw JMESPathError(.invalidQuotation(.identifier, error.kind), at: start)
        }
    }

    /// `'text'`, where only the quote itself can be escaped.
    mutating func rawString() throws(JMESPathError) -> String {
        String(decoding: Self.unescape(UInt8(ascii: "'"), in: try quotation(.rawString)), as: UTF8.self)
    }

    /// JSON in back-ticks, or text that is short for the string of it.
    mutating func literal() throws(JMESPathError) -> JSONValue {
        let start = position
        let content = Self.unescape(UInt8(ascii: "`"), in: try quotation(.literal))
        do {
            return try JSONValue.parse(content)
        } catch {
            guard let text = Self.stringWithoutQuotes(content) else {
                throw JMESPathError(.invalidQuotation(.literal, error.kind), at: start)
            }
            return .string(text)
        }
    }

    /// What stands up to the closing mark; a backslash takes the byte behind it along.
    private mutating func quotation(_ quotation: JMESPathError.Quotation) throws(JMESPathError) -> ArraySlice<UInt8> {
        let start = position
        let mark = bytes[start]
        position += 1
        while position < bytes.count, bytes[position] != mark {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else { throw JMESPathError(.unterminated(quotation), at: start) }
        position += 1
        return bytes[start + 1..<position - 1]
    }

    /// Takes away the backslash before the mark and leaves every other escape alone.
    private static func unescape(_ mark: UInt8, in content: ArraySlice<UInt8>) -> [UInt8] {
        let backslash = UInt8(ascii: "\\")
        var result: [UInt8] = []
        var index = content.startIndex
        while index < content.endIndex {
            if content[index] == backslash, index + 1 < content.endIndex {
                if content[index + 1] != mark { result.append(backslash) }
                index += 1
            }
            result.append(content[index])
            index += 1
        }
        return result
    }

    /// The string that words without quotes stand for; nil where they look like JSON gone wrong.
    private static func stringWithoutQuotes(_ content: [UInt8]) -> String? {
        let words = content.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if let first = words.first, [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(first) {
            return nil
        }
        let quote = [UInt8(ascii: "\"")]
        return (try? JSONValue.parse(quote + words + quote))?.stringValue
    }
}
