package import JSONValue

/// A JMESPath query, read once and then asked of any number of values.
///
/// The language is that of the JMESPath specification with all its functions. Where the grammar leaves the precedence
/// of an operator open, it is that of the reference implementation, which `az --query` uses: so is the ordering of
/// strings with `<` and the old way of writing a string in back-ticks without quotes (JEP-12).
package struct JMESPathExpression: Sendable {
    /// How deep expressions may nest: far beyond any written by hand; optimised, that fits a stack of 512 KB.
    package static let maximumDepth = 128

    /// How many steps a search may take unless told otherwise: about one for each value looked at or built.
    package static let standardBudget = 20_000_000

    /// The query as it was written.
    package let text: String
    private let expression: Expression

    /// Reads a query; functions, their number of arguments and the steps of slices are checked here already.
    ///
    /// - Throws: `JMESPathError` with the place, of any family but `invalidType`.
    package init(_ text: String) throws(JMESPathError) {
        self.text = text
        expression = try Parser.parse(text)
    }

    /// The answer to the query; null where it finds nothing.
    ///
    /// Numbers and texts that are only picked out keep their spelling. Numbers compare by value, all digits counting;
    /// texts compare by code points; members of objects have no order, and of repeated names the last counts.
    ///
    /// - Parameters:
    ///   - value: What is asked.
    ///   - budget: How many steps the search may take, so that a query that multiplies its own result comes to an end.
    /// - Returns: The answer.
    /// - Throws: `JMESPathError` of the families `invalidType`, `invalidValue` or `limit`.
    package func search(
        _ value: JSONValue,
        budget: Int = JMESPathExpression.standardBudget
    ) throws(JMESPathError) -> JSONValue {
        var evaluator = Evaluator(budget: budget)
        let answer = try evaluator.evaluate(expression, on: value)
        // Parts of an answer may be shared many times over: whoever writes it walks all of them.
        try evaluator.spend(on: answer)
        return answer
    }
}
