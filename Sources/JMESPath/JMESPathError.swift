package import JSONValue

/// Why a text is not a JMESPath query, or why the query cannot be answered, and where in the query.
package struct JMESPathError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A character that begins nothing the language knows.
        case unexpectedCharacter(Unicode.Scalar)
        /// A quotation that is opened and never closed.
        case unterminated(Quotation)
        /// What stands between quotation marks or back-ticks is not JSON.
        case invalidQuotation(Quotation, JSONParseError.Kind)
        /// The query ends where something has to follow.
        case unexpectedEnd
        /// Something that cannot stand here, as it was written.
        case unexpectedToken(String)
        /// Nested deeper than `JMESPathExpression.maximumDepth`.
        case tooDeep
        case unknownFunction(String)
        /// Without a maximum a function takes any number from the minimum on.
        case wrongArgumentCount(function: String, minimum: Int, maximum: Int?, actual: Int)
        /// An argument of the wrong type.
        ///
        /// `argument` counts from 1. Where one element of an array is at fault, `element` is its index from 0, and
        /// `actual` the type of that element (or of what the expression found in it).
        case invalidType(function: String, argument: Int, element: Int?, expected: [JMESPathType], actual: JMESPathType)
        /// A slice that would never move on.
        case zeroStep
        /// A sum or an average beyond the range of numbers.
        case numberOutOfRange(function: String)
        /// More steps than the search was allowed.
        case tooMuchWork
    }

    /// The ways of quoting.
    package enum Quotation: Hashable, Sendable {
        /// `"name"`
        case identifier
        /// `'text'`
        case rawString
        /// JSON in back-ticks
        case literal
    }

    /// The families of errors: those of the specification, with `lexical` told from `syntax`, and `limit` for our own.
    package enum Family: Hashable, Sendable {
        case lexical, syntax, unknownFunction, invalidArity, invalidType, invalidValue, limit
    }

    package var kind: Kind
    /// Bytes (of UTF-8) from the start of the query.
    package var offset: Int

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    package var family: Family {
        switch kind {
        case .unexpectedCharacter, .unterminated, .invalidQuotation: .lexical
        case .unexpectedEnd, .unexpectedToken: .syntax
        case .unknownFunction: .unknownFunction
        case .wrongArgumentCount: .invalidArity
        case .invalidType: .invalidType
        case .zeroStep, .numberOutOfRange: .invalidValue
        case .tooDeep, .tooMuchWork: .limit
        }
    }
}
