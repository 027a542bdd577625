import JSONValue

/// A top-down operator precedence parser (Pratt): what can begin an expression, what can go on with one.
struct Parser {
    private let bytes: [UInt8]
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    /// The first thing that is well formed and still wrong: told when nothing is malformed.
    private var flaw: JMESPathError?

    static func parse(_ text: String) throws(JMESPathError) -> Expression {
        var lexer = Lexer(text)
        var parser = Parser(bytes: lexer.bytes, tokens: try lexer.tokens())
        let expression = try parser.expression(0)
        guard parser.current.kind == .end else { throw parser.unexpected() }
        if let flaw = parser.flaw { throw flaw }
        return expression
    }

    private init(bytes: [UInt8], tokens: [Token]) {
        self.bytes = bytes
        self.tokens = tokens
    }

    /// An expression as far as it is bound together more tightly than by `power`.
    mutating func expression(_ power: Int) throws(JMESPathError) -> Expression {
        guard depth < JMESPathExpression.maximumDepth else { throw JMESPathError(.tooDeep, at: current.offset) }
        depth += 1
        defer { depth -= 1 }
        var left = try beginning()
        while power < current.kind.bindingPower { left = try continuation(of: left, above: power) }
        return left
    }

    private mutating func beginning() throws(JMESPathError) -> Expression {
        let token = current
        switch token.kind {
        case .identifier(let name):
            advance()
            return current.kind == .leftParenthesis ? try call(name, at: token.offset) : Expression(.field(name))
        case .quotedIdentifier(let name):
            advance()
            guard current.kind != .leftParenthesis else { throw unexpected() }
            return Expression(.field(name))
        case .literal(let value):
            advance()
            return Expression(.literal(value))
        case .at:
            advance()
            return .current
        default: return try compoundBeginning()
        }
    }

    private mutating func compoundBeginning() throws(JMESPathError) -> Expression {
        switch current.kind {
        case .filter: return try filter(on: .current)
        case .star:
            advance()
            return try projection(of: Expression(.values), BindingPower.star)
        case .flatten:
            advance()
            return try projection(of: Expression(.flatten), BindingPower.flatten)
        case .leftBracket:
            advance()
            return try bracketBeginning()
        case .leftBrace:
            advance()
            return try object()
        case .leftParenthesis:
            advance()
            let inner = try expression(0)
            try expect(.rightParenthesis)
            return inner
        case .not:
            advance()
            return try checked(.not(try expression(BindingPower.not)))
        default: throw unexpected()
        }
    }

    private mutating func continuation(of left: Expression, above power: Int) throws(JMESPathError) -> Expression {
        switch current.kind {
        case .dot: return try dotContinuation(of: left, above: power)
        case .leftBracket: return try bracketContinuation(of: left, above: power)
        case .filter: return try filter(on: left)
        case .flatten:
            advance()
            return try projection(of: .sequence([left, Expression(.flatten)]), BindingPower.flatten)
        case .pipe: return try checked(Expression.sequence(try operands(left, .pipe)))
        case .or: return try checked(.or(try operands(left, .or)))
        case .and: return try checked(.and(try operands(left, .and)))
        case .comparator(let comparator):
            advance()
            return try checked(.comparison(comparator, left, try expression(BindingPower.comparator)))
        default: throw unexpected()
        }
    }

    /// The operands of a row of the same operator, kept flat: a long row is not a deep expression.
    private mutating func operands(_ left: Expression, _ kind: Token.Kind) throws(JMESPathError) -> [Expression] {
        var operands = [left]
        while take(kind) { operands.append(try expression(kind.bindingPower)) }
        return operands
    }
}

/// Tokens and mistakes.
extension Parser {
    var current: Token { tokens[position] }

    /// The kind of the token that many behind the current one.
    func ahead(_ count: Int) -> Token.Kind {
        position + count < tokens.count ? tokens[position + count].kind : .end
    }

    mutating func advance(_ count: Int = 1) {
        position = min(position + count, tokens.count - 1)
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard current.kind == kind else { return false }
        advance()
        return true
    }

    mutating func expect(_ kind: Token.Kind) throws(JMESPathError) {
        guard take(kind) else { throw unexpected() }
    }

    mutating func note(_ kind: JMESPathError.Kind, at offset: Int) {
        flaw = flaw ?? JMESPathError(kind, at: offset)
    }

    func unexpected() -> JMESPathError {
        let text = String(decoding: bytes[current.range], as: UTF8.self)
        return JMESPathError(current.kind == .end ? .unexpectedEnd : .unexpectedToken(text), at: current.offset)
    }

    func checked(_ form: Expression.Form) throws(JMESPathError) -> Expression {
        try checked(Expression(form))
    }

    func checked(_ expression: Expression) throws(JMESPathError) -> Expression {
        guard expression.height <= JMESPathExpression.maximumDepth else {
            throw JMESPathError(.tooDeep, at: current.offset)
        }
        return expression
    }
}
