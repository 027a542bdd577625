import JSONValue

/// A number compared by its value, to the last digit it was written with.
struct ExactNumber {
    let number: JSONNumber
}

extension ExactNumber: Comparable {
    static func == (left: ExactNumber, right: ExactNumber) -> Bool { left.order(against: right) == 0 }
    static func < (left: ExactNumber, right: ExactNumber) -> Bool { left.order(against: right) < 0 }

    /// Negative where it is less, 0 where it is equal, positive where it is greater.
    private func order(against other: ExactNumber) -> Int {
        if number == other.number { return 0 }
        if let left = number.intValue, let right = other.number.intValue, left != right { return left < right ? -1 : 1 }
        // Rounding never turns an order round; it can only hide it.
        let left = number.doubleValue
        let right = other.number.doubleValue
        guard left == right else { return left < right ? -1 : 1 }
        return Digits(number.text).order(against: Digits(other.number.text))
    }
}

/// A number as 0.d₁d₂d₃… × 10ⁿ.
private struct Digits {
    private let isNegative: Bool
    /// Without zeros at either end; empty for 0.
    private let digits: ArraySlice<UInt8>
    private let exponent: Int

    init(_ text: String) {
        let unsigned = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let parts = unsigned.split(omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        let mantissa = parts.first ?? unsigned
        let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
        let all = Array(whole) + mantissa.dropFirst(whole.count + 1)
        let significant = all.drop { $0 == UInt8(ascii: "0") }
        let trailing = significant.reversed().prefix { $0 == UInt8(ascii: "0") }.count
        isNegative = text.hasPrefix("-")
        digits = significant.dropLast(trailing)
        exponent = whole.count - significant.startIndex + (parts.count > 1 ? Self.exponent(parts[1]) : 0)
    }

    /// Exponents that no computer could write out are all the same.
    private static func exponent(_ text: Substring.UTF8View) -> Int {
        let limit = Int.max / 4
        let text = Substring(text)
        return Int(text).map { max(-limit, min(limit, $0)) } ?? (text.hasPrefix("-") ? -limit : limit)
    }

    func order(against other: Digits) -> Int {
        if digits.isEmpty || other.digits.isEmpty { return sign - other.sign }
        guard isNegative == other.isNegative else { return sign - other.sign }
        if exponent != other.exponent { return exponent < other.exponent ? -sign : sign }
        if digits.lexicographicallyPrecedes(other.digits) { return -sign }
        return other.digits.lexicographicallyPrecedes(digits) ? sign : 0
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }
}
