/// Why a query was refused, in the terms of the service (API.md g.2).
struct KustoError: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The text is no query of the supported subset.
        case syntax(line: Int, position: Int, token: String)
        /// The text reads, but names or types do not fit; the service's number of the case, such as `SEM0100`.
        case semantic(String)
    }

    let kind: Kind
    let message: String

    /// The error for a text that could be read up to `token` and no further.
    static func syntax(at token: KustoToken) -> KustoError {
        KustoError(
            kind: .syntax(line: token.line, position: token.position, token: token.text),
            message: "Query could not be parsed at '\(token.text)' on line [\(token.line),\(token.position)]"
        )
    }

    static func semantic(_ code: String, _ message: String) -> KustoError {
        KustoError(kind: .semantic(code), message: message)
    }

    /// A column no step has, named in a step.
    static func unresolved(column name: String, in step: String) -> KustoError {
        semantic("SEM0100", "'\(step)' operator: Failed to resolve column or scalar expression named '\(name)'")
    }

    /// A table the workspace has not.
    static func unresolved(table name: String, in step: String?) -> KustoError {
        let place = step.map { "'\($0)' operator: " } ?? ""
        return semantic("SEM0100", "\(place)Failed to resolve table or column expression named '\(name)'")
    }
}
