import JSONValue
import TerminalUI

/// A table for people, in plain text: as wide as it needs to be.
struct TextTable {
    var titles: [String]
    var rows: [[String]]

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
