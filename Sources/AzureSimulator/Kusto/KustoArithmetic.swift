/// `+ - * / %` on numbers and times.
enum KustoArithmetic {
    /// The type of the result; `nil` when the operator does not take these.
    static func type(_ sign: String, _ left: KustoType, _ right: KustoType) -> KustoType? {
        switch (left, right) {
        case _ where left.isNumber && right.isNumber:
            left == .real || right == .real ? .real : left == .long || right == .long ? .long : .int
        case (.datetime, .timespan) where sign == "+" || sign == "-": .datetime
        case (.timespan, .datetime) where sign == "+": .datetime
        case (.datetime, .datetime) where sign == "-": .timespan
        case (.timespan, .timespan): sign == "+" || sign == "-" || sign == "%" ? .timespan : sign == "/" ? .real : nil
        case (.timespan, _) where right.isNumber && (sign == "*" || sign == "/"): .timespan
        case (_, .timespan) where left.isNumber && sign == "*": .timespan
        default: nil
        }
    }

    static func value(_ sign: String, _ left: KustoValue, _ right: KustoValue) -> KustoValue {
        switch (left, right) {
        case (.long(let a), .long(let b)): whole(sign, a, b).map { .long($0) } ?? .null
        case (.datetime(let a), .timespan(let b)): .datetime(sign == "+" ? a &+ b : a &- b)
        case (.timespan(let a), .datetime(let b)): .datetime(a &+ b)
        case (.datetime(let a), .datetime(let b)): .timespan(a &- b)
        case (.timespan(let a), .timespan(let b)) where sign == "/": .real(Double(a) / Double(b))
        case (.timespan(let a), .timespan(let b)): whole(sign, a, b).map { .timespan($0) } ?? .null
        case (.timespan(let a), _): right.number.flatMap { span(sign, Double(a), $0) } ?? .null
        case (_, .timespan(let b)): left.number.flatMap { span(sign, $0, Double(b)) } ?? .null
        default: real(sign, left.number, right.number)
        }
    }

    /// Integer division cuts; dividing by zero gives null.
    private static func whole(_ sign: String, _ a: Int64, _ b: Int64) -> Int64? {
        switch sign {
        case "+": a &+ b
        case "-": a &- b
        case "*": a &* b
        case "/": b == 0 ? nil : a.wrappingQuotient(by: b)
        default: b == 0 || b == -1 ? (b == 0 ? nil : 0) : a % b
        }
    }

    private static func real(_ sign: String, _ a: Double?, _ b: Double?) -> KustoValue {
        guard let a, let b else { return .null }
        return switch sign {
        case "+": .real(a + b)
        case "-": .real(a - b)
        case "*": .real(a * b)
        case "/": .real(a / b)
        default: .real(a.truncatingRemainder(dividingBy: b))
        }
    }

    private static func span(_ sign: String, _ a: Double, _ b: Double) -> KustoValue? {
        let result = sign == "*" ? a * b : a / b
        return Int64(exactly: result.rounded()).map { .timespan($0) }
    }
}

extension Int64 {
    /// The quotient, wrapping for the one case that overflows.
    fileprivate func wrappingQuotient(by divisor: Int64) -> Int64 {
        dividedReportingOverflow(by: divisor).partialValue
    }
}
