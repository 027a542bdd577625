import JSONValue

/// Calls of functions, and those that are neither about numbers nor about texts.
extension Evaluator {
    mutating func call(_ call: FunctionCall, on value: JSONValue) throws(JMESPathError) -> JSONValue {
        var operands: [Arguments.Operand] = []
        for argument in call.arguments {
            let expression = argument.expression
            operands.append(argument.isReference ? .reference(expression) : .value(try evaluate(expression, on: value)))
        }
        let arguments = Arguments(call: call, operands: operands)
        switch call.function {
        case .abs, .avg, .ceil, .floor, .sum, .toNumber: return try numeric(arguments)
        case .contains, .endsWith, .join, .length, .reverse, .startsWith, .toString: return try textual(arguments)
        case .max, .min, .sort, .maxBy, .minBy, .sortBy: return try ordering(arguments)
        case .keys, .values, .merge: return try membership(arguments)
        case .map: return try map(arguments)
        case .notNull: return try firstNotNull(arguments)
        case .toArray:
            let value = try arguments.any(0)
            return value.arrayValue == nil ? .array([value]) : value
        case .type: return .string(JMESPathType(try arguments.any(0)).rawValue)
        }
    }

    private mutating func ordering(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        let elements: [JSONValue]
        let keys: SortKeys
        switch arguments.call.function {
        case .maxBy, .minBy, .sortBy:
            elements = try arguments.array(0)
            keys = try sortKeys(of: elements, arguments)
        default:
            keys = try arguments.sortable(0)
            elements = try arguments.array(0)
        }
        try spend(elements.count)
        switch arguments.call.function {
        case .max, .maxBy: return keys.greatest().map { elements[$0] } ?? .null
        case .min, .minBy: return keys.least().map { elements[$0] } ?? .null
        default: return .array(keys.order().map { elements[$0] })
        }
    }

    /// What the expression finds in each element.
    private mutating func sortKeys(
        of elements: [JSONValue],
        _ arguments: Arguments
    ) throws(JMESPathError) -> SortKeys {
        let reference = try arguments.reference(1)
        var keys = SortKeys()
        for (place, element) in elements.enumerated() {
            let key = try evaluate(reference, on: element)
            guard keys.append(key) else {
                throw arguments.mismatch(1, [.number, .string], element: place, JMESPathType(key))
            }
        }
        return keys
    }

    private mutating func membership(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        var members: [JSONObject.Member] = []
        for index in arguments.operands.indices {
            let object = try arguments.object(index)
            try spend(object.count)
            members += object.members
        }
        let distinct = JSONObject(members).distinctMembers
        switch arguments.call.function {
        case .keys: return .array(distinct.map { .string($0.name) })
        case .values: return .array(distinct.map(\.value))
        default: return .object(JSONObject(distinct))
        }
    }

    private mutating func map(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        let reference = try arguments.reference(0)
        var result: [JSONValue] = []
        for element in try arguments.array(1) { result.append(try evaluate(reference, on: element)) }
        return .array(result)
    }

    private func firstNotNull(_ arguments: Arguments) throws(JMESPathError) -> JSONValue {
        var first = JSONValue.null
        for index in arguments.operands.indices {
            let value = try arguments.any(index)
            if first.isNull { first = value }
        }
        return first
    }
}
