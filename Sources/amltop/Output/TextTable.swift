import JSONValue
import TerminalUI

/// A table for people, in plain text: as wide as it needs to be.
struct TextTable {
    var titles: [String]
    var rows: [[String]]

    /// What a query found, as `az -o table` shows it: a row for each element, objects by their plain values, lists by
    /// `Column1` and so on, anything else as `Result`.
    static func queried(_ value: JSONValue) -> TextTable {
        var titles: [String] = []
        var places: [String: Int] = [:]
        let rows = (value.arrayValue ?? [value]).map { element in
            var row: [Int: String] = [:]
            for (title, cell) in cells(of: element) {
                let place = places[title] ?? titles.count
                if place == titles.count {
                    places[title] = place
                    titles.append(title)
                }
                row[place] = cell
            }
            return row
        }
        return TextTable(titles: titles, rows: rows.map { row in titles.indices.map { row[$0] ?? "" } })
    }

    private static func cells(of element: JSONValue) -> [(title: String, cell: String)] {
        switch element {
        case .object(let object):
            object.members.compactMap { member in
                plain(member.value).map { (member.name.prefix(1).uppercased() + member.name.dropFirst(), $0) }
            }
        case .array(let elements):
            elements.enumerated().compactMap { index, value in plain(value).map { ("Column\(index + 1)", $0) } }
        default: [("Result", plain(element) ?? "")]
        }
    }

    /// The text of a value that fits a cell; nil for lists and objects.
    private static func plain(_ value: JSONValue) -> String? {
        switch value {
        case .null: ""
        case .bool(let isTrue): isTrue ? "True" : "False"
        case .number(let number): number.text
        case .string(let text): text
        case .array, .object: nil
        }
    }

    /// The fields of an object in one row; what is no plain value leaves its cell empty.
    static func object(_ value: JSONValue) -> TextTable {
        let members = value.objectValue?.members ?? []
        return TextTable(
            titles: members.map { $0.name.prefix(1).uppercased() + $0.name.dropFirst() },
            rows: [members.map { $0.value.stringValue ?? $0.value.intValue.map(String.init) ?? "" }]
        )
    }

    var text: String {
        var widths = titles.map(TextWidth.width(of:))
        let safe = rows.map { $0.map(Printable.text) }
        for row in safe {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], TextWidth.width(of: cell)) }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([titles, rule] + safe).map { line($0, widths) }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            line += cell
            guard index < cells.count - 1 else { break }
            line += String(repeating: " ", count: max(0, widths[index] - TextWidth.width(of: cell)) + 2)
        }
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }
}
