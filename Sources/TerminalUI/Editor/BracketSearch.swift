extension TextDocument {
    /// The bracket that belongs to the one at a place, brackets in JSON's strings not counting.
    ///
    /// Reads the text from its start, because only so it is known what is a string.
    package func bracket(matching position: TextPosition) -> TextPosition? {
        guard let character = character(at: position), "[]{}".contains(character) else { return nil }
        var search = BracketSearch(position: position)
        for line in lines.indices {
            var text = lines[line]
            if text.withUTF8({ search.read($0, line: line) }) { return search.match }
            if line >= position.line, !search.isOpen { return nil }
        }
        return nil
    }
}

/// Finds the partner of one bracket while a text is read line by line.
private struct BracketSearch {
    let position: TextPosition
    private(set) var match: TextPosition?
    private var open: [(bracket: UInt8, place: TextPosition)] = []

    init(position: TextPosition) {
        self.position = position
    }

    /// Whether the bracket in question still waits for its partner.
    var isOpen: Bool { open.contains { $0.place == position } }

    /// Reads one line, which is where a string of JSON ends at the latest; true where the search is over.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, line: Int) -> Bool {
        var isInString = false
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if isInString {
                if byte == UInt8(ascii: "\\") { offset += 1 }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else if take(byte, at: TextPosition(line: line, offset: offset), &isInString) {
                return true
            }
            offset += 1
        }
        return false
    }

    private mutating func take(_ byte: UInt8, at place: TextPosition, _ isInString: inout Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"): open.append((byte, place))
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            // ASCII has each closing bracket two behind its opening one; another one is a slip, and ends the search.
            guard let last = open.popLast(), last.bracket + 2 == byte else { return true }
            if place == position { match = last.place }
            if last.place == position { match = place }
            return match != nil
        default: break
        }
        return false
    }
}
