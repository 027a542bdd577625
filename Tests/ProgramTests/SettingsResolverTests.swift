import ArgumentParser
import AzureCore
import AzureML
import Testing

@testable import amltop

@Suite struct SettingsResolverTests {
    private static let prod = WorkspaceContext(
        name: "prod",
        subscription: "S",
        resourceGroup: "g",
        workspace: "w",
        tenant: "t",
        cloud: "AzureUSGovernment",
        isReadOnly: true,
        allowsScoring: false
    )

    private static let careful = RequestAllowance(
        isReadOnly: true,
        readOnlyResources: [prod.address.id],
        allowsScoring: false
    )

    private static let cli = AzureCLIConfiguration(
        config: "[defaults]\ngroup = cli-g\nworkspace = cli-w\n[cloud]\nname = AzureChinaCloud\n",
        profile: Array(
            #"{"subscriptions":[{"id":"cli-s","isDefault":true,"environmentName":"AzureChinaCloud"}]}"#.utf8
        )
    )

    private func resolver(
        _ arguments: [String] = [],
        _ environment: [String: String] = [:],
        current: String? = nil,
        cli: AzureCLIConfiguration = AzureCLIConfiguration(config: nil, profile: nil)
    ) -> SettingsResolver {
        var configuration = Configuration()
        configuration.contexts = [Self.prod]
        configuration.current = current
        return SettingsResolver(
            flags: GlobalFlags(arguments),
            environment: environment,
            configuration: configuration,
            azureCLI: { cli }
        )
    }

    private func options(_ arguments: [String] = []) throws -> WorkspaceOptions {
        try WorkspaceOptions.parse(arguments)
    }

    private func address(_ subscription: String, _ group: String, _ name: String) -> WorkspaceAddress {
        WorkspaceAddress(subscriptionID: subscription, resourceGroup: group, name: name)
    }

    private static let variables = [
        "AZURE_SUBSCRIPTION_ID": "env-s", "AZURE_DEFAULTS_GROUP": "env-g", "AZURE_DEFAULTS_WORKSPACE": "env-w",
    ]

    @Test func flagsComeBeforeVariablesAndThoseBeforeTheAzureCLI() throws {
        let settings = try resolver(
            [],
            ["AZURE_SUBSCRIPTION_ID": "env-s", "AZURE_DEFAULTS_GROUP": "env-g"],
            cli: Self.cli
        )
        .settings(options(["-g", "flag-g"]))
        #expect(settings.workspace == address("env-s", "flag-g", "cli-w"))
        #expect(settings.variables["AZUREML_CURRENT_CLOUD"] == "AzureChinaCloud")
        #expect(!settings.allowance.isReadOnly)
    }

    @Test func withoutAnythingElseTheAzureCLINamesTheWorkspace() throws {
        #expect(try resolver(cli: Self.cli).settings(options()).workspace == address("cli-s", "cli-g", "cli-w"))
        let elsewhere = try? resolver([], ["AZUREML_CURRENT_CLOUD": "AzureCloud"], cli: Self.cli).settings(options())
        #expect(elsewhere == nil, "the default subscription is of another cloud")
    }

    @Test func whatIsMissingIsNamed() throws {
        let options = try options(["-w", "w"])
        let error = #expect(throws: AzureError.self) { try resolver().settings(options) }
        #expect(
            error?.kind == .configuration(.missing(variables: ["AZURE_SUBSCRIPTION_ID", "AZURE_DEFAULTS_GROUP"]))
        )
        #expect(try resolver().settings(options, needsWorkspace: false).workspace == address("", "", "w"))
    }

    @Test func aContextIsTakenWhole() throws {
        let settings = try resolver(["--context", "prod"], Self.variables, cli: Self.cli).settings(options())
        #expect(settings.workspace == address("S", "g", "w") && settings.tenantID == "t")
        #expect(settings.variables["AZUREML_CURRENT_CLOUD"] == "AzureUSGovernment")
        #expect(settings.variables["AZURE_TENANT_ID"] == "t")
        #expect(settings.allowance == Self.careful)
    }

    @Test func theCurrentContextHoldsWhereNothingNamesAPart() throws {
        #expect(try resolver(current: "prod", cli: Self.cli).settings(options()).workspace == address("S", "g", "w"))
        let named = try resolver([], Self.variables, current: "prod").settings(options())
        #expect(named.workspace == address("env-s", "env-g", "env-w") && !named.allowance.isReadOnly)
        let flagged = try? resolver(current: "prod").settings(options(["-w", "x"]))
        #expect(flagged == nil)
    }

    @Test func theCareOfAContextHoldsHoweverTheWorkspaceWasNamed() throws {
        let settings = try resolver().settings(options(["--subscription", "s", "-g", "G", "-w", "W"]))
        #expect(settings.allowance == Self.careful)
        #expect(settings.tenantID == nil)
    }

    @Test func theFlagMakesAnyWorkspaceReadOnly() throws {
        #expect(try resolver(["--read-only"], Self.variables).settings(options()).allowance.isReadOnly)
    }

    @Test func aContextThatIsNotThereAndOneBesideFlagsAreRefused() throws {
        let none = try options()
        #expect(throws: SettingsResolver.Problem.noSuchContext("x", known: ["prod"])) {
            try resolver(["--context", "x"]).settings(none)
        }
        let some = try options(["-w", "w"])
        #expect(throws: SettingsResolver.Problem.contextBesideFlags) {
            try resolver(["--context", "prod"]).settings(some)
        }
    }
}
