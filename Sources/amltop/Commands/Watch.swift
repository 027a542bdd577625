import ArgumentParser
import AzureCore
import CursesTerminal
import Dashboard

/// The dashboard on the configured workspace.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "watch", abstract: text(.commandWatch))

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var globals: GlobalOptions

    func run() throws {
        do {
            let invocation = try Invocation.ofProcess()
            let settings = try invocation.resolver.dashboardSettings(workspace)
            let logger = try ProgramLog.logger(invocation, isDashboard: true)
            let program = DashboardProgram(
                workspace: settings.workspace,
                invocation: invocation,
                isReadOnly: settings.allowance.isReadOnly
            )
            try program.run { observer in
                let azure = LiveAzure(isInteractive: true, observer: observer, logger: logger) { settings }
                let store = JournalStore(environment: invocation.environment)
                return (Environment.live(azure).with(store, azure), { await azure.shutdown() })
            }
        } catch {
            throw try CommandFailure(wrapping: error)
        }
    }
}
