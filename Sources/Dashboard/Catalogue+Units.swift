extension Catalogue {
    /// A span of time in its largest unit, as `12 d` and `3 min`; what lies below zero counts as none.
    package func span(_ seconds: Double) -> String {
        let total = max(0, Int(clamping: seconds))
        let (unit, value): (TextKey, Int) =
            switch total {
            case ..<60: (.unitSeconds, total)
            case ..<3_600: (.unitMinutes, total / 60)
            case ..<86_400: (.unitHours, total / 3_600)
            default: (.unitDays, total / 86_400)
            }
        return text(unit, ["value": "\(value)"])
    }
}
