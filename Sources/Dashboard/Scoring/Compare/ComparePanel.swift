internal import JSONValue
package import TerminalUI

/// Two answers side by side: where they differ, and by how much.
package struct ComparePanel: Equatable, Sendable {
    /// How the bodies are shown.
    package enum Layout: Hashable, Sendable {
        /// The places where they differ.
        case differences
        /// Both bodies whole, row by row.
        case sideBySide
    }

    /// What comparing the bodies told.
    enum Outcome: Equatable, Sendable {
        case json(JSONComparison)
        /// At least one is no JSON: equal, or the first byte that differs.
        case bytes(firstDifference: Int?)
    }

    /// Of the larger of two numbers; the first allows nothing.
    package static let tolerances: [Double] = [0, 1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 5e-2, 0.1]
    static let mostDifferences = 1_000

    package let first: ComparedAnswer
    package let second: ComparedAnswer
    package private(set) var layout = Layout.differences
    /// An index into the tolerances.
    package private(set) var toleranceIndex: Int
    private(set) var outcome: Outcome
    private(set) var rows: [CompareRow] = []
    var place = AnswerPanel.Place()
    private let values: [JSONValue]

    package init(first: ComparedAnswer, second: ComparedAnswer) {
        self.first = first
        self.second = second
        toleranceIndex = 0
        let parsed = [first, second].map { try? JSONValue.parse($0.body) }
        values = parsed.compactMap(\.self)
        outcome = .bytes(firstDifference: nil)
        compare()
        // Of what is no JSON there is no list of places.
        if values.count < 2, !isEqual { layout = .sideBySide }
    }

    package var tolerance: Double { Self.tolerances[toleranceIndex] }

    /// Whether the bodies are the same, within the tolerance.
    package var isEqual: Bool {
        switch outcome {
        case .json(let comparison): comparison.isEqual
        case .bytes(let difference): difference == nil
        }
    }

    var lineCount: Int {
        guard layout == .differences else { return rows.count }
        return if case .json(let comparison) = outcome { comparison.differences.count } else { 0 }
    }

    /// Takes a key; false for one that is not the panel's.
    package mutating func take(_ key: Key, pageHeight: Int) -> Bool {
        let page = max(1, pageHeight - 8)
        if let motion = Motion(key) {
            move(motion, page)
            return true
        }
        switch key {
        case .character("+"), .character("="): setTolerance(toleranceIndex + 1)
        case .character("-"): setTolerance(toleranceIndex - 1)
        case .character("0"): setTolerance(0)
        case .character("v"), .tab:
            layout = layout == .differences ? .sideBySide : .differences
            place = AnswerPanel.Place()
        case .character("n") where layout == .sideBySide: goToDifference(forward: true)
        case .character("N") where layout == .sideBySide: goToDifference(forward: false)
        default: return false
        }
        return true
    }

    private mutating func move(_ motion: Motion, _ page: Int) {
        place.cursor = motion.index(from: place.cursor, count: lineCount, page: page)
        place.top = ScrollWindow.offset(
            selected: place.cursor,
            count: lineCount,
            height: page,
            previous: place.top
        )
    }

    private mutating func setTolerance(_ index: Int) {
        toleranceIndex = max(0, min(index, Self.tolerances.count - 1))
        compare()
        place.cursor = max(0, min(place.cursor, lineCount - 1))
    }

    private mutating func goToDifference(forward: Bool) {
        let places = rows.indices.filter { rows[$0].isDifferent }
        let found =
            forward
            ? places.first { $0 > place.cursor } ?? places.first : places.last { $0 < place.cursor } ?? places.last
        if let found { place.cursor = found }
    }

    private mutating func compare() {
        guard values.count == 2 else {
            outcome = .bytes(firstDifference: Self.firstDifference(first.body, second.body))
            rows = CompareRow.rows(ofText: first.body, second.body)
            return
        }
        let tolerance = JSONComparison.Tolerance(relative: tolerance)
        outcome = .json(
            JSONComparison(values[0], values[1], tolerance: tolerance, limit: Self.mostDifferences)
        )
        rows = CompareRow.rows(values[0], values[1], tolerance: tolerance)
    }

    private static func firstDifference(_ first: [UInt8], _ second: [UInt8]) -> Int? {
        let shared = zip(first, second).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        return shared ?? (first.count == second.count ? nil : min(first.count, second.count))
    }
}
