/// What dots and brackets do: steps into a value, and projections over many.
extension Parser {
    mutating func dotContinuation(of left: Expression, above power: Int) throws(JMESPathError) -> Expression {
        guard ahead(1) == .star else { return try path(from: left, above: power) }
        advance(2)
        return try projection(of: .sequence([left, Expression(.values)]), BindingPower.dot)
    }

    mutating func bracketContinuation(of left: Expression, above power: Int) throws(JMESPathError) -> Expression {
        if case .number = ahead(1), ahead(2) != .colon { return try path(from: left, above: power) }
        advance()
        if let slice = try slice() { return try projection(of: .sequence([left, slice]), BindingPower.star) }
        try expect(.star)
        try expect(.rightBracket)
        return try projection(of: left, BindingPower.star)
    }

    /// A bracket that nothing stands before: a step into the current value, a projection of it or a list.
    mutating func bracketBeginning() throws(JMESPathError) -> Expression {
        if let slice = try slice() { return try projection(of: slice, BindingPower.star) }
        if case .number(let index) = current.kind {
            advance()
            try expect(.rightBracket)
            return Expression(.index(index))
        }
        guard current.kind == .star, ahead(1) == .rightBracket else { return try list() }
        advance(2)
        return try projection(of: .current, BindingPower.star)
    }

    /// `.name` and `[0]` as often as they follow, kept flat.
    private mutating func path(from left: Expression, above power: Int) throws(JMESPathError) -> Expression {
        var steps = [left]
        while power < current.kind.bindingPower, let step = try step() { steps.append(step) }
        return try checked(Expression.sequence(steps))
    }

    private mutating func step() throws(JMESPathError) -> Expression? {
        switch (current.kind, ahead(1), ahead(2)) {
        case (.dot, .star, _), (.leftBracket, .number, .colon): return nil
        case (.dot, _, _):
            advance()
            return try member(BindingPower.dot)
        case (.leftBracket, .number(let index), _):
            advance(2)
            try expect(.rightBracket)
            return Expression(.index(index))
        default: return nil
        }
    }

    /// What may stand behind a dot.
    private mutating func member(_ power: Int) throws(JMESPathError) -> Expression {
        switch current.kind {
        case .identifier, .quotedIdentifier, .star: return try expression(power)
        case .leftBracket:
            advance()
            return try list()
        case .leftBrace:
            advance()
            return try object()
        default: throw unexpected()
        }
    }

    /// `[?condition]` and what follows it.
    mutating func filter(on source: Expression) throws(JMESPathError) -> Expression {
        advance()
        let condition = try expression(0)
        try expect(.rightBracket)
        return try projection(of: source, where: condition, BindingPower.filter)
    }

    /// Everything that follows, up to what ends a projection, is asked of each element.
    mutating func projection(
        of source: Expression,
        where condition: Expression? = nil,
        _ power: Int
    ) throws(JMESPathError) -> Expression {
        try checked(.projection(source: source, condition: condition, each: try projected(power)))
    }

    private mutating func projected(_ power: Int) throws(JMESPathError) -> Expression {
        switch current.kind {
        case .dot:
            advance()
            return try member(power)
        case .leftBracket, .filter: return try expression(power)
        case let kind where kind.bindingPower < BindingPower.projectionEnd: return .current
        default: throw unexpected()
        }
    }

    /// A slice behind its opening bracket, nil where something else stands there.
    private mutating func slice() throws(JMESPathError) -> Expression? {
        var slice = Slice()
        slice.start = number(before: .colon)
        guard take(.colon) else { return nil }
        slice.stop = number()
        if take(.colon) {
            let offset = current.offset
            slice.step = number() ?? 1
            if slice.step == 0 { note(.zeroStep, at: offset) }
        }
        try expect(.rightBracket)
        return Expression(.slice(slice))
    }

    /// Takes a number if one is here and, where asked, what follows it is that.
    private mutating func number(before kind: Token.Kind? = nil) -> Int? {
        guard case .number(let number) = current.kind, kind == nil || ahead(1) == kind else { return nil }
        advance()
        return number
    }
}
