package import FoundationEssentials

/// Numbers, times and sizes as the screens write them.
package enum Format {
    /// A number with a fixed count of decimals, as `12.0`.
    package static func decimal(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "–" }
        guard abs(value) < 1e15 else { return "\(value)" }
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(sign)\(scaled / scale).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
    }

    /// A count with a space between thousands, as `11 903`.
    package static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(" ") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// Milliseconds with their unit, as `84 ms` and `1.2 s`.
    package static func milliseconds(_ value: Double) -> String {
        value < 999.5 ? "\(decimal(value, digits: 0)) ms" : "\(decimal(value / 1_000, digits: 1)) s"
    }

    /// A share of 0…1 in percent with one decimal, as `4.2`.
    package static func percent(_ share: Double) -> String { decimal(share * 100, digits: 1) }

    /// What is left of a countdown, as `42:10` and `1:41:07`; hours are not folded into days.
    package static func countdown(_ seconds: Double) -> String {
        let total = max(0, Int(clamping: seconds.rounded(.up)))
        let (hours, minutes, rest) = (total / 3_600, total / 60 % 60, total % 60)
        return hours > 0
            ? "\(hours):\(twoDigits(minutes)):\(twoDigits(rest))" : "\(twoDigits(minutes)):\(twoDigits(rest))"
    }

    /// The time of day in a zone, as `14:03:22`.
    package static func clock(_ date: Date, in zone: ZoneOffset) -> String {
        let day = 86_400
        let seconds = Int(clamping: date.timeIntervalSince1970.rounded(.down)) + zone.seconds
        let ofDay = ((seconds % day) + day) % day
        // Without an interpolation: every row of the log has one.
        return String(unsafeUninitializedCapacity: 8) { bytes in
            for (place, value) in [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60].enumerated() {
                bytes[3 * place] = UInt8(ascii: "0") + UInt8(value / 10)
                bytes[3 * place + 1] = UInt8(ascii: "0") + UInt8(value % 10)
                if place < 2 { bytes[3 * place + 2] = UInt8(ascii: ":") }
            }
            return 8
        }
    }

    /// Date and time of day in a zone, as `2026-11-25 14:03:22`.
    package static func dateTime(_ date: Date, in zone: ZoneOffset) -> String {
        let seconds = Int(clamping: date.timeIntervalSince1970.rounded(.down)) + zone.seconds
        let days = Int(clamping: (Double(seconds) / 86_400).rounded(.down))
        let (year, month, dayOfMonth) = civilDate(daysSinceEpoch: days)
        return "\(year)-\(twoDigits(month))-\(twoDigits(dayOfMonth)) \(clock(date, in: zone))"
    }

    /// Days since 1970 as a date of the proleptic Gregorian calendar, by counting eras of 400 years from March on.
    private static func civilDate(daysSinceEpoch days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
