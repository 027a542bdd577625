/// A recursive-descent reader over bytes in memory.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private var depth = 0
    var pool = StringPool()
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

/// Single bytes, and the place of a mistake.
extension JSONParser {
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[range])
    }

    func failure(_ kind: JSONParseError.Kind) -> JSONParseError {
        JSONParseError(kind, at: position, in: bytes)
    }

    func unexpected() -> JSONParseError {
        failure(position < bytes.count ? .unexpectedCharacter : .unexpectedEnd)
    }
}
