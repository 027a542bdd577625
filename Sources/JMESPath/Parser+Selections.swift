/// Lists, objects and calls of functions.
extension Parser {
    /// `a, b]`
    mutating func list() throws(JMESPathError) -> Expression {
        var elements: [Expression] = []
        repeat { elements.append(try expression(0)) } while take(.comma)
        try expect(.rightBracket)
        return try checked(.list(elements))
    }

    /// `name: a, name: b}`; of a name given twice the last value counts.
    mutating func object() throws(JMESPathError) -> Expression {
        var members: [(name: String, value: Expression)] = []
        var places: [ExactText: Int] = [:]
        repeat {
            let name = try memberName()
            try expect(.colon)
            let value = try expression(0)
            if let place = places[ExactText(text: name)] {
                members[place].value = value
            } else {
                places[ExactText(text: name)] = members.count
                members.append((name, value))
            }
        } while take(.comma)
        try expect(.rightBrace)
        return try checked(.object(members))
    }

    private mutating func memberName() throws(JMESPathError) -> String {
        switch current.kind {
        case .identifier(let name), .quotedIdentifier(let name):
            advance()
            return name
        default: throw unexpected()
        }
    }

    /// A function from its opening parenthesis on.
    mutating func call(_ name: String, at offset: Int) throws(JMESPathError) -> Expression {
        advance()
        var arguments: [FunctionCall.Argument] = []
        if current.kind != .rightParenthesis {
            repeat { arguments.append(try argument()) } while take(.comma)
        }
        try expect(.rightParenthesis)
        guard let function = Function(rawValue: name) else {
            note(.unknownFunction(name), at: offset)
            return .current
        }
        if !function.takes(arguments.count) {
            let kind = JMESPathError.Kind.wrongArgumentCount(
                function: name,
                minimum: function.minimumArguments,
                maximum: function.maximumArguments,
                actual: arguments.count
            )
            note(kind, at: offset)
        }
        return try checked(.call(FunctionCall(function: function, arguments: arguments, offset: offset)))
    }

    private mutating func argument() throws(JMESPathError) -> FunctionCall.Argument {
        let offset = current.offset
        let isReference = take(.ampersand)
        return FunctionCall.Argument(expression: try expression(0), isReference: isReference, offset: offset)
    }
}
