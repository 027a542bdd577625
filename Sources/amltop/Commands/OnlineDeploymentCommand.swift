import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import JSONValue

/// `amltop online-deployment`, as `az ml online-deployment`.
struct OnlineDeploymentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "online-deployment",
        abstract: text(.commandOnlineDeployment),
        subcommands: [List.self, Show.self]
    )

    struct List: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: text(.commandOnlineDeploymentList)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionEndpointName)))
        var endpointName: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        var question: @Sendable (LiveAzure) async throws -> [OnlineDeployment] {
            let endpoint = endpointName
            return { azure in
                let client = try await azure.client()
                var deployments: [OnlineDeployment] = []
                for try await page in client.onlineDeployments(of: endpoint) { deployments += page.items }
                return deployments
            }
        }

        func print(_ deployments: [OnlineDeployment]) throws {
            try output.print(.array(deployments.map { $0.commandForm() }), table: deploymentTable(deployments))
        }
    }

    struct Show: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: text(.commandOnlineDeploymentShow)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionDeploymentName)))
        var name: String

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionEndpointName)))
        var endpointName: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        var question: @Sendable (LiveAzure) async throws -> OnlineDeployment {
            let (name, endpoint) = (name, endpointName)
            return { try await $0.client().onlineDeployment(name, of: endpoint) }
        }

        func print(_ deployment: OnlineDeployment) throws {
            try output.print(deployment.commandForm(), table: deploymentTable([deployment]))
        }
    }
}

private func deploymentTable(_ deployments: [OnlineDeployment]) -> TextTable {
    TextTable(
        titles: [
            text(.columnName), text(.columnEndpoint), text(.columnState), text(.columnInstanceType),
            text(.columnInstances),
        ],
        rows: deployments.map { deployment in
            [
                deployment.name, deployment.endpointName, deployment.provisioningState.rawValue,
                deployment.instanceType ?? "", deployment.instanceCount.map(String.init) ?? "",
            ]
        }
    )
}
