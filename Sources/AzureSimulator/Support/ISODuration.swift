/// ISO 8601 durations of days and smaller, as tenths of a microsecond.
enum ISODuration {
    /// `PT1H`, `P1D`, `PT3600.0S`, `P0DT0H3M0S`; `nil` for anything else.
    static func ticks(_ text: some StringProtocol) -> Int64? {
        var rest = Substring(text)
        guard rest.popFirst()?.uppercased() == "P", !rest.isEmpty else { return nil }
        var seconds = 0.0
        var inTime = false
        var number = ""
        var found = false
        for character in rest {
            switch character {
            case "0"..."9", ".":
                number.append(character)
            case "T", "t":
                guard number.isEmpty, !inTime else { return nil }
                inTime = true
            default:
                guard let value = Double(number), let unit = unit(character, inTime: inTime) else { return nil }
                seconds += value * unit
                number = ""
                found = true
            }
        }
        return found && number.isEmpty ? Int64((seconds * 10_000_000).rounded()) : nil
    }

    private static func unit(_ letter: Character, inTime: Bool) -> Double? {
        switch (letter.uppercased(), inTime) {
        case ("W", false): 604_800
        case ("D", false): 86_400
        case ("H", true): 3_600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }
}
