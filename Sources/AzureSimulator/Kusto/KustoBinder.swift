/// Resolves the names and checks the types of one step's expressions.
struct KustoBinder {
    let fields: [KustoField]
    /// The moment `now()` and `ago()` count from.
    let now: Int64
    /// For errors.
    let step: String

    func bind(_ expression: KustoExpression) throws(KustoError) -> KustoBound {
        switch expression {
        case .literal(let value):
            return KustoBound(value.literalType, constant: value)
        case .column(let token):
            guard let field = fields.first(where: { $0.name == token.text }) else {
                throw .unresolved(column: token.text, in: step)
            }
            return KustoBound(field.type, field.value)
        case .call(let token, let arguments):
            var bound: [KustoBound] = []
            for argument in arguments { bound.append(try bind(argument)) }
            return try KustoFunction.bind(token.text, bound, now: now, step: step)
        case .member(let inner, let name):
            let bound = try bind(inner)
            guard bound.type == .dynamic else {
                throw .semantic(
                    "SEM0078",
                    "'\(step)' operator: Cannot look for '\(name)' in a value of type \(bound.type.rawValue)"
                )
            }
            return KustoBound(.dynamic, of: [bound]) { values in
                guard case .dynamic(let value) = values[0] else { return .null }
                return value.json.member(name).map { KustoValue($0) } ?? .null
            }
        case .negation(let inner):
            let bound = try bind(inner)
            guard bound.type.isNumber || bound.type == .timespan else {
                throw mismatch("-", bound.type, bound.type)
            }
            return KustoBound(bound.type, of: [bound]) { values in values[0].negated }
        case .binary(let token, let left, let right):
            return try binary(token.text, try bind(left), try bind(right))
        case .list(let token, let left, let items):
            return try list(token.text, try bind(left), items)
        case .between(let token, let left, let low, let high):
            return try between(token.text, try bind(left), try bind(low), try bind(high))
        }
    }

    /// A condition.
    func condition(_ expression: KustoExpression) throws(KustoError) -> KustoBound {
        let bound = try bind(expression)
        guard bound.type == .bool else {
            throw .semantic(
                "SEM0019",
                "'\(step)' operator: The expression must be of type bool, but is \(bound.type.rawValue)"
            )
        }
        return bound
    }

    private func mismatch(_ sign: String, _ left: KustoType, _ right: KustoType) -> KustoError {
        .semantic(
            "SEM0064",
            "'\(step)' operator: Cannot apply '\(sign)' to values of types \(left.rawValue) and \(right.rawValue). Try adding "
                + "explicit casts"
        )
    }

    private func binary(_ sign: String, _ left: KustoBound, _ right: KustoBound) throws(KustoError) -> KustoBound {
        switch sign {
        case "and", "or":
            guard left.type == .bool, right.type == .bool else { throw mismatch(sign, left.type, right.type) }
            let (a, b) = (left.value, right.value)
            if let left = left.constant, let right = right.constant {
                return KustoBound(
                    .bool,
                    constant: .bool(sign == "and" ? left.isTrue && right.isTrue : left.isTrue || right.isTrue)
                )
            }
            return sign == "and"
                ? KustoBound(.bool) { .bool(a($0).isTrue && b($0).isTrue) }
                : KustoBound(.bool) { .bool(a($0).isTrue || b($0).isTrue) }
        case "==", "!=", "<", "<=", ">", ">=":
            guard Self.comparable(left.type, right.type) else { throw mismatch(sign, left.type, right.type) }
            return comparison(sign, left, right)
        case "+", "-", "*", "/", "%":
            guard let type = KustoArithmetic.type(sign, left.type, right.type) else {
                throw mismatch(sign, left.type, right.type)
            }
            return KustoBound(type, left, right) { KustoArithmetic.value(sign, $0, $1) }
        default:
            guard left.type.isText, right.type.isText else { throw mismatch(sign, left.type, right.type) }
            return KustoText.match(sign, left, right)
        }
    }

    static func comparable(_ left: KustoType, _ right: KustoType) -> Bool {
        left == right || (left.isNumber && right.isNumber) || left == .dynamic || right == .dynamic
    }

    private func comparison(_ sign: String, _ left: KustoBound, _ right: KustoBound) -> KustoBound {
        let holds: @Sendable (Int) -> Bool =
            switch sign {
            case "==": { $0 == 0 }
            case "!=": { $0 != 0 }
            case "<": { $0 < 0 }
            case "<=": { $0 <= 0 }
            case ">": { $0 > 0 }
            default: { $0 >= 0 }
            }
        let isUnequal = sign == "!="
        return KustoBound(.bool, left, right) { left, right in
            // Null equals nothing, so it differs from every value.
            left.compare(right).map { .bool(holds($0)) } ?? .bool(isUnequal && left.isNull != right.isNull)
        }
    }

    private func list(_ sign: String, _ left: KustoBound, _ items: [KustoExpression]) throws(KustoError) -> KustoBound {
        var bound = [left]
        for item in items {
            let item = try bind(item)
            guard Self.comparable(left.type, item.type) else { throw mismatch(sign, left.type, item.type) }
            bound.append(item)
        }
        let ignoresCase = sign.hasSuffix("~")
        let isNegated = sign.hasPrefix("!")
        if ignoresCase, !left.type.isText { throw mismatch(sign, left.type, .string) }
        return KustoBound(.bool, of: bound) { values in
            let isIn = values.dropFirst().contains { item in
                ignoresCase ? item.text.lowercased() == values[0].text.lowercased() : item.compare(values[0]) == 0
            }
            return .bool(isIn != isNegated)
        }
    }

    private func between(
        _ sign: String,
        _ value: KustoBound,
        _ low: KustoBound,
        _ high: KustoBound
    ) throws(KustoError) -> KustoBound {
        // `between (start .. length)` is allowed for times.
        let high =
            value.type == .datetime && high.type == .timespan
            ? KustoBound(.datetime, low, high) { KustoArithmetic.value("+", $0, $1) } : high
        guard Self.comparable(value.type, low.type), Self.comparable(value.type, high.type) else {
            throw mismatch(sign, value.type, low.type)
        }
        let isNegated = sign.hasPrefix("!")
        return KustoBound(.bool, of: [value, low, high]) { values in
            guard let above = values[0].compare(values[1]), let below = values[0].compare(values[2]) else {
                return .bool(false)
            }
            return .bool((above >= 0 && below <= 0) != isNegated)
        }
    }
}

extension KustoType {
    /// Whether texts can be looked for in it.
    fileprivate var isText: Bool { self == .string || self == .dynamic }
}

extension KustoValue {
    fileprivate var literalType: KustoType {
        switch self {
        case .null, .string: .string
        case .bool: .bool
        case .long: .long
        case .real: .real
        case .datetime: .datetime
        case .timespan: .timespan
        case .dynamic: .dynamic
        }
    }

    fileprivate var negated: KustoValue {
        switch self {
        case .long(let value): .long(0 &- value)
        case .real(let value): .real(-value)
        case .timespan(let ticks): .timespan(0 &- ticks)
        default: .null
        }
    }
}
