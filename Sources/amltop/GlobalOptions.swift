import ArgumentParser
import Dashboard

/// What every command takes (DESIGN 3); given before the name of a command or after it.
struct GlobalOptions: ParsableArguments {
    /// Declared to be accepted and explained: the texts, the parser's among them, were chosen before it is parsed.
    @Option(name: .long, help: ArgumentHelp(text(.optionLanguage)))
    var language: Language?
}

extension Language: ExpressibleByArgument {}

extension Language {
    /// The language of this process, by its arguments and its environment.
    static let chosen = chosen(flag: flag(in: CommandLine.arguments.dropFirst()), environment: .process)
}

extension Catalogue {
    /// The texts in the language of this process.
    static let chosen = Catalogue(Language.chosen)
}
