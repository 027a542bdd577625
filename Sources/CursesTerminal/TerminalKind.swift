/// What the environment tells of the terminal beyond its database entry.
struct TerminalKind: Hashable, Sendable {
    /// Whether the background is known to be black or nearly so.
    var isGroundDark = false
    /// Whether dim text can still be read: on the Linux console it is the grey that is all but black.
    var canDim = true

    init() {}

    /// - Parameters:
    ///   - type: The value of `TERM`.
    ///   - colors: The value of `COLORFGBG`, as `15;0`, which some terminals set: foreground, then background, of 16.
    init(type: String, colors: String?) {
        let isConsole = type == "linux" || type.hasPrefix("linux-")
        let background = colors?.split(separator: ";").last.flatMap { Int($0) }
        isGroundDark = isConsole || background.map { 0...6 ~= $0 || $0 == 8 } ?? false
        canDim = !isConsole
    }

    /// The name of the entry that has direct colours for a terminal which says that it can show them (by `COLORTERM`),
    /// and by whose usual entry it shows 256; nil where that is not so.
    static func directType(of type: String, colorTerm: String?) -> String? {
        guard colorTerm == "truecolor" || colorTerm == "24bit", type.hasSuffix("-256color") else { return nil }
        return type.dropLast("-256color".count) + "-direct"
    }
}
