import TerminalUI

/// A table for people, in plain text: as wide as it needs to be.
struct TextTable {
    var titles: [String]
    var rows: [[String]]

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
