/// One change of a text, as it can be taken back.
struct TextEdit: Equatable, Sendable {
    var start: TextPosition
    var removed: String
    var inserted: String

    /// What an edit is part of: typing goes on until something else is done.
    enum Kind: Hashable, Sendable { case typing, erasing, other }
}

/// What was done to a text, to be taken back and done again.
struct EditHistory: Equatable, Sendable {
    /// Edits that are taken back together, with where the cursor stood before them and after.
    struct Step: Equatable, Sendable {
        var edits: [TextEdit]
        var kind: TextEdit.Kind
        var before: TextPosition
        var after: TextPosition

        var byteCount: Int { edits.reduce(0) { $0 + $1.removed.utf8.count + $1.inserted.utf8.count } }
    }

    /// More than this is not kept, in bytes; the latest step always is.
    static let capacity = 32 << 20

    private(set) var done: [Step] = []
    private(set) var undone: [Step] = []
    private var byteCount = 0
    /// Whether the next edit of the same kind belongs to the latest step.
    private var isOpen = false

    mutating func record(_ edit: TextEdit, kind: TextEdit.Kind, before: TextPosition, after: TextPosition) {
        for step in undone { byteCount -= step.byteCount }
        undone = []
        byteCount += edit.removed.utf8.count + edit.inserted.utf8.count
        if isOpen, kind != .other, let last = done.last, last.kind == kind, last.after == before {
            done[done.count - 1].edits.append(edit)
            done[done.count - 1].after = after
        } else {
            done.append(Step(edits: [edit], kind: kind, before: before, after: after))
        }
        isOpen = true
        while byteCount > Self.capacity, done.count > 1 { byteCount -= done.removeFirst().byteCount }
    }

    /// What is done next is a step of its own.
    mutating func close() { isOpen = false }

    mutating func undo() -> Step? {
        guard let step = done.popLast() else { return nil }
        undone.append(step)
        isOpen = false
        return step
    }

    mutating func redo() -> Step? {
        guard let step = undone.popLast() else { return nil }
        done.append(step)
        isOpen = false
        return step
    }
}
