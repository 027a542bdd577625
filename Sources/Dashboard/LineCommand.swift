internal import TerminalUI

/// The words of the command line (`:`), and what they do.
///
/// They are commands, not texts: the same in every language, as those of a shell.
package enum LineCommand {
    /// What a line asks for.
    package enum Outcome: Equatable, Sendable {
        case nothing
        case command(Command)
        case filter(String)
        case sort(SortOrder?)
        case language(Language)
        case unknown(String)
        /// The word is known, but not what stands behind it.
        case wrongArgument(word: String, argument: String, choices: [String])
    }

    static let commands: [(word: String, command: Command)] = [
        ("endpoints", .go(.endpoints)), ("deployments", .go(.deployments)), ("traffic", .go(.traffic)),
        ("credentials", .go(.credentials)), ("log", .go(.log)), ("workspaces", .workspaces), ("help", .help),
        ("quit", .quit), ("q", .quit),
        ("refresh", .refresh), ("freeze", .freeze), ("trouble", .onlyTrouble), ("selected", .logOfSelection),
        ("utc", .toggleUTC), ("unmark", .clearMarks), ("copy", .copy), ("score", .score), ("rotate", .rotateKey),
        ("journal", .journal),
        ("suspend", .suspend), ("token", .inspect), ("show", .reveal), ("signin", .signIn),
    ]
    private static let withArgument = ["filter", "sort", "language"]

    /// All words, in their order.
    package static var words: [String] { commands.map(\.word) + withArgument }

    package static func parse(_ line: String) -> Outcome {
        let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
        guard let typed = parts.first?.lowercased() else { return .nothing }
        let argument = parts.count > 1 ? trimmed(parts[1]) : ""
        guard let word = word(for: typed) else { return .unknown(typed) }
        switch word {
        case "filter": return .filter(argument)
        case "sort": return sort(argument)
        case "language":
            guard let language = Language(rawValue: argument) else {
                let choices = Language.allCases.map(\.rawValue)
                return .wrongArgument(word: word, argument: argument, choices: choices)
            }
            return .language(language)
        default: return commands.first { $0.word == word }.map { .command($0.command) } ?? .unknown(typed)
        }
    }

    /// The line with its last word completed, as far as the choices agree.
    package static func completed(_ line: String) -> String {
        let choices = completions(of: line)
        guard let first = choices.first else { return line }
        let common = choices.dropFirst().reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        guard let space = line.lastIndex(of: " ") else { return choices.count == 1 ? common + " " : common }
        return String(line[...space]) + common
    }

    /// What the last word of a line could become.
    package static func completions(of line: String) -> [String] {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard parts.count > 1 else { return words.filter { $0.hasPrefix(parts.first ?? "") } }
        guard parts.count == 2 else { return [] }
        let choices: [String]
        switch word(for: parts[0]) {
        case "sort": choices = SortColumn.allCases.map(\.rawValue) + ["none"]
        case "language": choices = Language.allCases.map(\.rawValue)
        default: choices = []
        }
        return choices.filter { $0.hasPrefix(parts[1]) }
    }

    /// The word that was typed, or the only one that begins so.
    private static func word(for typed: String) -> String? {
        if words.contains(typed) { return typed }
        let candidates = words.filter { $0.hasPrefix(typed) }
        return candidates.count == 1 ? candidates[0] : nil
    }

    /// `p95`, `-p95` and `p95 desc` name a column and its direction.
    private static func sort(_ argument: String) -> Outcome {
        guard argument != "none", !argument.isEmpty else { return .sort(nil) }
        var parts = argument.split(separator: " ").map { $0.lowercased() }
        var isDescending: Bool?
        if parts.count > 1 { isDescending = ["desc": true, "asc": false][parts[1]] }
        if parts[0].hasPrefix("-") {
            isDescending = true
            parts[0].removeFirst()
        }
        guard let column = SortColumn(rawValue: parts[0]), parts.count == 1 || isDescending != nil else {
            return .wrongArgument(word: "sort", argument: argument, choices: SortColumn.allCases.map(\.rawValue))
        }
        return .sort(SortOrder(column: column, isDescending: isDescending ?? column.startsDescending))
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension DashboardState {
    mutating func run(commandLine line: String) -> [Effect] {
        switch LineCommand.parse(line) {
        case .nothing: break
        case .command(let command):
            if let reason = KeyMap.standard.refusal(of: command, in: self) {
                note(reason, isWarning: true)
                return []
            }
            return perform(command, on: &self)
        case .filter(let text):
            let pane: Pane = focus == .log ? .log : .endpoints
            setFilter(text, of: pane)
        case .sort(let order):
            sort = order
            arrangeEndpoints()
        case .language(let language): self.language = language
        case .unknown(let word): note(.commandUnknown, ["word": word], isWarning: true)
        case .wrongArgument(let word, let argument, let choices):
            let values = ["word": word, "argument": argument, "choices": choices.joined(separator: " ")]
            note(.commandWrongArgument, values, isWarning: true)
        }
        return []
    }
}
