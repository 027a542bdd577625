/// The languages a user can read amltop in, by their ISO 639-1 codes, as `--language` takes them.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case korean = "ko"

    /// The language to speak: what the flag says, else the configuration, else what the text of the locale variables says, else English.
    ///
    /// The variables are read as text, by the order of POSIX (`LC_ALL`, `LC_MESSAGES`, `LANG`; an empty one counts as
    /// not set), because a bare machine has no Korean locale installed and its C library would answer `C`.
    ///
    /// - Parameters:
    ///   - flag: The value of `--language`; one that is no language is left to the parser to refuse.
    ///   - configured: What the configuration says, if anything.
    ///   - environment: The variables of the process.
    /// - Returns: English where none says Korean.
    package static func chosen(
        flag: String?,
        configured: Language? = nil,
        environment: [String: String]
    ) -> Language {
        if let flag, let language = Language(rawValue: flag) { return language }
        if let configured { return configured }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale.map(spoken) ?? .english
    }

    /// The value of `--language` among a command's arguments, without their first; the last one wins, as for the parser.
    ///
    /// Read before the parser runs, whose help has to be in the language already.
    package static func flag(in arguments: some Sequence<String>) -> String? {
        var value: String?
        var isValue = false
        for argument in arguments {
            if isValue {
                value = argument
                isValue = false
            } else if argument == "--" {
                break
            } else if argument == "--language" {
                isValue = true
            } else if argument.hasPrefix("--language=") {
                value = String(argument.dropFirst("--language=".count))
            }
        }
        return value
    }

    /// `ko_KR.UTF-8`, `ko-KR`, `ko` and the C library's alias `korean` are Korean; `kok_IN` is Konkani.
    private static func spoken(in locale: String) -> Language {
        let name = locale.prefix { !"_-.@".contains($0) }.lowercased()
        return ["ko", "korean"].contains(name) ? .korean : .english
    }
}
