import JSONValue

/// What a function was given, evaluated; each accessor takes an argument for a type or throws `invalidType`.
struct Arguments {
    enum Operand {
        case value(JSONValue)
        case reference(Expression)
    }

    let call: FunctionCall
    let operands: [Operand]

    func any(_ index: Int) throws(JMESPathError) -> JSONValue {
        guard case .value(let value) = operands[index] else {
            throw mismatch(index, [.null, .boolean, .number, .string, .array, .object])
        }
        return value
    }

    func reference(_ index: Int) throws(JMESPathError) -> Expression {
        guard case .reference(let expression) = operands[index] else { throw mismatch(index, [.expression]) }
        return expression
    }

    func number(_ index: Int) throws(JMESPathError) -> JSONNumber {
        guard case .value(.number(let number)) = operands[index] else { throw mismatch(index, [.number]) }
        return number
    }

    func string(_ index: Int) throws(JMESPathError) -> String {
        guard case .value(.string(let text)) = operands[index] else { throw mismatch(index, [.string]) }
        return text
    }

    func array(_ index: Int) throws(JMESPathError) -> [JSONValue] {
        guard case .value(.array(let elements)) = operands[index] else { throw mismatch(index, [.array]) }
        return elements
    }

    func object(_ index: Int) throws(JMESPathError) -> JSONObject {
        guard case .value(.object(let object)) = operands[index] else { throw mismatch(index, [.object]) }
        return object
    }

    func numbers(_ index: Int) throws(JMESPathError) -> [JSONNumber] {
        guard case .value(.array(let elements)) = operands[index] else { throw mismatch(index, [.arrayOfNumbers]) }
        var numbers: [JSONNumber] = []
        for (place, element) in elements.enumerated() {
            guard case .number(let number) = element else {
                throw mismatch(index, [.arrayOfNumbers], element: place, JMESPathType(element))
            }
            numbers.append(number)
        }
        return numbers
    }

    func strings(_ index: Int) throws(JMESPathError) -> [String] {
        guard case .value(.array(let elements)) = operands[index] else { throw mismatch(index, [.arrayOfStrings]) }
        var strings: [String] = []
        for (place, element) in elements.enumerated() {
            guard case .string(let text) = element else {
                throw mismatch(index, [.arrayOfStrings], element: place, JMESPathType(element))
            }
            strings.append(text)
        }
        return strings
    }

    /// An array of nothing but numbers or nothing but texts.
    func sortable(_ index: Int) throws(JMESPathError) -> SortKeys {
        let expected: [JMESPathType] = [.arrayOfNumbers, .arrayOfStrings]
        guard case .value(.array(let elements)) = operands[index] else { throw mismatch(index, expected) }
        var keys = SortKeys()
        for (place, element) in elements.enumerated() where !keys.append(element) {
            throw mismatch(index, expected, element: place, JMESPathType(element))
        }
        return keys
    }

    /// The error of an argument, or of one element of it or of what was found in that.
    func mismatch(
        _ index: Int,
        _ expected: [JMESPathType],
        element: Int? = nil,
        _ actual: JMESPathType? = nil
    ) -> JMESPathError {
        let kind = JMESPathError.Kind.invalidType(
            function: call.function.rawValue,
            argument: index + 1,
            element: element,
            expected: expected,
            actual: actual ?? type(of: operands[index])
        )
        return JMESPathError(kind, at: call.arguments[index].offset)
    }

    private func type(of operand: Operand) -> JMESPathType {
        switch operand {
        case .value(let value): JMESPathType(value)
        case .reference: .expression
        }
    }
}
