/// What a person typed to see less: words joined by "and" (DESIGN 2).
///
/// `word`, `!not`, `col:value`, `col>n` `<` `>=` `<=`, `/regex/`. Case does not matter. Numbers take units:
/// `p95>500ms`, `err>1%`, `age>90d`.
package struct Filter: Equatable, Sendable {
    enum Comparison: String, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case more = ">"
        case less = "<"

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .atLeast: left >= right
            case .atMost: left <= right
            case .more: left > right
            case .less: left < right
            }
        }
    }

    enum Test: Equatable {
        case word(String)
        case column(String, contains: String)
        case compare(String, Comparison, String)
        case pattern(String)
    }

    struct Term: Equatable {
        var test: Test
        var isNegated = false
    }

    package let text: String
    let terms: [Term]

    package init(_ text: String) {
        self.text = text
        terms = Self.words(in: text).compactMap(Self.term)
    }

    package var isEmpty: Bool { terms.isEmpty }

    /// Whether all that this one matches is matched by the other too, as when a word was typed on.
    func narrows(_ other: Filter) -> Bool {
        terms.count >= other.terms.count
            && zip(terms, other.terms).allSatisfy { term, wider in
                if term == wider { return true }
                guard case .word(let word) = term.test, case .word(let part) = wider.test else { return false }
                return !term.isNegated && !wider.isNegated && word.contains(part)
            }
    }

    /// Words are apart by spaces; a `/regex/` may hold some.
    private static func words(in text: String) -> [Substring] {
        var words: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(where: { $0 != " " }) {
            rest = rest[start...]
            let body = rest.drop { $0 == "!" }
            var end = rest.firstIndex(of: " ") ?? rest.endIndex
            if body.first == "/", let close = body.dropFirst().firstIndex(of: "/") { end = body.index(after: close) }
            words.append(rest[..<end])
            rest = rest[end...]
        }
        return words
    }

    private static func term(_ word: Substring) -> Term? {
        let isNegated = word.first == "!"
        let body = isNegated ? word.dropFirst() : word
        guard !body.isEmpty else { return nil }
        if body.first == "/" {
            let pattern = body.dropFirst().last == "/" ? body.dropFirst().dropLast() : body.dropFirst()
            return pattern.isEmpty ? nil : Term(test: .pattern(String(pattern)), isNegated: isNegated)
        }
        for comparison in Comparison.allCases {
            guard let range = body.firstRange(of: comparison.rawValue), range.lowerBound > body.startIndex else {
                continue
            }
            let value = String(body[range.upperBound...])
            return Term(test: .compare(body[..<range.lowerBound].lowercased(), comparison, value), isNegated: isNegated)
        }
        if let colon = body.firstIndex(of: ":"), colon > body.startIndex {
            let value = body[body.index(after: colon)...].lowercased()
            return Term(test: .column(body[..<colon].lowercased(), contains: value), isNegated: isNegated)
        }
        return Term(test: .word(body.lowercased()), isNegated: isNegated)
    }
}

/// A value a filter can look at.
enum FilterValue {
    case text(String)
    case number(Double, FilterUnit)
}

/// What a number counts, so that `1%`, `500ms` and `90d` mean the same everywhere.
enum FilterUnit {
    case plain
    /// 0…1, written in percent.
    case share
    case percent
    case milliseconds
    case seconds

    /// The number a person wrote, in this unit; nil where it is none.
    func parse(_ text: String) -> Double? {
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let value = Double(digits) else { return nil }
        let suffix = text[digits.endIndex...].lowercased()
        switch self {
        case .plain, .percent: return suffix.isEmpty || suffix == "%" ? value : nil
        case .share: return suffix.isEmpty || suffix == "%" ? value / 100 : nil
        case .milliseconds:
            switch suffix {
            case "", "ms": return value
            case "s": return value * 1_000
            default: return nil
            }
        case .seconds:
            let factors = ["": 1.0, "s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400]
            return factors[suffix].map { value * $0 }
        }
    }
}

/// A filter made ready for many rows.
struct FilterMatcher {
    private let terms: [(test: Filter.Test, isNegated: Bool, regex: Regex<AnyRegexOutput>?)]

    init(_ filter: Filter) {
        terms = filter.terms.map { term in
            guard case .pattern(let pattern) = term.test else { return (term.test, term.isNegated, nil) }
            return (term.test, term.isNegated, try? Regex(pattern).ignoresCase())
        }
    }

    /// Whether a row has what every term asks for.
    ///
    /// - Parameters:
    ///   - text: All a person sees of the row, in lower case.
    ///   - value: The value of a column by its name; nil where there is no such column, or nothing is known.
    /// - Returns: False too where a column is unknown or a number is none: nothing can be said to match then.
    func matches(text: @autoclosure () -> String, value: (String) -> FilterValue?) -> Bool {
        let text = text()
        return terms.allSatisfy { term in
            let holds: Bool
            switch term.test {
            case .word(let word): holds = text.hasPart(word)
            case .pattern: holds = term.regex.map { text.firstMatch(of: $0) != nil } ?? false
            case .column(let column, let wanted): holds = Self.contains(value(column), wanted)
            case .compare(let column, let comparison, let wanted):
                guard case .number(let number, let unit)? = value(column), let limit = unit.parse(wanted) else {
                    return false
                }
                holds = comparison.holds(number, limit)
            }
            return holds != term.isNegated
        }
    }

    private static func contains(_ value: FilterValue?, _ wanted: String) -> Bool {
        switch value {
        case .text(let text)?: text.lowercased().hasPart(wanted)
        case .number(let number, let unit)?: unit.parse(wanted).map { abs($0 - number) < 1e-9 } ?? false
        case nil: false
        }
    }
}
