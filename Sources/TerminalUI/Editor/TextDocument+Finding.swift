extension TextDocument {
    /// Where a word stands next, behind `position` or before it, going round at the ends; case does not count in ASCII.
    ///
    /// - Parameters:
    ///   - word: One line; an empty one is found nowhere.
    ///   - position: Where the search begins; a match that begins right there counts only going round.
    ///   - isForward: Whether to go on or back.
    /// - Returns: Where it stands; nil where the text has it nowhere.
    package func find(_ word: String, from position: TextPosition, isForward: Bool = true) -> Range<TextPosition>? {
        let pattern = Array(word.utf8.map(Self.folded))
        guard !pattern.isEmpty else { return nil }
        for step in 0...lines.count {
            let line = (position.line + (isForward ? step : lines.count * 2 - step)) % lines.count
            let isFirst = step == 0
            let isLast = step == lines.count
            let matches = Self.matches(of: pattern, in: lines[line]).filter { offset in
                if isFirst { return isForward ? offset > position.offset : offset < position.offset }
                if isLast { return isForward ? offset <= position.offset : offset >= position.offset }
                return true
            }
            if let offset = isForward ? matches.first : matches.last {
                let start = TextPosition(line: line, offset: offset)
                return start..<aligned(TextPosition(line: line, offset: offset + pattern.count))
            }
        }
        return nil
    }

    private static func matches(of pattern: [UInt8], in line: String) -> [Int] {
        var line = line
        return line.withUTF8 { bytes in
            guard bytes.count >= pattern.count else { return [] }
            return (0...(bytes.count - pattern.count)).filter { start in
                for index in pattern.indices where folded(bytes[start + index]) != pattern[index] { return false }
                return true
            }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
