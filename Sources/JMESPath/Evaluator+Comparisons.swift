import JSONValue

extension Evaluator {
    /// Only numbers with numbers and texts with texts have an order; anything else compares to null.
    mutating func compare(
        _ left: JSONValue,
        _ comparator: Comparator,
        _ right: JSONValue
    ) throws(JMESPathError) -> JSONValue {
        switch comparator {
        case .equal: return .bool(try areEqual(left, right))
        case .notEqual: return .bool(!(try areEqual(left, right)))
        default: break
        }
        switch (left, right) {
        case (.number(let left), .number(let right)):
            return .bool(Self.holds(ExactNumber(number: left), comparator, ExactNumber(number: right)))
        case (.string(let left), .string(let right)):
            return .bool(Self.holds(ExactText(text: left), comparator, ExactText(text: right)))
        default: return .null
        }
    }

    private static func holds<Value: Comparable>(_ left: Value, _ comparator: Comparator, _ right: Value) -> Bool {
        switch comparator {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: !(right < left)
        case .greater: right < left
        case .greaterOrEqual: !(left < right)
        }
    }

    mutating func areEqual(_ left: JSONValue, _ right: JSONValue) throws(JMESPathError) -> Bool {
        try spend(1)
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.number(let left), .number(let right)): return ExactNumber(number: left) == ExactNumber(number: right)
        case (.string(let left), .string(let right)): return ExactText(text: left) == ExactText(text: right)
        case (.array(let left), .array(let right)): return try areEqual(left, right)
        case (.object(let left), .object(let right)): return try areEqual(left, right)
        default: return false
        }
    }

    private mutating func areEqual(_ left: [JSONValue], _ right: [JSONValue]) throws(JMESPathError) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right) where !(try areEqual(left, right)) { return false }
        return true
    }

    private mutating func areEqual(_ left: JSONObject, _ right: JSONObject) throws(JMESPathError) -> Bool {
        try spend(left.count + right.count)
        let left = left.distinctMembers
        let right = right.distinctMembers
        guard left.count == right.count else { return false }
        let pairs = right.map { (ExactText(text: $0.name), $0.value) }
        let values = Dictionary(pairs) { _, last in last }
        for member in left {
            guard let value = values[ExactText(text: member.name)], try areEqual(member.value, value) else {
                return false
            }
        }
        return true
    }
}
