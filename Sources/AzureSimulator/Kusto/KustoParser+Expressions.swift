/// Expressions, loosest first: `or`, `and`, comparison and matching, `+ -`, `* / %`, sign, value.
extension KustoParser {
    mutating func expression() throws(KustoError) -> KustoExpression {
        var left = try conjunction()
        while isAt("or") {
            let token = advance()
            left = .binary(token, left, try conjunction())
        }
        return left
    }

    private mutating func conjunction() throws(KustoError) -> KustoExpression {
        var left = try comparison()
        while isAt("and") {
            let token = advance()
            left = .binary(token, left, try comparison())
        }
        return left
    }

    private static let comparisons: Set<String> = [
        "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "has", "!has", "has_cs", "!has_cs", "contains", "!contains",
        "contains_cs", "!contains_cs", "startswith", "!startswith", "endswith", "!endswith",
    ]
    private static let lists: Set<String> = ["in", "!in", "in~", "!in~"]

    private mutating func comparison() throws(KustoError) -> KustoExpression {
        let left = try sum()
        guard current.kind == .sign || current.kind == .name else { return left }
        if Self.comparisons.contains(current.text) {
            let token = advance()
            return .binary(token, left, try sum())
        }
        if Self.lists.contains(current.text) {
            let token = advance()
            return .list(token, left, try arguments())
        }
        if current.text == "between" || current.text == "!between" {
            let token = advance()
            try expect("(")
            let low = try sum()
            try expect("..")
            let high = try sum()
            try expect(")")
            return .between(token, left, low, high)
        }
        return left
    }

    private mutating func sum() throws(KustoError) -> KustoExpression {
        var left = try product()
        while isAt("+") || isAt("-") {
            let token = advance()
            left = .binary(token, left, try product())
        }
        return left
    }

    private mutating func product() throws(KustoError) -> KustoExpression {
        var left = try signed()
        while isAt("*") || isAt("/") || isAt("%") {
            let token = advance()
            left = .binary(token, left, try signed())
        }
        return left
    }

    private mutating func signed() throws(KustoError) -> KustoExpression {
        take("-") ? .negation(try signed()) : try value()
    }

    private mutating func value() throws(KustoError) -> KustoExpression {
        let token = current
        switch token.kind {
        case .integer(let number): return literal(.long(number))
        case .real(let number): return literal(.real(number))
        case .timespan(let ticks): return literal(.timespan(ticks))
        case .string(let text): return literal(.string(text))
        case .datetime(let text):
            guard let ticks = CivilTime.ticks(iso: text) else { throw .syntax(at: token) }
            return literal(.datetime(ticks))
        case .sign where token.text == "(":
            _ = advance()
            let inner = try expression()
            try expect(")")
            return inner
        case .name: return try named()
        case .sign, .end: throw .syntax(at: token)
        }
    }

    private mutating func literal(_ value: KustoValue) -> KustoExpression {
        _ = advance()
        return .literal(value)
    }

    private mutating func named() throws(KustoError) -> KustoExpression {
        if isAt("true") || isAt("false") { return literal(.bool(current.text == "true")) }
        let token = try name()
        var expression = isAt("(") ? KustoExpression.call(token, try arguments()) : .column(token)
        while isAt(".") || isAt("[") { expression = .member(expression, try member()) }
        return expression
    }

    /// The name behind a dot or between brackets and quotes.
    private mutating func member() throws(KustoError) -> String {
        if take(".") {
            guard current.kind == .name else { throw .syntax(at: current) }
            return advance().text
        }
        try expect("[")
        guard case .string(let name) = current.kind else { throw .syntax(at: current) }
        _ = advance()
        try expect("]")
        return name
    }

    private mutating func arguments() throws(KustoError) -> [KustoExpression] {
        try expect("(")
        if take(")") { return [] }
        var arguments = [try expression()]
        while take(",") { arguments.append(try expression()) }
        try expect(")")
        return arguments
    }
}
