internal import TerminalUI

/// A line that is being typed.
package struct Prompt: Equatable, Sendable {
    /// What the line is for.
    package enum Purpose: Hashable, Sendable {
        case filter(Pane)
        /// A word to find in the view on top.
        case search
        case command
        /// A field of the rotation wizard.
        case rotation
        /// A field of the scoring form.
        case scoring
    }

    package var purpose: Purpose
    package var text: String
    /// Characters left of the cursor.
    package var cursor: Int

    init(_ purpose: Purpose, text: String = "") {
        self.purpose = purpose
        self.text = text
        cursor = text.count
    }

    /// Takes a key as a shell's line would; false for a key that is not the line's.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace, .control("h"): remove(from: cursor - 1, to: cursor)
        case .delete: remove(from: cursor, to: cursor + 1)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .control("u"): remove(from: 0, to: cursor)
        case .control("k"): remove(from: cursor, to: text.count)
        case .control("w"): removeWord()
        default: return false
        }
        return true
    }

    mutating func insert(_ more: String) {
        let before = text[..<index(cursor)] + more.replacing("\n", with: " ")
        text = String(before + text[index(cursor)...])
        // Not the sum of both: a mark that is typed joins the character before it.
        cursor = min(before.count, text.count)
    }

    mutating func replace(with text: String) {
        self.text = text
        cursor = text.count
    }

    private mutating func removeWord() {
        let before = text.prefix(cursor)
        let kept = before.dropLast(while: { $0 == " " }).dropLast(while: { $0 != " " })
        remove(from: kept.count, to: cursor)
    }

    private mutating func remove(from start: Int, to end: Int) {
        let (start, end) = (max(0, start), min(end, text.count))
        guard start < end else { return }
        text.removeSubrange(index(start)..<index(end))
        cursor = start
    }

    /// The first character to show where `columns` are there for what stands left of the cursor.
    func firstShown(columns: Int) -> Int {
        var first = cursor
        var width = 0
        for character in text.prefix(cursor).reversed() {
            width += TextWidth.width(of: String(character))
            guard width <= columns else { break }
            first -= 1
        }
        return first
    }

    private func index(_ offset: Int) -> String.Index { text.index(text.startIndex, offsetBy: offset) }
}

extension Substring {
    fileprivate func dropLast(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
