/// A JSON number as it was written, so that no digit is lost between reading and writing it.
public struct JSONNumber: Hashable, Sendable {
    private enum Storage: Hashable {
        /// Whole numbers in their shortest spelling, the usual case, without a string of their own.
        case integer(Int)
        /// Any other spelling: fractions, exponents, `-0`, whole numbers too long for `Int`.
        case text(String)
    }

    private let storage: Storage

    public init(_ value: Int) {
        storage = .integer(value)
    }

    /// Nil for infinities and not-a-number, which JSON cannot write.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if let whole = Self.exactInt(value), !(value == 0 && value.sign == .minus) {
            storage = .integer(whole)
        } else {
            storage = .text("\(value)")
        }
    }

    /// For the parser, which has checked the grammar already.
    init(uncheckedText: String) {
        storage = .text(uncheckedText)
    }

    /// The number as written.
    public var text: String {
        switch storage {
        case .integer(let value): "\(value)"
        case .text(let text): text
        }
    }

    /// The whole number this is (`3`, `3.0` and `3e0` alike), nil where it has a fraction or does not fit.
    public var intValue: Int? {
        switch storage {
        case .integer(let value): value
        case .text(let text): Int(text) ?? Double(text).flatMap(Self.exactInt)
        }
    }

    /// The nearest `Double`; infinite where the number is beyond its range.
    public var doubleValue: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .text(let text): Double(text) ?? .nan
        }
    }

    /// Beyond 2⁵³ a `Double` no longer tells neighbouring whole numbers apart.
    private static func exactInt(_ value: Double) -> Int? {
        value.magnitude < 9_007_199_254_740_992 ? Int(exactly: value) : nil
    }
}
