/// The `$filter` of a metrics request: `deployment eq 'blue' and statusCodeClass eq '*'`.
///
/// Clauses are `dimension eq|ne 'value'`, joined by `and` and `or`; `'*'` splits. Clauses on the same dimension widen each
/// other, as they do for Azure, whatever the word between them.
struct MetricFilter: Sendable {
    struct Clause: Sendable {
        /// As written.
        let dimension: String
        var equal: Set<String> = []
        var unequal: Set<String> = []
        var isWildcard = false

        /// Compared without regard to case.
        func allows(_ value: String) -> Bool {
            let value = value.lowercased()
            return !unequal.contains(value) && (isWildcard || equal.isEmpty || equal.contains(value))
        }
    }

    /// In the order of their first mention, which is the order of `metadatavalues`.
    private(set) var clauses: [Clause] = []

    /// - Returns: `nil` when the text is not such a filter.
    static func parse(_ text: String) -> MetricFilter? {
        var filter = MetricFilter()
        var rest = Substring(text).drop(while: \.isWhitespace)
        while !rest.isEmpty {
            guard let dimension = word(&rest), let comparison = word(&rest)?.lowercased(), let value = quoted(&rest),
                ["eq", "ne"].contains(comparison)
            else { return nil }
            filter.add(dimension, value, isEqual: comparison == "eq")
            if rest.isEmpty { break }
            guard let joint = word(&rest)?.lowercased(), ["and", "or"].contains(joint), !rest.isEmpty else {
                return nil
            }
        }
        return filter
    }

    private mutating func add(_ dimension: String, _ value: String, isEqual: Bool) {
        let index =
            clauses.firstIndex { $0.dimension.lowercased() == dimension.lowercased() }
            ?? {
                clauses.append(Clause(dimension: dimension))
                return clauses.count - 1
            }()
        if isEqual, value == "*" {
            clauses[index].isWildcard = true
        } else if isEqual {
            clauses[index].equal.insert(value.lowercased())
        } else {
            clauses[index].unequal.insert(value.lowercased())
        }
    }

    private static func word(_ rest: inout Substring) -> String? {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "/" || $0 == "." }
        guard !word.isEmpty else { return nil }
        rest = rest.dropFirst(word.count).drop(while: \.isWhitespace)
        return String(word)
    }

    /// A value in single quotes, a quote in it doubled.
    private static func quoted(_ rest: inout Substring) -> String? {
        guard rest.first == "'" else { return nil }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "'" {
                guard rest.first == "'" else {
                    rest = rest.drop(while: \.isWhitespace)
                    return value
                }
                rest = rest.dropFirst()
            }
            value.append(character)
        }
        return nil
    }
}
