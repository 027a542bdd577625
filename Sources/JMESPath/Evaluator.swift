import JSONValue

/// Finds what an expression makes of a value, within a budget of steps.
struct Evaluator {
    private var remaining: Int

    init(budget: Int) {
        remaining = budget
    }

    mutating func evaluate(_ expression: Expression, on value: JSONValue) throws(JMESPathError) -> JSONValue {
        try spend(1)
        switch expression.form {
        case .current: return value
        case .literal(let literal): return literal
        case .field(let name): return value.objectValue?.value(of: name) ?? .null
        case .index(let index): return Self.element(index, of: value)
        case .slice(let slice): return try sliced(value, slice)
        case .flatten: return try flattened(value)
        case .values: return try memberValues(value)
        case .sequence(let steps): return try sequence(steps, on: value)
        case .projection(let source, let condition, let each):
            return try projection(of: source, where: condition, each, on: value)
        case .or(let operands): return try firstOperand(operands, whoseTruthIs: true, on: value)
        case .and(let operands): return try firstOperand(operands, whoseTruthIs: false, on: value)
        case .not(let operand): return .bool(!Self.isTrue(try evaluate(operand, on: value)))
        case .comparison(let comparator, let left, let right):
            return try compare(try evaluate(left, on: value), comparator, try evaluate(right, on: value))
        case .list(let elements): return try list(elements, on: value)
        case .object(let members): return try object(members, on: value)
        case .call(let call): return try self.call(call, on: value)
        }
    }

    /// Whether a condition holds: everything but null, false and what is empty.
    static func isTrue(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .bool(let flag): flag
        case .number: true
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        }
    }

    /// Pays for so many values looked at or built.
    mutating func spend(_ steps: Int) throws(JMESPathError) {
        remaining -= min(steps, remaining + 1)
        guard remaining >= 0 else { throw JMESPathError(.tooMuchWork, at: 0) }
    }

    /// Pays for a walk through all of a value.
    mutating func spend(on value: JSONValue) throws(JMESPathError) {
        try spend(1)
        switch value {
        case .null, .bool, .number: return
        case .string(let text): try spend(onText: text)
        case .array(let elements): for element in elements { try spend(on: element) }
        case .object(let object): for member in object.members { try spend(on: member.value) }
        }
    }

    /// Pays for a text looked through or built; a value's worth for a few of its bytes.
    mutating func spend(onText text: String) throws(JMESPathError) {
        try spend(text.utf8.count / 16)
    }
}

/// The forms one by one.
extension Evaluator {
    private static func element(_ index: Int, of value: JSONValue) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        return value[index < 0 ? index + elements.count : index] ?? .null
    }

    private mutating func sliced(_ value: JSONValue, _ slice: Slice) throws(JMESPathError) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        try spend(elements.count)
        return .array(slice(elements))
    }

    private mutating func flattened(_ value: JSONValue) throws(JMESPathError) -> JSONValue {
        guard case .array(let elements) = value else { return .null }
        var result: [JSONValue] = []
        for element in elements {
            if case .array(let inner) = element {
                try spend(inner.count)
                result.append(contentsOf: inner)
            } else {
                try spend(1)
                result.append(element)
            }
        }
        return .array(result)
    }

    private mutating func memberValues(_ value: JSONValue) throws(JMESPathError) -> JSONValue {
        guard case .object(let object) = value else { return .null }
        try spend(object.count)
        return .array(object.distinctMembers.map(\.value))
    }

    private mutating func sequence(_ steps: [Expression], on value: JSONValue) throws(JMESPathError) -> JSONValue {
        var value = value
        for step in steps { value = try evaluate(step, on: value) }
        return value
    }

    private mutating func projection(
        of source: Expression,
        where condition: Expression?,
        _ each: Expression,
        on value: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        guard case .array(let elements) = try evaluate(source, on: value) else { return .null }
        var result: [JSONValue] = []
        for element in elements {
            if let condition, !Self.isTrue(try evaluate(condition, on: element)) { continue }
            let found = try evaluate(each, on: element)
            if !found.isNull { result.append(found) }
        }
        return .array(result)
    }

    /// The first operand that decides the matter, or else the last.
    private mutating func firstOperand(
        _ operands: [Expression],
        whoseTruthIs decisive: Bool,
        on value: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        var found = JSONValue.null
        for operand in operands {
            found = try evaluate(operand, on: value)
            if Self.isTrue(found) == decisive { break }
        }
        return found
    }

    private mutating func list(_ elements: [Expression], on value: JSONValue) throws(JMESPathError) -> JSONValue {
        // Nothing is selected from nothing.
        guard !value.isNull else { return .null }
        var result: [JSONValue] = []
        for element in elements { result.append(try evaluate(element, on: value)) }
        return .array(result)
    }

    private mutating func object(
        _ members: [(name: String, value: Expression)],
        on value: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        guard !value.isNull else { return .null }
        var result: [JSONObject.Member] = []
        for member in members {
            result.append(JSONObject.Member(name: member.name, value: try evaluate(member.value, on: value)))
        }
        return .object(JSONObject(result))
    }
}
