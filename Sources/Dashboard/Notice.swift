package import FoundationEssentials

/// A short word to the person: it goes with the next key, or after a while.
package struct Notice: Equatable, Sendable {
    package var key: TextKey
    /// What stands for the names in braces of the text.
    package var values: [String: String]
    package var isWarning: Bool
    package var until: Date

    static let secondsShown: Double = 6
}

extension DashboardState {
    mutating func note(_ key: TextKey, _ values: [String: String] = [:], isWarning: Bool = false) {
        let until = now.addingTimeInterval(Notice.secondsShown)
        notice = Notice(key: key, values: values, isWarning: isWarning, until: until)
    }
}
