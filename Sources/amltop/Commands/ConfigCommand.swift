import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import Glibc
import JSONValue

/// `amltop config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: text(.commandConfig),
        subcommands: [Show.self, Check.self, Path.self]
    )

    /// Where the file is looked for, be it there or not.
    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "path", abstract: text(.commandConfigPath))

        @OptionGroup var globals: GlobalOptions

        func run() throws {
            guard let path = Configuration.path(in: .process) else {
                throw CommandFailure(text(.errorConfigNoHome), .failed)
            }
            writeToStandardOutput(path + "\n")
        }
    }

    /// What is wrong in the file, each with its line.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "check", abstract: text(.commandConfigCheck))

        @Argument(help: ArgumentHelp(text(.optionConfigFile)), completion: .file())
        var file: String?

        @OptionGroup var globals: GlobalOptions

        func run() throws {
            guard let path = file ?? Configuration.path(in: .process) else {
                throw CommandFailure(text(.errorConfigNoHome), .failed)
            }
            let found = ConfigurationCheck(path: path)
            for finding in found.findings { writeToStandardOutput(Printable.text(finding.line) + "\n") }
            if found.hasErrors { throw ExitCode(ExitStatus.failed.rawValue) }
        }
    }

    /// What is in force, and what made it so.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: text(.commandConfigShow))

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        func run() throws {
            do {
                let invocation = try Invocation.ofProcess()
                let settings = try SettingsOrigin(invocation).settings(workspace)
                let rows = settings.map { setting in
                    var fields = JSONFields()
                    fields.add("name", setting.name)
                    fields.add("value", setting.value)
                    fields.add("source", setting.source)
                    return fields.value
                }
                try output.print(
                    .array(rows),
                    table: TextTable(
                        titles: [text(.configColumnName), text(.configColumnValue), text(.configColumnSource)],
                        rows: settings.map { [$0.name, $0.value ?? "–", $0.source] }
                    )
                )
            } catch {
                throw try CommandFailure(wrapping: error)
            }
        }
    }
}
