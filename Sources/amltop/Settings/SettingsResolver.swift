import AzureCore
import AzureML

/// Finds out which workspace is meant and how careful to be there, from all that may say so (DESIGN 3).
struct SettingsResolver {
    var flags: GlobalFlags
    var environment: [String: String]
    var configuration: Configuration
    /// Read only where something is missing.
    var azureCLI: () -> AzureCLIConfiguration

    /// What a person named that cannot be.
    enum Problem: Error, Equatable {
        /// `--context` and one of the flags that name a part of a workspace.
        case contextBesideFlags
        case noSuchContext(String, known: [String])
    }

    /// The settings for a command.
    ///
    /// - Parameters:
    ///   - options: The flags that name a workspace.
    ///   - needsWorkspace: Whether one has to be named; where not, its address may stay empty in parts.
    /// - Returns: The settings.
    /// - Throws: `Problem`; `AzureError` that names every variable that is missing.
    func settings(_ options: WorkspaceOptions, needsWorkspace: Bool = true) throws -> AzureSettings {
        if let context = try context(options) { return settings(in: context) }
        let cli = azureCLI()
        var variables = environment
        if variables.value("AZUREML_CURRENT_CLOUD") == nil, let cloud = cli.cloud {
            variables["AZUREML_CURRENT_CLOUD"] = cloud
        }
        let cloud =
            variables.value("AZUREML_CURRENT_CLOUD")
            ?? (variables.value("ARM_CLOUD_METADATA_URL") == nil ? Cloud.azureCloud.name : nil)
        let subscription =
            options.subscription ?? environment.value("AZURE_SUBSCRIPTION_ID") ?? cli.defaultSubscription(in: cloud)
        let group = options.resourceGroup ?? environment.value("AZURE_DEFAULTS_GROUP") ?? cli.group
        let workspace = options.workspaceName ?? environment.value("AZURE_DEFAULTS_WORKSPACE") ?? cli.workspace
        let missing = [
            subscription == nil ? "AZURE_SUBSCRIPTION_ID" : nil, group == nil ? "AZURE_DEFAULTS_GROUP" : nil,
            workspace == nil ? "AZURE_DEFAULTS_WORKSPACE" : nil,
        ].compactMap(\.self)
        guard missing.isEmpty || !needsWorkspace else {
            throw AzureError(.configuration(.missing(variables: missing)))
        }
        let address = WorkspaceAddress(
            subscriptionID: subscription ?? "",
            resourceGroup: group ?? "",
            name: workspace ?? ""
        )
        // However a workspace was named: the care its context asks for holds.
        let context = configuration.contexts.first { $0.address.id == address.id }
        return AzureSettings(variables: variables, workspace: address, allowance: allowance(in: context))
    }

    /// The settings for the dashboard, which can do without a workspace: it leads to the list of those there are.
    ///
    /// - Throws: `Problem`.
    func dashboardSettings(_ options: WorkspaceOptions) throws -> AzureSettings {
        var settings = try settings(options, needsWorkspace: false)
        let address = settings.workspace
        if address.subscriptionID.isEmpty || address.resourceGroup.isEmpty || address.name.isEmpty {
            // A part of an address is none; what was named of it is no reason to look at the wrong place.
            settings.workspace = WorkspaceAddress(subscriptionID: address.subscriptionID, resourceGroup: "", name: "")
        }
        return settings
    }

    /// The context that is meant as a whole: the one of `--context`, or the current one where nothing else names a part.
    func context(_ options: WorkspaceOptions) throws -> WorkspaceContext? {
        if let name = flags.context {
            guard !options.namesAny else { throw Problem.contextBesideFlags }
            guard let context = configuration.context(named: name) else {
                throw Problem.noSuchContext(name, known: configuration.contexts.map(\.name))
            }
            return context
        }
        let variables = ["AZURE_SUBSCRIPTION_ID", "AZURE_DEFAULTS_GROUP", "AZURE_DEFAULTS_WORKSPACE"]
        guard !options.namesAny, !variables.contains(where: { environment.value($0) != nil }) else { return nil }
        return configuration.current.flatMap(configuration.context(named:))
    }

    private func settings(in context: WorkspaceContext) -> AzureSettings {
        var variables = environment
        if let cloud = context.cloud { variables["AZUREML_CURRENT_CLOUD"] = cloud }
        if let tenant = context.tenant { variables["AZURE_TENANT_ID"] = tenant }
        return AzureSettings(
            variables: variables,
            workspace: context.address,
            tenantID: context.tenant,
            allowance: allowance(in: context)
        )
    }

    func allowance(in context: WorkspaceContext?) -> RequestAllowance {
        RequestAllowance(
            isReadOnly: flags.isReadOnly || context?.isReadOnly == true,
            readOnlyResources: configuration.readOnlyWorkspaces,
            allowsScoring: context?.allowsScoring ?? true
        )
    }
}

extension WorkspaceContext {
    var address: WorkspaceAddress {
        WorkspaceAddress(subscriptionID: subscription, resourceGroup: resourceGroup, name: workspace)
    }
}
