import ArgumentParser
import Dashboard
import TerminalUI

/// What every command takes (DESIGN 3); given before the name of a command or after it.
///
/// Declared to be accepted, explained, completed and checked; their values are those of `GlobalFlags`.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(text(.optionContext), valueName: "name"),
        completion: .custom { _, _, _ in Configuration.contextNames }
    )
    var context: String?

    @Flag(name: .long, help: ArgumentHelp(text(.optionReadOnly)))
    var readOnly = false

    @Option(name: .long, help: ArgumentHelp(text(.optionLanguage)))
    var language: Language?

    @Option(name: .long, help: ArgumentHelp(text(.optionTheme)))
    var theme: Theme?

    @Flag(name: .long, help: ArgumentHelp(text(.optionAscii)))
    var ascii = false

    @Flag(name: .long, help: ArgumentHelp(text(.optionUtc)))
    var utc = false

    @Option(name: .long, help: ArgumentHelp(text(.optionLog), valueName: "file"), completion: .file())
    var log: String?

    @Flag(name: .long, help: ArgumentHelp(text(.optionDebug)))
    var debug = false

    @Flag(name: .long, help: ArgumentHelp(text(.optionOnlyShowErrors)))
    var onlyShowErrors = false
}

extension Language: ExpressibleByArgument {}
extension Theme: ExpressibleByArgument {}

extension Language {
    /// The language of this process, by its arguments, its configuration and its environment.
    static let chosen = chosen(
        flag: GlobalFlags.ofProcess.language,
        configured: try? Configuration.ofProcess.get().language,
        environment: .process
    )
}

extension Catalogue {
    /// The texts in the language of this process.
    static let chosen = Catalogue(Language.chosen)
}
