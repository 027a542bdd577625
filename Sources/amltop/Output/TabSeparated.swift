import JSONValue

/// Values between tabs, one line for each element of a list, as `az -o tsv` prints them.
///
/// In a line a list is its count, an object nothing, `null` is `None` and truth `True` or `False`: the words of the
/// Azure CLI. Texts are written as they are, except on a terminal, which would obey what controls it.
enum TabSeparated {
    static func text(_ value: JSONValue, isForTerminal: Bool = false) -> String {
        let lines = (value.arrayValue ?? [value]).map { line($0, isForTerminal) + "\n" }
        return lines.joined()
    }

    private static func line(_ value: JSONValue, _ isForTerminal: Bool) -> String {
        switch value {
        case .object(let object): cells(object.members.map(\.value), isForTerminal)
        case .array(let elements): cells(elements, isForTerminal)
        case .bool(let isTrue): isTrue ? "true" : "false"
        default: cell(value, isForTerminal)
        }
    }

    private static func cells(_ values: [JSONValue], _ isForTerminal: Bool) -> String {
        values.map { cell($0, isForTerminal) }.joined(separator: "\t")
    }

    private static func cell(_ value: JSONValue, _ isForTerminal: Bool) -> String {
        switch value {
        case .null: "None"
        case .bool(let isTrue): isTrue ? "True" : "False"
        case .number(let number): number.text
        case .string(let text): isForTerminal ? Printable.text(text) : text
        case .array(let elements): "\(elements.count)"
        case .object: ""
        }
    }
}
