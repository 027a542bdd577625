/// A place in a text, between two characters.
package struct TextPosition: Hashable, Comparable, Sendable {
    /// From 0.
    package var line: Int
    /// Bytes (of UTF-8) from the start of the line.
    package var offset: Int

    package static let start = TextPosition(line: 0, offset: 0)

    package init(line: Int, offset: Int) {
        self.line = line
        self.offset = offset
    }

    package static func < (left: TextPosition, right: TextPosition) -> Bool {
        left.line == right.line ? left.offset < right.offset : left.line < right.line
    }
}
