/// The part of a long list that is shown.
package struct ScrollWindow: Hashable, Sendable {
    /// The index of the first row shown.
    package var offset: Int

    package init(offset: Int = 0) {
        self.offset = offset
    }

    /// Moves as little as possible so that the selected row is shown.
    package mutating func follow(selected: Int?, count: Int, height: Int) {
        offset = Self.offset(selected: selected, count: count, height: height, previous: offset)
    }

    /// The rows shown.
    package func range(count: Int, height: Int) -> Range<Int> {
        let start = min(max(0, offset), max(0, count))
        return start..<min(max(0, count), start + max(0, height))
    }

    /// The offset nearest to `previous` that shows the selected row and leaves no room unused at the end.
    ///
    /// `selected` is an index in `0..<count`, or nil to stay put.
    package static func offset(selected: Int?, count: Int, height: Int, previous: Int) -> Int {
        guard count > 0, height > 0 else { return 0 }
        var offset = min(max(0, previous), max(0, count - height))
        if let selected {
            let row = min(max(0, selected), count - 1)
            offset = min(max(offset, row - height + 1), row)
        }
        return offset
    }
}
