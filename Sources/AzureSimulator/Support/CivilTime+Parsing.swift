extension CivilTime {
    /// Tenths of a microsecond since 1970-01-01 of an ISO 8601 date, or date and time, with up to seven digits of
    /// fraction and an offset; without an offset it is UTC. `nil` for anything else.
    static func ticks(iso text: some StringProtocol) -> Int64? {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var (hour, minute, second, fraction, offsetMinutes) = (0, 0, 0, 0, 0)
        if reader.take("T") || reader.take("t") || reader.take(" ") {
            guard let hours = reader.number(2), reader.take(":"), let minutes = reader.number(2), hours < 24,
                minutes < 60
            else { return nil }
            (hour, minute) = (hours, minutes)
            if reader.take(":") {
                guard let seconds = reader.number(2), seconds < 60 else { return nil }
                second = seconds
                if reader.take(".") {
                    guard let digits = reader.fraction(7) else { return nil }
                    fraction = digits
                }
            }
            guard let offset = reader.offset() else { return nil }
            offsetMinutes = offset
        }
        guard reader.isAtEnd else { return nil }
        let local = ticks(
            year: year,
            month: month,
            day: day,
            hour: hour,
            minute: minute,
            second: second,
            fraction: fraction
        )
        return local - Int64(offsetMinutes) * 60 * ticksPerSecond
    }
}

/// Reads fixed runs of digits from the front of a text.
private struct DigitReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func number(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return value
    }

    /// A run of digits as a fraction in units of 10^-`width`; what is finer is cut.
    mutating func fraction(_ width: Int) -> Int? {
        var value = 0
        var count = 0
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
            if count < width { value = value * 10 + Int(bytes[index] - 0x30) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, width)..<width { value *= 10 }
        return value
    }

    /// `Z`, `+09:00` or nothing, as minutes east of Greenwich.
    mutating func offset() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        // A `+` of a query that nobody escaped arrives as a space.
        let sign = take("-") ? -1 : take("+") || take(" ") ? 1 : 0
        guard sign != 0, let hours = number(2) else { return nil }
        _ = take(":")
        guard let minutes = number(2) else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
