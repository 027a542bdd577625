import ArgumentParser
import Dashboard

/// `az login`, typed after `az` was replaced by `amltop`: says what to do instead. What was typed is never repeated; a
/// password may be in it.
struct Login: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "login", shouldDisplay: false, helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws {
        throw Self.answer(to: arguments)
    }

    static func answer(to arguments: [String]) -> CommandFailure {
        func has(_ names: String...) -> Bool {
            arguments.contains { argument in names.contains { argument == $0 || argument.hasPrefix($0 + "=") } }
        }
        var lines: [String]
        if has("--identity", "-i") {
            lines = [text(.loginIdentity)]
        } else if has("--service-principal") {
            lines = [text(.loginPrincipal)]
        } else if has("--use-device-code") {
            lines = [text(.loginDevice)]
        } else {
            lines = [text(.loginPlain)]
        }
        if has("--password", "-p", "--client-secret") { lines.append(text(.loginPassword)) }
        return CommandFailure(lines.joined(separator: " "), .usage)
    }
}

/// `az account set`: where the subscription comes from here.
struct AccountSet: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", shouldDisplay: false, helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { throw CommandFailure(text(.accountSet), .usage) }
}

/// `amltop az …`: the program takes the place of `az`.
struct AzureCLILine: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "az", shouldDisplay: false, helpNames: [])

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws {
        switch arguments.first {
        case "login": throw Login.answer(to: Array(arguments.dropFirst()))
        case "account" where arguments.dropFirst().first == "set": throw CommandFailure(text(.accountSet), .usage)
        default: throw CommandFailure(text(.azureLine), .usage)
        }
    }
}
