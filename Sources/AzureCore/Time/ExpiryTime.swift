public import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The one reader of every form in which a credential says until when, or how long, it lives.
///
/// | Form | From |
/// | --- | --- |
/// | `1746109986` | `exp` of a token, `expires_on` of the Azure CLI, `expiryTimeUtc` of an endpoint's token |
/// | `"1746123456"` | `expires_on` of managed identities |
/// | `2025-05-01T14:33:06Z`, with an offset, or without any (then UTC) | Azure's services |
/// | `2025-05-01 16:33:06.000000` | `expiresOn` of the Azure CLI: local time, no zone |
/// | `05/01/2025 14:33:06 +00:00`, also with AM or PM | `expires_on` of the older managed-identity endpoints |
///
/// Zero and anything else mean unknown, and so does a number beyond the year 9999: it counts something else.
public enum ExpiryTime {
    /// The year 10000.
    private static let limit = 253_402_300_800.0

    /// The moment that a member of an answer names; nil for unknown.
    ///
    /// - Parameter zone: What the clock on the wall shows, for a time without a zone.
    public static func date(_ value: JSONValue?, zone: LocalZone = .system) -> Date? {
        switch value {
        case .number(let number)?: date(epochSeconds: number.doubleValue)
        case .string(let text)?: date(text, zone: zone)
        default: nil
        }
    }

    /// The moment that a text names; nil for unknown.
    public static func date(_ text: String, zone: LocalZone = .system) -> Date? {
        let text = text.trimmingSpace
        // What no form needs is not looked into.
        guard (1...40).contains(text.utf8.count) else { return nil }
        if let seconds = decimal(text) { return date(epochSeconds: seconds) }
        if let date = slashedDate(text) { return date }
        guard let date = ISO8601.date(text) else { return nil }
        return isWallTime(text) ? zone.date(shownAs: date) : date
    }

    /// The moment that many seconds after the beginning of 1970; nil for zero, less, and what no time can be.
    public static func date(epochSeconds seconds: Double) -> Date? {
        guard seconds > 0, seconds < limit else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }

    /// How many seconds a credential lives, as `expires_in` and `refresh_in` say: a number, or a text of one.
    ///
    /// Nil for unknown: zero, less, or more than thirty years.
    public static func lifeSeconds(_ value: JSONValue?) -> Double? {
        let seconds =
            switch value {
            case .number(let number)?: number.doubleValue
            case .string(let text)?: decimal(text.trimmingSpace)
            default: nil as Double?
            }
        return seconds.flatMap { $0 > 0 && $0 < 1e9 ? $0 : nil }
    }

    /// Digits, possibly with a fraction; no exponent, no `nan`.
    private static func decimal(_ text: String) -> Double? {
        guard !text.isEmpty, text.utf8.count <= 40,
            text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(text)
    }

    /// Written as the Azure CLI writes local time: a space before the hour, and nothing behind the seconds.
    private static func isWallTime(_ text: String) -> Bool {
        guard let space = text.firstIndex(of: " ") else { return false }
        return !text[space...].contains { "+-Zz".contains($0) }
    }

    /// `09/14/2017 00:00:00 PM +00:00`, with or without the half of the day.
    private static func slashedDate(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard (3...4).contains(words.count), words.last == "+00:00", words[0].contains("/") else { return nil }
        let day = words[0].split(separator: "/").compactMap { Int($0) }
        let clock = words[1].split(separator: ":").compactMap { Int($0) }
        guard day.count == 3, clock.count == 3, (1...12).contains(day[0]), (1...31).contains(day[1]),
            (1...9999).contains(day[2]), (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        var hour = clock[0]
        if words.count == 4 {
            guard words[2] == "AM" || words[2] == "PM" else { return nil }
            // Some write the hours of the afternoon as 13 to 23 and PM behind them.
            if words[2] == "PM", hour < 12, hour > 0 { hour += 12 }
            if words[2] == "AM", hour == 12 { hour = 0 }
        }
        let midnight = CivilDate(year: day[2], month: day[0], day: day[1]).secondsSince1970
        return date(epochSeconds: Double(midnight + hour * 3600 + clock[1] * 60 + clock[2]))
    }
}
