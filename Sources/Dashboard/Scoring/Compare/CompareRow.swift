internal import JSONValue

/// A line of two bodies side by side.
struct CompareRow: Equatable, Sendable {
    var depth: Int
    /// Nil where that side has nothing here.
    var first: String?
    var second: String?
    var isDifferent: Bool

    /// More are not laid out.
    static let mostRows = 20_000

    static func rows(
        _ first: JSONValue,
        _ second: JSONValue,
        tolerance: JSONComparison.Tolerance
    ) -> [CompareRow] {
        var builder = Builder(tolerance: tolerance)
        builder.add(first, second, label: "", depth: 0)
        return builder.rows
    }

    static func rows(ofText first: [UInt8], _ second: [UInt8]) -> [CompareRow] {
        let (one, other) = (TextRows(first), TextRows(second))
        return (0..<min(mostRows, max(one.count, other.count))).map { line in
            let left = line < one.count ? one.text(line, of: first) : nil
            let right = line < other.count ? other.text(line, of: second) : nil
            return CompareRow(depth: 0, first: left, second: right, isDifferent: left != right)
        }
    }

    private struct Builder {
        let tolerance: JSONComparison.Tolerance
        var rows: [CompareRow] = []

        mutating func add(_ first: JSONValue?, _ second: JSONValue?, label: String, depth: Int) {
            guard rows.count < CompareRow.mostRows else { return }
            let children = Self.children(first, second)
            guard let children, !(Self.isShort(first) && Self.isShort(second)) else {
                let isDifferent =
                    if let first, let second {
                        !JSONComparison(first, second, tolerance: tolerance, limit: 1).isEqual
                    } else { true }
                return append(first?.text(), second?.text(), label: label, depth: depth, isDifferent)
            }
            let (open, close) = Self.isObject(first ?? second) ? ("{", "}") : ("[", "]")
            let isOneSided = first == nil || second == nil
            append(first.map { _ in open }, second.map { _ in open }, label: label, depth: depth, isOneSided)
            for child in children { add(child.first, child.second, label: child.label, depth: depth + 1) }
            append(first.map { _ in close }, second.map { _ in close }, label: "", depth: depth, isOneSided)
        }

        private mutating func append(
            _ first: String?,
            _ second: String?,
            label: String,
            depth: Int,
            _ isDifferent: Bool
        ) {
            rows.append(
                CompareRow(
                    depth: depth,
                    first: first.map { label + $0 },
                    second: second.map { label + $0 },
                    isDifferent: isDifferent
                )
            )
        }

        /// An array of few plain values goes on one line.
        private static func isShort(_ value: JSONValue?) -> Bool {
            guard let elements = value?.arrayValue else { return value == nil || value?.objectValue == nil }
            return elements.count <= 8 && elements.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
        }

        private static func isObject(_ value: JSONValue?) -> Bool { value?.objectValue != nil }

        /// What stands within both, in pairs; nil where they are not containers of one kind.
        private static func children(
            _ first: JSONValue?,
            _ second: JSONValue?
        ) -> [(label: String, first: JSONValue?, second: JSONValue?)]? {
            let sides = [first, second].compactMap(\.self)
            let objects = sides.compactMap(\.objectValue)
            if objects.count == sides.count, !objects.isEmpty {
                var names: [String] = []
                var seen: Set<String> = []
                for member in objects.flatMap(\.members) where seen.insert(member.name).inserted {
                    names.append(member.name)
                }
                return names.map { (JSONValue.string($0).text() + ": ", first?[$0], second?[$0]) }
            }
            let arrays = sides.compactMap(\.arrayValue)
            guard arrays.count == sides.count, !arrays.isEmpty else { return nil }
            let count = arrays.map(\.count).max() ?? 0
            return (0..<count).map { ("", first?[$0], second?[$0]) }
        }
    }
}
