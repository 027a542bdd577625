import JSONValue

/// Functions of texts, some of which take arrays as well. A character is a code point.
extension Evaluator {
    mutating func textual(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        switch arguments.call.function {
        case .contains: return .bool(try contains(arguments))
        case .startsWith: return .bool(try arguments.string(0).utf8.starts(with: try arguments.string(1).utf8))
        case .endsWith:
            let end = try arguments.string(1).utf8.reversed()
            return .bool(try arguments.string(0).utf8.reversed().starts(with: end))
        case .join: return try join(arguments)
        case .length: return .number(JSONNumber(try length(arguments)))
        case .reverse: return try reversed(arguments)
        default: return try text(of: try arguments.any(0))
        }
    }

    private mutating func contains(_ arguments: Arguments) throws(JMESPathError) -> Bool {
        let wanted = try arguments.any(1)
        switch arguments.operands[0] {
        case .value(.string(let text)):
            guard case .string(let part) = wanted else { return false }
            return try contains(Array(text.utf8), Array(part.utf8))
        case .value(.array(let elements)):
            for element in elements where try areEqual(element, wanted) { return true }
            return false
        default: throw arguments.mismatch(0, [.array, .string])
        }
    }

    private mutating func contains(_ text: [UInt8], _ part: [UInt8]) throws(JMESPathError) -> Bool {
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        for start in 0...text.count - part.count where text[start] == first {
            try spend(1 + part.count / 16)
            if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }

    private mutating func join(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        let glue = try arguments.string(0)
        var result = ""
        for (index, text) in try arguments.strings(1).enumerated() {
            try spend(1)
            try spend(onText: text)
            if index > 0 {
                try spend(onText: glue)
                result += glue
            }
            result += text
        }
        return .string(result)
    }

    private func length(_ arguments: Arguments) throws(JMESPathError) -> Int {
        switch arguments.operands[0] {
        case .value(.string(let text)): text.unicodeScalars.count
        case .value(.array(let elements)): elements.count
        case .value(.object(let object)): object.distinctMembers.count
        default: throw arguments.mismatch(0, [.string, .array, .object])
        }
    }

    private mutating func reversed(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        switch arguments.operands[0] {
        case .value(.string(let text)):
            try spend(onText: text)
            var result = String.UnicodeScalarView()
            result.append(contentsOf: text.unicodeScalars.reversed())
            return .string(String(result))
        case .value(.array(let elements)):
            try spend(elements.count)
            return .array(elements.reversed())
        default: throw arguments.mismatch(0, [.array, .string])
        }
    }

    /// A text as it is, anything else as JSON without white space.
    private mutating func text(of value: JSONValue) throws(JMESPathError) -> JSONValue {
        if case .string = value { return value }
        try spend(on: value)
        return .string(value.text())
    }
}
