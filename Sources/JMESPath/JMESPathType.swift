package import JSONValue

/// The types JMESPath tells apart, spelled as its specification does.
package enum JMESPathType: String, Hashable, Sendable {
    case null, boolean, number, string, array, object
    /// `&expression`, which only functions can take.
    case expression
    case arrayOfNumbers = "array[number]"
    case arrayOfStrings = "array[string]"

    package init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .number: self = .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }
}
