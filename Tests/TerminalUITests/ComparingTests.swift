import TerminalUI
import Testing

@Suite struct ComparingTests {
    private static let glyphs: [Character] = [" ", "0", "–", ".", "█", "a", "~", "─"]

    /// Every pair of glyphs and of styles, in every column: no bit of one may hide a bit of the other.
    @Test(arguments: Ink.allCases)
    func aCellThatDiffersIsFound(_ ink: Ink) {
        let styles = [Style(ink), Style(ink, bold: true), Style(ink, selected: true), Style(.text, dim: true), .text]
        for (before, after) in Self.pairs(of: Self.glyphs) {
            for (old, new) in Self.pairs(of: styles) where before != after || old != new {
                for column in [0, 3, 7, 8, 18] {
                    let (first, second) = (Self.frame(before, old, at: column), Self.frame(after, new, at: column))
                    #expect(second.changedColumns(since: first, row: 1, width: 19) == column..<column + 1)
                }
            }
        }
    }

    @Test func whatIsTheSameIsNoChange() {
        let frame = Self.frame("0", .accent, at: 4)
        #expect(frame.changedColumns(since: frame, row: 1, width: 19) == nil)
    }

    private static func pairs<Value>(of values: [Value]) -> [(Value, Value)] {
        values.flatMap { first in values.map { (first, $0) } }
    }

    private static func frame(_ glyph: Character, _ style: Style, at column: Int) -> CellBuffer {
        var frame = CellBuffer(size: Size(width: 19, height: 2))
        frame.fill(frame.area, with: "x", style: Style(.text, selected: true))
        frame.write(String(glyph), at: Point(x: column, y: 1), in: frame.area, style: style)
        return frame
    }
}
