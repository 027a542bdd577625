import ArgumentParser
import Dashboard

/// The program: `amltop` alone is `amltop watch`.
@main
struct Amltop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amltop",
        abstract: text(.commandAmltop),
        discussion: text(.commandAmltopDiscussion),
        version: Version.current,
        subcommands: [
            Watch.self, Demo.self, Simulate.self, OnlineEndpointCommand.self, OnlineDeploymentCommand.self,
            AccountCommand.self, TokenCommand.self, ConfigCommand.self, JournalCommand.self, Status.self, Login.self,
            AzureCLILine.self,
        ],
        defaultSubcommand: Watch.self
    )

    @OptionGroup var globals: GlobalOptions

    /// The main thread belongs to the terminal, so this is synchronous; commands that wait for the network say how.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            failure.report()
            terminate(failure.status)
        } catch {
            terminate(withParserError: error)
        }
    }
}

/// The text of the catalogue for a key.
func text(_ key: TextKey) -> String { Catalogue.chosen[key] }

/// What this build calls itself, also towards Azure.
enum Version {
    static let current = "0.1.0"
    static let userAgent = "amltop/\(current)"
}
