#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Times and durations as Azure writes them (ISO 8601).
public enum ISO8601 {
    /// The moment a text names: `2025-05-01T14:33:06.1234567Z`, with any number of fractional digits, with an offset
    /// instead of the `Z`, or with neither (then it is UTC). Nil for anything else.
    public static func date(_ text: String) -> Date? {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60
        else { return nil }
        var second = 0
        var fraction = 0.0
        if scanner.take(":") {
            guard let value = scanner.digits(2), value <= 60 else { return nil }
            second = value
            fraction = scanner.take(".") || scanner.take(",") ? scanner.fraction() : 0
        }
        guard let offset = offset(&scanner), scanner.isAtEnd else { return nil }
        let seconds = CivilDate(year: year, month: month, day: day).secondsSince1970
        return Date(timeIntervalSince1970: Double(seconds + hour * 3600 + minute * 60 + second - offset) + fraction)
    }

    /// The moment as `2025-05-01T14:33:06Z`, with milliseconds where there are any.
    public static func text(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let (seconds, rest) = milliseconds.flooredQuotient(by: 1000)
        let (days, secondOfDay) = seconds.flooredQuotient(by: 86_400)
        let day = CivilDate(daysSince1970: days)
        let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { $0.padded(to: 2) }
        let fraction = rest == 0 ? "" : "." + rest.padded(to: 3)
        return "\(day.year.padded(to: 4))-\(day.month.padded(to: 2))-\(day.day.padded(to: 2))"
            + "T\(clock.joined(separator: ":"))\(fraction)Z"
    }

    /// The duration a text names: `PT5S`, `PT1M30S`, `PT0.5S`, `P1DT2H`. Years and months have no fixed length: nil.
    public static func duration(_ text: String) -> Duration? {
        var scanner = DigitScanner(text)
        let isNegative = scanner.take("-")
        guard scanner.take("P"), !scanner.isAtEnd else { return nil }
        var seconds = 0.0
        var isTime = false
        while !scanner.isAtEnd {
            if !isTime, scanner.take("T") {
                isTime = true
                continue
            }
            guard let number = scanner.number(), let unit = scanner.next(),
                let factor = factor(of: unit, isTime: isTime)
            else { return nil }
            seconds += number * factor
        }
        guard seconds.magnitude < 1e12 else { return nil }
        return .milliseconds(Int64((isNegative ? -seconds : seconds) * 1000))
    }

    private static func factor(of unit: Character, isTime: Bool) -> Double? {
        switch (unit, isTime) {
        case ("W", false): 7 * 86_400
        case ("D", false): 86_400
        case ("H", true): 3600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }

    /// Seconds east of UTC.
    private static func offset(_ scanner: inout DigitScanner) -> Int? {
        if scanner.isAtEnd || scanner.take("Z") || scanner.take("z") { return 0 }
        let sign = scanner.take("+") ? 1 : scanner.take("-") ? -1 : 0
        guard sign != 0, let hours = scanner.digits(2) else { return nil }
        _ = scanner.take(":")
        let minutes = scanner.isAtEnd ? 0 : scanner.digits(2)
        return minutes.map { sign * (hours * 3600 + $0 * 60) }
    }
}
