import ArgumentParser
import AzureCore
import AzureML
import CursesTerminal
import Dashboard

/// The dashboard on the configured workspace.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "watch", abstract: text(.commandWatch))

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var globals: GlobalOptions

    func run() throws {
        let variables = [String: String].process
        let address: WorkspaceAddress
        do {
            address = try workspace.address(in: variables)
        } catch {
            throw CommandFailure(error)
        }
        let settings = AzureSettings(variables: variables, workspace: address)
        try DashboardProgram(workspace: address).run { observer in
            let azure = LiveAzure(observer: observer) { settings }
            return (.live(azure), { await azure.shutdown() })
        }
    }
}
