/// How much of a rectangle a part of it gets.
package enum Length: Hashable, Sendable {
    /// So many cells, or none where they do not fit.
    case fixed(Int)
    /// A share of what the fixed parts leave, by weight.
    case fill(Int)
}

extension Rect {
    /// Cuts the rectangle into rows from top to bottom; a part that does not fit is empty.
    package func rows(_ lengths: [Length], spacing: Int = 0) -> [Rect] {
        cut(length: height, into: lengths, spacing: spacing).map { part in
            Rect(x: x, y: y + part.start, width: width, height: part.length)
        }
    }

    /// Cuts the rectangle into columns from left to right; a part that does not fit is empty.
    ///
    /// `spacing` is the number of free columns between two parts that are not empty.
    package func columns(_ lengths: [Length], spacing: Int = 0) -> [Rect] {
        cut(length: width, into: lengths, spacing: spacing).map { part in
            Rect(x: x + part.start, y: y, width: part.length, height: height)
        }
    }
}

private func cut(length: Int, into lengths: [Length], spacing: Int) -> [(start: Int, length: Int)] {
    let parts = measure(length: length, lengths: lengths, spacing: spacing)
    var start = 0
    return parts.map { part in
        defer { start += part > 0 ? part + spacing : 0 }
        return (min(start, length), part)
    }
}

/// The length of each part: fixed ones first come, first served; then the fills share the rest.
private func measure(length: Int, lengths: [Length], spacing: Int) -> [Int] {
    var parts = [Int](repeating: 0, count: lengths.count)
    var left = length
    var isFirst = true
    var fills: [(index: Int, weight: Int)] = []
    for (index, wanted) in lengths.enumerated() {
        switch wanted {
        case .fixed(let cells):
            let cost = isFirst ? cells : cells + spacing
            guard cells > 0, cost <= left else { continue }
            parts[index] = cells
            left -= cost
            isFirst = false
        case .fill(let weight) where weight > 0:
            fills.append((index, weight))
        case .fill:
            continue
        }
    }
    var gaps = max(0, isFirst ? fills.count - 1 : fills.count) * spacing
    while left - gaps < fills.count, fills.popLast() != nil { gaps = max(0, gaps - spacing) }
    left -= gaps
    var weights = fills.reduce(0) { $0 + $1.weight }
    for fill in fills {
        // Rounded up, so that the remainder goes to the first ones.
        parts[fill.index] = (left * fill.weight + weights - 1) / weights
        left -= parts[fill.index]
        weights -= fill.weight
    }
    return parts
}
