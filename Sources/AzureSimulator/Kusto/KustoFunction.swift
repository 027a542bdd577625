/// The scalar functions: `ago now bin floor toint tolong todouble toreal tostring not isempty isnotempty isnull isnotnull
/// iff iif strlen tolower toupper strcat round coalesce`.
enum KustoFunction {
    /// - Throws: `KustoError` for an unknown name, a wrong number of arguments or a type it does not take.
    static func bind(
        _ name: String,
        _ arguments: [KustoBound],
        now: Int64,
        step: String
    ) throws(KustoError) -> KustoBound {
        func check(_ counts: ClosedRange<Int>, _ types: KustoType...) throws(KustoError) {
            guard counts.contains(arguments.count) else {
                throw .semantic(
                    "SEM0219",
                    "'\(step)' operator: \(name)(): function expects \(counts.lowerBound) argument(s)."
                )
            }
            if !types.isEmpty, let wrong = arguments.first(where: { !types.contains($0.type) }) {
                throw .semantic(
                    "SEM0025",
                    "'\(step)' operator: \(name)(): argument has an invalid type: \(wrong.type.rawValue)"
                )
            }
        }
        switch name {
        case "now":
            try check(0...0)
            return KustoBound(.datetime, constant: .datetime(now))
        case "ago":
            try check(1...1, .timespan)
            return KustoBound(.datetime, of: arguments) { KustoArithmetic.value("-", .datetime(now), $0[0]) }
        case "bin", "floor":
            try check(2...2, .int, .long, .real, .datetime, .timespan)
            return try bin(arguments, step: step)
        case "toint", "tolong":
            try check(1...1)
            return KustoBound(name == "toint" ? .int : .long, of: arguments) { whole($0[0]) }
        case "todouble", "toreal":
            try check(1...1)
            return KustoBound(.real, of: arguments) { real($0[0]) }
        case "tostring":
            try check(1...1)
            return KustoBound(.string, of: arguments) { .string($0[0].text) }
        case "not":
            try check(1...1, .bool)
            return KustoBound(.bool, of: arguments) { $0[0].isNull ? .null : .bool(!$0[0].isTrue) }
        case "isempty", "isnotempty":
            try check(1...1)
            return KustoBound(.bool, of: arguments) { .bool($0[0].text.isEmpty == (name == "isempty")) }
        case "isnull", "isnotnull":
            try check(1...1)
            return KustoBound(.bool, of: arguments) { .bool($0[0].isNull == (name == "isnull")) }
        case "iff", "iif":
            try check(3...3)
            guard arguments[0].type == .bool, arguments[1].type == arguments[2].type else {
                throw .semantic("SEM0025", "'\(step)' operator: \(name)(): arguments have invalid types")
            }
            return KustoBound(arguments[1].type, of: arguments) { $0[0].isTrue ? $0[1] : $0[2] }
        case "coalesce":
            try check(2...8, arguments.first?.type ?? .string)
            return KustoBound(arguments[0].type, of: arguments) { values in values.first { !$0.isNull } ?? .null }
        case "strlen":
            try check(1...1, .string)
            return KustoBound(.long, of: arguments) { .long(Int64($0[0].text.unicodeScalars.count)) }
        case "tolower", "toupper":
            try check(1...1, .string)
            let isLower = name == "tolower"
            return KustoBound(.string, of: arguments) {
                .string(isLower ? $0[0].text.lowercased() : $0[0].text.uppercased())
            }
        case "strcat":
            try check(1...64)
            return KustoBound(.string, of: arguments) { .string($0.map(\.text).joined()) }
        case "round":
            try check(1...2, .int, .long, .real)
            return KustoBound(.real, of: arguments) { round($0) }
        default:
            throw .semantic("SEM0260", "'\(step)' operator: Unknown function: '\(name)'.")
        }
    }

    /// Rounds down to a multiple; times count from their own zero.
    private static func bin(_ arguments: [KustoBound], step: String) throws(KustoError) -> KustoBound {
        let (value, size) = (arguments[0].type, arguments[1].type)
        let fits = value.isNumber && size.isNumber || (value == .datetime || value == .timespan) && size == .timespan
        guard fits else {
            throw .semantic(
                "SEM0025",
                "'\(step)' operator: bin(): cannot round \(value.rawValue) to a multiple of \(size.rawValue)"
            )
        }
        let type = value == .int && size == .long ? .long : value.isNumber && size == .real ? .real : value
        return KustoBound(type, of: arguments) { values in
            switch (values[0], values[1]) {
            case (.long(let value), .long(let size)) where size > 0:
                .long(value - value.dividedFloor(by: size).remainder)
            case (.datetime(let value), .timespan(let size)) where size > 0:
                .datetime(value - value.dividedFloor(by: size).remainder)
            case (.timespan(let value), .timespan(let size)) where size > 0:
                .timespan(value - value.dividedFloor(by: size).remainder)
            default: real(values[0], size: values[1])
            }
        }
    }

    private static func real(_ value: KustoValue, size: KustoValue) -> KustoValue {
        guard let value = value.number, let size = size.number, size > 0 else { return .null }
        return .real((value / size).rounded(.down) * size)
    }

    private static func whole(_ value: KustoValue) -> KustoValue {
        switch value {
        case .bool(let flag): .long(flag ? 1 : 0)
        case .string(let text): Int64(text).map { .long($0) } ?? .null
        case .real(let number): Int64(exactly: number.rounded(.towardZero)).map { .long($0) } ?? .null
        case .long: value
        case .null, .datetime, .timespan, .dynamic: .null
        }
    }

    private static func real(_ value: KustoValue) -> KustoValue {
        if case .string(let text) = value { return Double(text).map { .real($0) } ?? .null }
        return value.number.map { .real($0) } ?? .null
    }

    private static func round(_ values: [KustoValue]) -> KustoValue {
        guard let number = values[0].number else { return .null }
        let digits = values.count > 1 ? values[1].number ?? 0 : 0
        var factor = 1.0
        for _ in 0..<Int(min(15, max(0, digits))) { factor *= 10 }
        return .real((number * factor).rounded() / factor)
    }
}
