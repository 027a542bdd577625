/// `[start:stop:step]`, counting as Python does: from the end where negative, never out of bounds.
struct Slice: Hashable, Sendable {
    var start: Int?
    var stop: Int?
    /// Never 0.
    var step = 1

    func callAsFunction<Element>(_ elements: [Element]) -> [Element] {
        let count = elements.count
        // The same result as any longer step, and nothing to overflow.
        let step = max(-count - 1, min(count + 1, step))
        let range = step > 0 ? 0...count : -1...count - 1
        let from = start.map { Self.position($0, of: count, within: range) } ?? (step > 0 ? 0 : count - 1)
        let to = stop.map { Self.position($0, of: count, within: range) } ?? (step > 0 ? count : -1)
        return stride(from: from, to: to, by: step).map { elements[$0] }
    }

    private static func position(_ number: Int, of count: Int, within range: ClosedRange<Int>) -> Int {
        let position = number < 0 ? number + count : number
        return max(range.lowerBound, min(range.upperBound, position))
    }
}
