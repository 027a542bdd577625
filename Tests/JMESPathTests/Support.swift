import JMESPath
import JSONValue
import Testing

/// What a query makes of a JSON text, as JSON text.
func search(_ query: String, _ json: String = "null") throws -> String {
    try JMESPathExpression(query).search(try JSONValue.parse(json)).text()
}

/// The error of a query that is read and asked of a JSON text.
func failure(_ query: String, _ json: String = "null") throws -> JMESPathError {
    try #require(throws: JMESPathError.self) { try search(query, json) }
}
