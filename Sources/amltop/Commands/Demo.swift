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
        let simulator: Simulator
        do {
            simulator = try Simulator(options: flags.options(port: 0, stateDirectory: nil))
        } catch {
            throw CommandFailure(error)
        }
        let place = WorkspaceAddress(subscriptionID: "", resourceGroup: "", name: text(.headerDemo))
        try DashboardProgram(workspace: place).run { observer in
            let azure = LiveAzure(observer: observer) { try await simulator.settings() }
            return (
                .live(azure),
                {
                    await azure.shutdown()
                    await simulator.stop()
                }
            )
        }
    }
}

extension Simulator {
    /// Starts it, if that is still to be done, and says how to reach it.
    func settings() async throws -> AzureSettings {
        try await start()
        let variables = Dictionary(uniqueKeysWithValues: environment.map { ($0.name, $0.value) })
        let workspace = WorkspaceAddress(
            subscriptionID: variables["AZURE_SUBSCRIPTION_ID"] ?? "",
            resourceGroup: variables["AZURE_DEFAULTS_GROUP"] ?? "",
            name: variables["AZURE_DEFAULTS_WORKSPACE"] ?? ""
        )
        return AzureSettings(variables: variables, workspace: workspace)
    }
}
