extension CellBuffer {
    /// The columns of a row from the first to the last that differ from those of a frame of the same size, whole
    /// graphemes only; nil where none does. Looks at the first `width` columns, which both frames have.
    package func changedColumns(since old: CellBuffer, row: Int, width: Int) -> Range<Int>? {
        let start = row * size.width
        return cells.withUnsafeBufferPointer { new in
            old.cells.withUnsafeBufferPointer { old in
                var first = Self.firstDifference(new, old, from: start, to: start + width) - start
                guard first < width else { return nil }
                var end = width
                while new[start + end - 1] == old[start + end - 1] { end -= 1 }
                if new[start + first].width == 0 { first -= 1 }
                if end < width, new[start + end].width == 0 { end += 1 }
                return first..<end
            }
        }
    }

    /// Most rows are as they were: whole stretches are compared before single cells.
    private static func firstDifference(
        _ new: UnsafeBufferPointer<Cell>,
        _ old: UnsafeBufferPointer<Cell>,
        from start: Int,
        to end: Int
    ) -> Int {
        var index = start
        while index + 8 <= end {
            var difference: UInt64 = 0
            for offset in index..<index + 8 {
                difference |= (new[offset].glyph ^ old[offset].glyph) | (new[offset].look ^ old[offset].look)
            }
            if difference != 0 { break }
            index += 8
        }
        while index < end, new[index] == old[index] { index += 1 }
        return index
    }
}
