import JSONValue

/// Functions of numbers. Where a number only passes through, its spelling does.
extension Evaluator {
    func numeric(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        switch arguments.call.function {
        case .abs: return .number(Self.magnitude(try arguments.number(0)))
        case .ceil: return .number(Self.rounded(try arguments.number(0), .up))
        case .floor: return .number(Self.rounded(try arguments.number(0), .down))
        case .toNumber: return Self.number(from: try arguments.any(0))
        case .avg:
            let numbers = try arguments.numbers(0)
            return numbers.isEmpty ? .null : try Self.sum(of: numbers, dividedBy: numbers.count, arguments)
        default: return try Self.sum(of: try arguments.numbers(0), dividedBy: 1, arguments)
        }
    }

    private static func magnitude(_ number: JSONNumber) -> JSONNumber {
        let text = number.text
        guard text.hasPrefix("-"), case .number(let positive) = try? JSONValue.parse(String(text.dropFirst())) else {
            return number
        }
        return positive
    }

    private static func rounded(_ number: JSONNumber, _ rule: FloatingPointRoundingRule) -> JSONNumber {
        if let whole = number.intValue { return JSONNumber(whole) }
        // Too large for `Int` is too large for a fraction a `Double` could tell.
        return Int(exactly: number.doubleValue.rounded(rule)).map { JSONNumber($0) } ?? number
    }

    /// Whole numbers are added exactly as long as they fit.
    private static func sum(
        of numbers: [JSONNumber],
        dividedBy count: Int,
        _ arguments: Arguments
    ) throws(JMESPathError) -> JSONValue {
        if let total = wholeSum(of: numbers), total.isMultiple(of: count) { return .number(JSONNumber(total / count)) }
        let total = numbers.reduce(0) { $0 + $1.doubleValue }
        guard let result = JSONNumber(total / Double(count)) else {
            let function = arguments.call.function.rawValue
            throw JMESPathError(.numberOutOfRange(function: function), at: arguments.call.offset)
        }
        return .number(result)
    }

    private static func wholeSum(of numbers: [JSONNumber]) -> Int? {
        var total = 0
        for number in numbers {
            guard let value = number.intValue else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(value)
            guard !overflow else { return nil }
            total = sum
        }
        return total
    }

    /// A number as it is, a text where it is a JSON number and nothing else, null for all others.
    private static func number(from value: JSONValue) -> JSONValue {
        switch value {
        case .number: return value
        case .string(let text):
            guard let first = text.utf8.first, let last = text.utf8.last, isSignOrDigit(first), isSignOrDigit(last),
                let number = try? JSONValue.parse(text), case .number = number
            else { return .null }
            return number
        default: return .null
        }
    }

    /// What a number begins and ends with; white space around it does not.
    private static func isSignOrDigit(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
