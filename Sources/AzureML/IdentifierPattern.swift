/// A piece of an identifier to look for in many.
///
/// Where identifiers are GUIDs this compares digits in place: a hundred thousand rows have two hundred thousand of them.
package struct IdentifierPattern: Sendable {
    private let text: String
    /// The pattern's digits in the lowest bits, and a mask over as many; nil where it is not one run of digits.
    private let digits: (value: UInt64, mask: UInt64)?
    /// How far the halves are shifted so that the pattern can be compared, for each place within a group of digits.
    private let upperShifts: [UInt64]
    private let lowerShifts: [UInt64]
    /// Whether a GUID can hold the pattern at all.
    private let canBeInGUID: Bool

    /// What no identifier holds.
    package static let none = IdentifierPattern("\u{0}")

    /// - Parameter text: In lower case.
    package init(_ text: String) {
        self.text = text
        canBeInGUID = text.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
        let length = text.utf8.count
        guard length > 0, length <= 12, let value = UInt64(text, radix: 16), text.first != "-" else {
            digits = nil
            (upperShifts, lowerShifts) = ([], [])
            return
        }
        digits = (value, 1 << UInt64(4 * length) &- 1)
        // Groups of 8, 4 and 4 digits in the upper half, of 4 and 12 in the lower: first digit and length of each.
        upperShifts = Self.shifts(length, groups: [(0, 8), (8, 4), (12, 4)])
        lowerShifts = Self.shifts(length, groups: [(0, 4), (4, 12)])
    }

    private static func shifts(_ length: Int, groups: [(first: Int, length: Int)]) -> [UInt64] {
        groups.flatMap { group -> [UInt64] in
            guard group.length >= length else { return [] }
            return (group.first...group.first + group.length - length).map { UInt64(4 * (16 - $0 - length)) }
        }
    }

    /// Whether the identifier holds the pattern, whatever the case.
    package func isContained(in identifier: CompactIdentifier) -> Bool {
        switch identifier {
        case .text(let other): return !other.isEmpty && other.lowercased().contains(text)
        case .guid(let upper, let lower):
            guard canBeInGUID else { return false }
            guard let digits else { return identifier.text.contains(text) }
            return upperShifts.contains { upper >> $0 & digits.mask == digits.value }
                || lowerShifts.contains { lower >> $0 & digits.mask == digits.value }
        }
    }
}

extension IdentifierPattern {
    /// Whether one of the two identifiers of a row holds the pattern; here, so that no row is copied for it.
    package func isContained(in rows: UnsafeBufferPointer<TrafficLogRow>, at index: Int) -> Bool {
        isContained(in: rows[index].request) || isContained(in: rows[index].clientRequest)
    }
}
