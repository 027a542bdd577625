import AzureML
import Glibc
import JSONValue

/// JSON and YAML in the terminal's own colours: names, texts, and all other values.
enum Colouring {
    /// Whether stdout is a terminal, and nobody asked for no colours.
    static var isWanted: Bool {
        let variables = [String: String].process
        return isatty(1) == 1 && variables["NO_COLOR"] == nil && variables["TERM"] != "dumb"
    }

    private enum Paint: String {
        case name = "\u{1B}[34m"
        case text = "\u{1B}[32m"
        case other = "\u{1B}[35m"
    }

    private static func painted(_ text: some StringProtocol, _ paint: Paint) -> String {
        text.isEmpty ? "" : paint.rawValue + text + "\u{1B}[39m"
    }

    // MARK: JSON

    static func json(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: "\n", to: &text)
        return text + "\n"
    }

    private static func write(_ value: JSONValue, indent: String, to text: inout String) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            text += "["
            for (index, element) in elements.enumerated() {
                text += (index > 0 ? "," : "") + indent + "  "
                write(element, indent: indent + "  ", to: &text)
            }
            text += indent + "]"
        case .object(let object) where !object.isEmpty:
            text += "{"
            for (index, member) in object.members.enumerated() {
                text += (index > 0 ? "," : "") + indent + "  "
                text += painted(JSONValue.string(member.name).text(), .name) + ": "
                write(member.value, indent: indent + "  ", to: &text)
            }
            text += indent + "}"
        case .array, .object: text += value.text()
        case .string: text += painted(value.text(), .text)
        case .null, .bool, .number: text += painted(value.text(), .other)
        }
    }

    // MARK: YAML

    /// Line by line; what continues a text on a further line stays as it is.
    static func yaml(_ value: JSONValue) -> String {
        value.yaml().split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\n")
    }

    private static func line(_ line: Substring) -> String {
        let start = line.firstIndex { $0 != " " && $0 != "-" } ?? line.endIndex
        let rest = line[start...]
        guard let end = nameEnd(in: rest) else { return String(line) }
        return line[..<start] + painted(rest[..<end], .name) + rest[end...]
    }

    /// Where the colon behind a name is; a quoted name may hold one itself.
    private static func nameEnd(in text: Substring) -> Substring.Index? {
        var end = text.startIndex
        if let quote = text.first, quote == "'" || quote == "\"" {
            guard let close = text.dropFirst().firstIndex(of: quote) else { return nil }
            end = text.index(after: close)
            guard end < text.endIndex, text[end] == ":" else { return nil }
            return end
        }
        while end < text.endIndex {
            let next = text.index(after: end)
            if text[end] == ":", next == text.endIndex || text[next] == " " { return end }
            if text[end] == " " { return nil }
            end = next
        }
        return nil
    }
}
