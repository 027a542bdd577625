import HTTPTypes

/// The parameters of a metrics request by their names in lower case, from the query or from the body of a POST.
struct MetricParameters {
    struct Failure: Error {
        let message: String
    }

    private var values: [String: String] = [:]

    /// - Throws: `Failure` when the body is not an object of texts, numbers and flags, or repeats the query.
    init(_ exchange: Exchange) throws(Failure) {
        for (name, value) in exchange.query where !value.isEmpty {
            let key = Self.key(name)
            if values[key] == nil { values[key] = value }
        }
        guard exchange.method == .post, !exchange.body.isEmpty else { return }
        guard case .object(let members)? = JSON.decode(JSON.self, from: exchange.body) else {
            throw Failure(message: "The request body is not valid JSON.")
        }
        for (name, value) in members {
            guard let text = Self.text(value) else { continue }
            guard values[Self.key(name)] == nil else {
                throw Failure(message: "The parameter '\(name)' is specified in both the query and the request body.")
            }
            values[Self.key(name)] = text
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// `$filter` and `$top` are `filter` and `top` in a body.
    private static func key(_ name: String) -> String {
        (name.hasPrefix("$") ? String(name.dropFirst()) : name).lowercased()
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .double, .array, .object: nil
        }
    }
}
