/// A text as lines, for an editor: every edit costs about what it touches, also in one line of a megabyte.
///
/// Lines end in a line feed and nothing else; a carriage return before it is a character of its line, so that a text
/// leaves the editor with the bytes it came with. There is always at least one line.
package struct TextDocument: Equatable, Sendable {
    package private(set) var lines: [String]
    /// Of the whole text, in bytes of UTF-8.
    package private(set) var byteCount: Int

    package init(_ text: String = "") {
        lines = Self.split(text)
        byteCount = text.utf8.count
    }

    package var text: String { lines.joined(separator: "\n") }
    package var isEmpty: Bool { byteCount == 0 }

    package var end: TextPosition {
        TextPosition(line: lines.count - 1, offset: lines[lines.count - 1].utf8.count)
    }

    package func text(in range: Range<TextPosition>) -> String {
        let (lower, upper) = (range.lowerBound, range.upperBound)
        guard lower.line < upper.line else {
            return String(lines[lower.line][index(lower)..<index(upper)])
        }
        var text = String(lines[lower.line][index(lower)...])
        for line in lines[(lower.line + 1)..<upper.line] {
            text += "\n"
            text += line
        }
        text += "\n"
        text += lines[upper.line][..<index(upper)]
        return text
    }

    /// Puts a text in the place of another one.
    ///
    /// - Returns: Where it ends: a byte position, which a mark that joins what follows may put inside a character.
    @discardableResult
    package mutating func replace(_ range: Range<TextPosition>, with text: String) -> TextPosition {
        let (lower, upper) = (range.lowerBound, range.upperBound)
        byteCount += text.utf8.count - self.byteCount(of: range)
        var new = Self.split(text)
        if new.count == 1, lower.line == upper.line {
            let place = index(lower)..<index(upper)
            lines[lower.line].replaceSubrange(place, with: text)
            return TextPosition(line: lower.line, offset: lower.offset + text.utf8.count)
        }
        let last = new.count - 1
        let end = TextPosition(
            line: lower.line + last,
            offset: new[last].utf8.count + (last == 0 ? lower.offset : 0)
        )
        new[last] += lines[upper.line][index(upper)...]
        new[0] = lines[lower.line][..<index(lower)] + new[0]
        lines.replaceSubrange(lower.line...upper.line, with: new)
        return end
    }

    private func byteCount(of range: Range<TextPosition>) -> Int {
        let (lower, upper) = (range.lowerBound, range.upperBound)
        guard lower.line < upper.line else { return upper.offset - lower.offset }
        let between = lines[lower.line..<upper.line].reduce(0) { $0 + $1.utf8.count + 1 }
        return between - lower.offset + upper.offset
    }

    /// Cut at line feeds alone: as a `Character`, a carriage return would take the line feed with it.
    private static func split(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            var line = String(Substring($0))
            // One buffer of its own per line: every index into it is then found in constant time.
            line.makeContiguousUTF8()
            return line
        }
    }

    func index(_ position: TextPosition) -> String.Index {
        let utf8 = lines[position.line].utf8
        return utf8.index(utf8.startIndex, offsetBy: position.offset)
    }
}
