import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import JSONValue

/// `amltop online-endpoint`, as `az ml online-endpoint`.
struct OnlineEndpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "online-endpoint",
        abstract: text(.commandOnlineEndpoint),
        subcommands: [List.self, Show.self, GetCredentials.self, RegenerateKeys.self, Invoke.self]
    )

    struct List: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: text(.commandOnlineEndpointList)
        )

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        var question: @Sendable (LiveAzure) async throws -> [OnlineEndpoint] {
            { azure in
                let client = try await azure.client()
                var endpoints: [OnlineEndpoint] = []
                for try await page in client.onlineEndpoints() { endpoints += page.items }
                return endpoints
            }
        }

        func print(_ endpoints: [OnlineEndpoint]) throws {
            try output.print(.array(endpoints.map { $0.commandForm() }), table: endpointTable(endpoints))
        }
    }

    struct Show: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: text(.commandOnlineEndpointShow)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionEndpointName)))
        var name: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        /// The endpoint, and the names of its deployments: those without a share are printed with 0.
        var question: @Sendable (LiveAzure) async throws -> (OnlineEndpoint, [String]) {
            let name = name
            return { azure in
                let client = try await azure.client()
                async let endpoint = client.onlineEndpoint(name)
                var names: [String] = []
                for try await page in client.onlineDeployments(of: name) { names += page.items.map(\.name) }
                return (try await endpoint, names)
            }
        }

        func print(_ outcome: (OnlineEndpoint, [String])) throws {
            try output.print(outcome.0.commandForm(deployments: outcome.1), table: endpointTable([outcome.0]))
        }
    }
}

private func endpointTable(_ endpoints: [OnlineEndpoint]) -> TextTable {
    TextTable(
        titles: [
            text(.columnName), text(.columnAuth), text(.columnState), text(.columnTraffic), text(.columnLocation),
        ],
        rows: endpoints.map { endpoint in
            let split = endpoint.traffic.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [
                endpoint.name, endpoint.authMode.cliValue, endpoint.provisioningState.rawValue,
                split.joined(separator: " "), endpoint.location ?? "",
            ]
        }
    )
}
