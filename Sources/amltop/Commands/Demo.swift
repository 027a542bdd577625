import ArgumentParser
import AzureCore
import AzureML
import AzureSimulator
import Dashboard
import Synchronization

/// The dashboard on a simulator inside this process: no account, no network, no files needed.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "demo", abstract: text(.commandDemo))

    @OptionGroup var flags: SimulatorFlags
    @OptionGroup var globals: GlobalOptions

    func run() throws {
        do {
            let invocation = try Invocation.ofProcess()
            let simulator = try Simulator(options: flags.options(port: 0, stateDirectory: nil))
            let logger = try ProgramLog.logger(invocation, isDashboard: true)
            let place = WorkspaceAddress(subscriptionID: "", resourceGroup: "", name: text(.headerDemo))
            let allowance = invocation.resolver.allowance(in: nil)
            let program = DashboardProgram(
                workspace: place,
                invocation: invocation,
                isReadOnly: allowance.isReadOnly
            )
            try program.run { observer in
                let azure = LiveAzure(isInteractive: true, observer: observer, logger: logger) {
                    try await simulator.settings(allowance)
                }
                let store = JournalStore(environment: invocation.environment, isKept: false)
                return (
                    Environment.live(azure).with(store, azure),
                    {
                        await azure.shutdown()
                        await simulator.stop()
                    }
                )
            }
        } catch let error as SimulatorError {
            throw CommandFailure(error)
        } catch {
            throw try CommandFailure(wrapping: error)
        }
    }
}

extension Simulator {
    /// Starts it, if that is still to be done, and says how to reach it.
    func settings(_ allowance: RequestAllowance) async throws -> AzureSettings {
        try await start()
        let variables = Dictionary(uniqueKeysWithValues: environment.map { ($0.name, $0.value) })
        let workspace = WorkspaceAddress(
            subscriptionID: variables["AZURE_SUBSCRIPTION_ID"] ?? "",
            resourceGroup: variables["AZURE_DEFAULTS_GROUP"] ?? "",
            name: variables["AZURE_DEFAULTS_WORKSPACE"] ?? ""
        )
        return AzureSettings(variables: variables, workspace: workspace, allowance: allowance)
    }
}
