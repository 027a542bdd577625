import Dashboard

/// The flags that hold for all of amltop, wherever they stand among the arguments.
///
/// They are read before the parser runs: its help has to be in the language already, and a flag before the name of a
/// command holds for the command. The parser has declared the same flags (`GlobalOptions`) and refuses wrong values.
struct GlobalFlags: Equatable {
    var context: String?
    var isReadOnly = false
    var language: String?
    var theme: String?
    var isASCII = false
    var usesUTC = false
    var logPath: String?
    var isDebug = false
    var showsOnlyErrors = false

    /// - Parameter arguments: Those behind the program's name; of repeated ones the last wins, as for the parser.
    init(_ arguments: some Sequence<String>) {
        var option: WritableKeyPath<GlobalFlags, String?>?
        for argument in arguments {
            if let place = option {
                self[keyPath: place] = argument
                option = nil
            } else if argument == "--" {
                break
            } else if let flag = Self.flags[argument] {
                self[keyPath: flag] = true
            } else if let place = Self.options[argument] {
                option = place
            } else if let equals = argument.firstIndex(of: "="), let place = Self.options[String(argument[..<equals])] {
                self[keyPath: place] = String(argument[argument.index(after: equals)...])
            }
        }
    }

    nonisolated(unsafe) private static let flags: [String: WritableKeyPath<GlobalFlags, Bool>] = [
        "--read-only": \.isReadOnly, "--ascii": \.isASCII, "--utc": \.usesUTC, "--debug": \.isDebug,
        "--only-show-errors": \.showsOnlyErrors,
    ]

    nonisolated(unsafe) private static let options: [String: WritableKeyPath<GlobalFlags, String?>] = [
        "--context": \.context, "--language": \.language, "--theme": \.theme, "--log": \.logPath,
    ]

    /// Those of this process.
    static let ofProcess = GlobalFlags(CommandLine.arguments.dropFirst())
}
