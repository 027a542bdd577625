import ArgumentParser
import Dashboard
import JMESPath
import JSONValue

/// What `--query` picks from an answer: a JMESPath query, read before anything is sent.
struct AnswerQuery {
    private let expression: JMESPathExpression

    /// - Throws: `CommandFailure` with the place in the query.
    init(_ text: String) throws(CommandFailure) {
        do throws(JMESPathError) {
            expression = try JMESPathExpression(text)
        } catch {
            throw CommandFailure(error, in: text, .usage)
        }
    }

    /// - Throws: `CommandFailure` where the query asks of a value what a value of its type has not.
    func search(_ value: JSONValue) throws(CommandFailure) -> JSONValue {
        do throws(JMESPathError) {
            return try expression.search(value)
        } catch {
            throw CommandFailure(error, in: expression.text, .failed)
        }
    }
}
