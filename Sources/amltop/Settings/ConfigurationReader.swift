import Yams

/// Reads values out of the configuration's YAML, and says of each that is wrong on which line it stands.
struct ConfigurationReader {
    let path: String
    private(set) var unknownKeys: [Configuration.Place] = []

    init(path: String) {
        self.path = path
    }

    /// The one document of a text; nil for an empty one.
    func document(_ text: String) throws(ConfigurationError) -> Node? {
        do {
            // Without a resolver every scalar is a text: what it means is decided by the field.
            return try compose(yaml: text, .basic)
        } catch {
            throw ConfigurationError(path: path, line: error.line, problem: .notYAML(error.problem))
        }
    }

    /// Calls back for each member of a mapping; one that is not taken is noted as unknown.
    mutating func read(
        _ node: Node,
        _ place: String,
        _ take: (inout ConfigurationReader, String, Node, String) throws(ConfigurationError) -> Bool
    ) throws(ConfigurationError) {
        guard let mapping = node.mapping else { throw failure(node, place.isEmpty ? nil : place, .notMapping) }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            let field = place.isEmpty ? name : "\(place).\(name)"
            if try !take(&self, name, value, field) {
                unknownKeys.append(Configuration.Place(line: key.mark?.line ?? 0, field: field))
            }
        }
    }

    func text(_ node: Node, _ field: String) throws(ConfigurationError) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw failure(node, field, .notText) }
        return text
    }

    func isOn(_ node: Node, _ field: String) throws(ConfigurationError) -> Bool {
        switch try text(node, field) {
        case "true": return true
        case "false": return false
        default: throw failure(node, field, .notSwitch)
        }
    }

    func choice<Value>(
        _ node: Node,
        _ field: String,
        of values: KeyValuePairs<String, Value>
    ) throws(ConfigurationError) -> Value {
        let text = try text(node, field)
        guard let value = values.first(where: { $0.key == text })?.value else {
            throw failure(node, field, .notOneOf(values.map(\.key)))
        }
        return value
    }

    func choice<Value: RawRepresentable & CaseIterable>(
        _ node: Node,
        _ field: String
    ) throws(ConfigurationError) -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: try text(node, field)) else {
            throw failure(node, field, .notOneOf(Value.allCases.map(\.rawValue)))
        }
        return value
    }

    // MARK: Errors

    func failure(_ node: Node, _ field: String?, _ problem: ConfigurationError.Problem) -> ConfigurationError {
        failure(node.mark?.line, field, problem)
    }

    func failure(_ line: Int?, _ field: String?, _ problem: ConfigurationError.Problem) -> ConfigurationError {
        ConfigurationError(path: path, line: line, field: field, problem: problem)
    }

    func line(of name: String, in node: Node) -> Int? { node[name]?.mark?.line }

    func check(_ node: Node, _ field: String, _ isGood: Bool?, _ range: String) throws(ConfigurationError) {
        if isGood == false { throw failure(node, field, .outOfRange(range)) }
    }
}

extension ConfigurationReader {
    /// A span of time in seconds: `500ms`, `90s`, `15m`, `1h`, `90d`.
    func span(_ node: Node, _ field: String) throws(ConfigurationError) -> Double {
        guard let seconds = Self.span(try text(node, field)) else { throw failure(node, field, .notSpan) }
        return seconds
    }

    /// Two spans in seconds; of a countdown the alert is the shorter.
    func spans(
        _ node: Node,
        _ field: String,
        isCountdown: Bool = false
    ) throws(ConfigurationError) -> (warning: Double, alert: Double) {
        try pair(node, field, isCountdown: isCountdown, problem: .notSpan, Self.span)
    }

    func pair(
        _ node: Node,
        _ field: String,
        isCountdown: Bool = false,
        problem: ConfigurationError.Problem = .notShare,
        _ read: (String) -> Double?
    ) throws(ConfigurationError) -> (warning: Double, alert: Double) {
        guard let list = node.sequence, list.count == 2 else { throw failure(node, field, .notPair) }
        var values: [Double] = []
        for element in list {
            guard let value = read(try text(element, field)) else { throw failure(element, field, problem) }
            values.append(value)
        }
        guard isCountdown ? values[0] >= values[1] : values[0] <= values[1] else {
            throw failure(node, field, .wrongOrder)
        }
        return (values[0], values[1])
    }

    static func span(_ text: String) -> Double? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let units = ["ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400]
        let unit = text[digits.endIndex...].drop { $0 == " " }
        guard let value = Double(digits), let factor = units[String(unit)] else { return nil }
        return value * factor
    }

    /// `1%` or `0.01`, as a part of one.
    static func share(_ text: String) -> Double? {
        let isPercent = text.hasSuffix("%")
        let digits = isPercent ? text.dropLast() : text[...]
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." || $0 == " " }),
            let value = Double(digits.filter { $0 != " " })
        else { return nil }
        let share = isPercent ? value / 100 : value
        return (0...1).contains(share) ? share : nil
    }
}

extension Error {
    fileprivate var line: Int? {
        switch self as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    fileprivate var problem: String {
        switch self as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let keys, _): "repeated: \(keys.map { "\($0)" }.joined(separator: ", "))"
        default: "?"
        }
    }
}
