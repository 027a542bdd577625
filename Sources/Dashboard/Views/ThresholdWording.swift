internal import FoundationEssentials

extension ViewContext {
    /// The limits that a line of the help on severities names, as they are set.
    func limits(_ key: TextKey) -> KeyValuePairs<String, String> {
        let limits = state.thresholds
        let isAlert = key == .helpSeverityAlert
        let share = isAlert ? limits.errorShare.alert : limits.errorShare.warning
        let p95 = isAlert ? limits.p95Milliseconds.alert : limits.p95Milliseconds.warning
        return [
            "errors": trimmed(share * 100), "p95": p95 < 1_000 ? trimmed(p95) + " ms" : trimmed(p95 / 1_000) + " s",
            "change": texts.span(limits.changeSeconds), "silence": texts.span(limits.silenceSeconds),
        ]
    }

    /// Two decimals at most, and none that say nothing.
    private func trimmed(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
