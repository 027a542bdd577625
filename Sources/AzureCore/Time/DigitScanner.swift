/// Reads a short ASCII text from left to right: digits of a fixed number, single characters.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func next() -> Character? {
        guard position < bytes.count else { return nil }
        position += 1
        return Character(Unicode.Scalar(bytes[position - 1]))
    }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for index in position..<position + count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += count
        return value
    }

    /// The digits behind a decimal point; digits beyond the ninth are skipped.
    mutating func fraction() -> Double {
        var value = 0.0
        var scale = 1.0
        while let digit = digits(1) {
            guard scale < 1e9 else { continue }
            scale *= 10
            value = value * 10 + Double(digit)
        }
        return value / scale
    }

    /// At least one digit, possibly with a fraction.
    mutating func number() -> Double? {
        guard var value = digits(1).map(Double.init) else { return nil }
        while let digit = digits(1) { value = value * 10 + Double(digit) }
        if take(".") || take(",") { value += fraction() }
        return value
    }
}
