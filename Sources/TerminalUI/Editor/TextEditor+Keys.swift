extension TextEditor {
    /// Takes a key that editors have in common; false for a key that is not the editor's.
    ///
    /// - Parameters:
    ///   - key: As the terminal told it.
    ///   - pageHeight: How many lines a page has.
    /// - Returns: Whether the key was taken.
    package mutating func take(_ key: Key, pageHeight: Int) -> Bool {
        if let movement = Self.movement(for: key, pageHeight: max(1, pageHeight - 1)) {
            move(movement)
            return true
        }
        switch key {
        case .character(let character): type(character)
        case .enter: breakLine()
        case .tab: insert("  ")
        case .backspace, .control("h"): eraseBackward()
        case .delete, .control("d"): eraseForward()
        case .control("w"), .alt("\u{7F}"): eraseWordBackward()
        case .control("u"): eraseToLineStart()
        case .control("_"), .alt("u"): undo()
        case .alt("r"), .alt("e"): redo()
        case .control("k"): _ = cutToLineEnd()
        case .control("@"): toggleSelecting()
        case .alt("a"): selectAll()
        default: return false
        }
        return true
    }

    private static func movement(for key: Key, pageHeight: Int) -> Movement? {
        switch key {
        case .left, .control("b"): .left
        case .right, .control("f"): .right
        case .alt("b"): .wordLeft
        case .alt("f"): .wordRight
        case .up, .control("p"): .lines(-1)
        case .down, .control("n"): .lines(1)
        case .pageUp: .lines(-pageHeight)
        case .pageDown: .lines(pageHeight)
        case .home, .control("a"): .lineStart
        case .end, .control("e"): .lineEnd
        case .alt("<"): .textStart
        case .alt(">"): .textEnd
        default: nil
        }
    }
}
