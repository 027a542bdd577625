import FoundationEssentials

/// A moment of the proleptic Gregorian calendar in UTC, to a tenth of a microsecond, as Azure writes its times.
struct CivilTime: Hashable, Sendable {
    static let ticksPerSecond: Int64 = 10_000_000

    var year, month, day, hour, minute, second: Int
    /// 0–9 999 999, tenths of a microsecond.
    var fraction: Int
    /// 0 is Sunday.
    var weekday: Int

    /// The moment `ticks` tenths of a microsecond after 1970-01-01.
    init(ticks: Int64) {
        let seconds = ticks.dividedFloor(by: Self.ticksPerSecond)
        let days = seconds.quotient.dividedFloor(by: 86_400)
        let ofDay = Int(days.remainder)
        fraction = Int(seconds.remainder)
        hour = ofDay / 3_600
        minute = ofDay / 60 % 60
        second = ofDay % 60
        weekday = Int((days.quotient + 4).dividedFloor(by: 7).remainder)
        // Days to civil date by eras of 400 years, which start on 1 March.
        let shifted = days.quotient + 719_468
        let era = shifted.dividedFloor(by: 146_097)
        let dayOfEra = Int(era.remainder)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + Int(era.quotient) * 400 + (month <= 2 ? 1 : 0)
    }

    init(_ date: Date) {
        self.init(ticks: date.ticks)
    }

    /// Tenths of a microsecond since 1970-01-01 of a civil date and time.
    static func ticks(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, fraction: Int) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Int64(shiftedYear).dividedFloor(by: 400)
        let yearOfEra = Int(era.remainder)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era.quotient * 146_097 + Int64(dayOfEra) - 719_468
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return seconds * ticksPerSecond + Int64(fraction)
    }
}

extension CivilTime {
    /// `2025-05-01T14:33:06.1234567Z`.
    var iso7: String {
        // Written by hand: rows are full of these.
        String(unsafeUninitializedCapacity: 28) { buffer in
            var position = 0
            func put(_ number: Int, _ width: Int, _ end: Unicode.Scalar) {
                var rest = number
                for place in (0..<width).reversed() {
                    buffer[position + place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                    rest /= 10
                }
                position += width
                buffer[position] = UInt8(ascii: end)
                position += 1
            }
            put(year, 4, "-")
            put(month, 2, "-")
            put(day, 2, "T")
            put(hour, 2, ":")
            put(minute, 2, ":")
            put(second, 2, ".")
            put(fraction, 7, "Z")
            return position
        }
    }
    /// `2025-05-01T14:33:06Z`.
    var isoSeconds: String { "\(isoDate)T\(clock)Z" }
    /// `2025-05-01 14:33:06Z`, as Microsoft Entra writes it.
    var entra: String { "\(isoDate) \(clock)Z" }
    /// `20250501T143306Z`, as in the routing id of Resource Manager.
    var compact: String {
        "\(year.padded(4))\(month.padded(2))\(day.padded(2))T\(hour.padded(2))\(minute.padded(2))\(second.padded(2))Z"
    }
    /// `2025-05-01 14:33:06,123`, as Python's logging writes it.
    var pythonLog: String { "\(isoDate) \(clock),\((fraction / 10_000).padded(3))" }
    /// `5/1/2025 2:33:06 PM`, as Resource Manager writes expiry times in its errors.
    var american: String {
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return "\(month)/\(day)/\(year) \(twelve):\(minute.padded(2)):\(second.padded(2)) \(hour < 12 ? "AM" : "PM")"
    }
    /// `Thu, 01 May 2025 14:33:06 GMT`, RFC 9110.
    var http: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(days[weekday]), \(day.padded(2)) \(months[month - 1]) \(year.padded(4)) \(clock) GMT"
    }

    private var isoDate: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
    private var clock: String { "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))" }
}

extension Date {
    /// Tenths of a microsecond since 1970-01-01.
    var ticks: Int64 { Int64((timeIntervalSince1970 * 10_000_000).rounded()) }

    init(ticks: Int64) {
        self.init(timeIntervalSince1970: Double(ticks) / 10_000_000)
    }
}

extension Int64 {
    /// Quotient rounded down and the remainder that goes with it, for times before 1970.
    func dividedFloor(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let parts = quotientAndRemainder(dividingBy: divisor)
        return parts.remainder < 0 ? (parts.quotient - 1, parts.remainder + divisor) : parts
    }
}

extension Int {
    /// Decimal digits, filled up with zeros on the left.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }
}
