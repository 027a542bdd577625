import CursesTerminal
import Dashboard
import TerminalUI

/// What holds for this run: its flags, its environment and its configuration.
struct Invocation {
    var flags: GlobalFlags
    var environment: [String: String]
    var configuration: Configuration

    /// That of this process; tells of keys in the configuration that mean nothing.
    ///
    /// - Throws: `ConfigurationError`.
    static func ofProcess() throws(ConfigurationError) -> Invocation {
        let invocation = Invocation(
            flags: .ofProcess,
            environment: .process,
            configuration: try Configuration.ofProcess.get()
        )
        guard !invocation.flags.showsOnlyErrors else { return invocation }
        for place in invocation.configuration.unknownKeys {
            let values: KeyValuePairs = [
                "path": invocation.configuration.path, "line": "\(place.line)", "field": place.field,
            ]
            writeToStandardError("amltop: \(Printable.text(Catalogue.chosen.text(.warningUnknownKey, values)))\n")
        }
        return invocation
    }

    var resolver: SettingsResolver {
        let environment = environment
        return SettingsResolver(
            flags: flags,
            environment: environment,
            configuration: configuration,
            azureCLI: { AzureCLIConfiguration(environment: environment) }
        )
    }

    var terminalOptions: TerminalOptions {
        TerminalOptions(isASCII: flags.isASCII, theme: theme)
    }

    /// The flag was checked by the parser.
    private var theme: Theme {
        flags.theme.flatMap(Theme.init(rawValue:)) ?? configuration.theme ?? .terminal
    }

    /// What a dashboard starts with.
    func prepare(_ state: inout DashboardState) {
        state.language = .chosen
        state.usesUTC = flags.usesUTC || configuration.usesUTC == true
        state.readOnlyWorkspaces = Set(configuration.readOnlyWorkspaces)
        state.scoringForbidden = Set(configuration.unscoredWorkspaces)
        state.thresholds = configuration.thresholds
        state.workspaceMarks = configuration.workspaceMarks
        state.configurationPath = Configuration.path(in: environment)
        if let seconds = configuration.logWindowSeconds { state.log.windowSeconds = seconds }
    }
}
