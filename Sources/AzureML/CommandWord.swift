/// What stands for a name in a command that somebody may copy into a shell.
package enum CommandWord {
    /// The name, if it is one that Azure gives: ASCII letters, digits, `-` and `_`, with a letter or a digit in front. What
    /// comes from outside and is none could be an option or a command of its own, so the word in capitals takes its place.
    package static func name(_ name: String?, orElse capitals: String = "NAME") -> String {
        guard let name, let first = name.utf8.first, isAlphanumeric(first),
            name.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else { return capitals }
        return name
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
