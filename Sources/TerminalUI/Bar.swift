/// A horizontal bar in one row of text, exact to an eighth of a cell.
package enum Bar {
    private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A bar of `fraction` (0 to 1, clamped) of `width` columns, filled up with spaces to that width.
    ///
    /// What is more than nothing shows at least an eighth.
    package static func text(fraction: Double, width: Int) -> String {
        guard width > 0 else { return "" }
        let share = fraction.isNaN ? 0 : min(1, max(0, fraction))
        let units = max(share > 0 ? 1 : 0, Int(share * Double(width) * 8 + 0.5))
        var text = String(repeating: "█", count: units / 8)
        if units % 8 > 0 {
            text.append(eighths[units % 8 - 1])
        }
        return text + String(repeating: " ", count: width - (units + 7) / 8)
    }
}
