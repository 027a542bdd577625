/// How a scalar behaves in a terminal's cells.
enum ScalarClass: UInt32 {
    /// One column, by itself.
    case narrow = 0
    /// Two columns, by itself.
    case wide
    /// No column: a mark over what stands before it.
    case mark
    /// Joins what stands before it in a way terminals measure differently.
    case joining
    /// Not to be shown: a control, invisible, private or unassigned scalar, or one whose width is disputed by itself.
    case hidden
    /// One empty column.
    case space
    /// Half of a flag.
    case regional
    /// A conjoining Hangul letter.
    case jamo

    /// The class of a scalar value from U+0080 on.
    init(_ value: UInt32) {
        switch value {
        // What a dashboard shows most, without a search.
        case 0xAE...0x2FF, 0xA1...0xAC, 0x2500...0x25FC: self = .narrow
        case 0xAC00...0xD7A3, 0x4E00...0x9FFF: self = .wide
        default: self = Self.search(value)
        }
    }

    private static func search(_ value: UInt32) -> ScalarClass {
        // The last run that starts at or before the value: the low three bits hold the class.
        let key = value << 3 | 7
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] <= key { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? ScalarClass(rawValue: runs[low - 1] & 7) ?? .hidden : .hidden
    }
}
