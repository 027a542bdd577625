public import JSONValue
import Yams

extension JSONValue {
    /// The value as YAML, in the look of `az -o yaml`.
    ///
    /// Block style, two spaces a level, lists not indented below their name, lines folded at 80 columns where there is a
    /// space. The order of members is kept; of repeated names the last counts. Strings that a YAML 1.1 reader would take
    /// for something else are quoted, other scripts are written as they are; control characters and those that change the
    /// direction of text are escaped, so that the text is safe to print.
    ///
    /// - Returns: The text, with a line break at its end.
    public func yaml() -> String {
        // Only an emitter out of memory fails; JSON is YAML too.
        guard let text = try? serialize(node: node, allowUnicode: true) else { return self.text(pretty: true) + "\n" }
        guard text.unicodeScalars.contains(where: \.isEscapedByUs) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isEscapedByUs {
                safe.append(contentsOf: scalar.jsonEscape.unicodeScalars)
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    private var node: Node {
        switch self {
        case .null: .scalar(Node.Scalar("null", Tag(.null), .plain))
        case .bool(let value): .scalar(Node.Scalar(value ? "true" : "false", Tag(.bool), .plain))
        case .number(let number): .scalar(Node.Scalar(number.yamlText, Tag(.float), .plain))
        case .string(let text): .scalar(text.yamlScalar)
        case .array(let elements):
            .sequence(Node.Sequence(elements.map(\.node), Tag(.seq), elements.isEmpty ? .flow : .block))
        case .object(let object):
            .mapping(
                Node.Mapping(
                    object.lastMembers.map { (Node.scalar($0.name.yamlScalar), $0.value.node) },
                    Tag(.map),
                    object.isEmpty ? .flow : .block
                )
            )
        }
    }
}

extension JSONObject {
    /// YAML forbids repeated names: of those the last.
    fileprivate var lastMembers: [Member] {
        var seen: Set<String> = []
        return members.reversed().filter { seen.insert($0.name).inserted }.reversed()
    }
}

extension JSONNumber {
    /// YAML 1.1 wants a point and a sign where JSON does without: `1e5` is `1.0e+5`.
    fileprivate var yamlText: String {
        guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
        let mantissa = text[..<mark]
        let exponent = text[text.index(after: mark)...]
        return mantissa + (mantissa.contains(".") ? "" : ".0") + "e" + (exponent.first?.isNumber == true ? "+" : "")
            + exponent
    }
}

extension String {
    fileprivate var yamlScalar: Node.Scalar {
        let style: Node.Scalar.Style =
            if unicodeScalars.contains(where: { $0.needsEscape && $0 != "\n" }) {
                .doubleQuoted
            } else if mayBeTakenForSomethingElse {
                .singleQuoted
            } else {
                .any
            }
        return Node.Scalar(self, Tag(.str), style)
    }

    /// Whether a reader would take it for a number, a truth value, a time or nothing, were it not quoted.
    private var mayBeTakenForSomethingElse: Bool {
        guard let first else { return true }
        guard "yYnNtTfFoO-+.0123456789~<=".contains(first) else { return false }
        return Resolver.default.resolveTag(of: .scalar(Node.Scalar(self))) != .str
    }
}

extension Unicode.Scalar {
    /// What the emitter leaves alone in a quoted string but a terminal would obey. Each is in double quotes, where the
    /// escape means what it says: that is how such strings are written.
    fileprivate var isEscapedByUs: Bool { needsEscape && value > 0x1F }
}
