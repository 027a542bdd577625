import AzureCore
import AzureML
import Dashboard
import TerminalUI

/// The settings in force, each with what made it so: a flag, a variable, a file of the Azure CLI, a context, or nothing.
struct SettingsOrigin {
    struct Setting: Equatable {
        var name: String
        /// Nil where nothing is set. Never a secret: of those only that they are set.
        var value: String?
        var source: String
    }

    private let invocation: Invocation
    private let texts = Catalogue.chosen

    init(_ invocation: Invocation) {
        self.invocation = invocation
    }

    /// - Throws: `SettingsResolver.Problem`, `AzureError`.
    func settings(_ options: WorkspaceOptions) throws -> [Setting] {
        let settings = try invocation.resolver.settings(options, needsWorkspace: false)
        let context = try invocation.resolver.context(options)
        return place(settings, options, context) + care(settings, context) + appearance + limits + credentials
    }

    private func setting(_ name: String, _ value: String?, _ source: String?) -> Setting {
        Setting(name: name, value: value, source: source ?? texts[.configSourceDefault])
    }

    private func file(_ field: String) -> String { "\(invocation.configuration.path) \(field)" }
    private func flag(_ name: String) -> String { texts.text(.configSourceFlag, ["name": name]) }
    private func variable(_ name: String) -> String { texts.text(.configSourceVariable, ["name": name]) }

    // MARK: Where

    private func place(
        _ settings: AzureSettings,
        _ options: WorkspaceOptions,
        _ context: WorkspaceContext?
    ) -> [Setting] {
        let environment = invocation.environment
        let folder = environment.value("AZURE_CONFIG_DIR") ?? environment.value("HOME").map { $0 + "/.azure" } ?? ""
        let named = context.map { context in
            invocation.flags.context == nil ? file("current: \(context.name)") : flag("--context \(context.name)")
        }
        func source(_ option: String?, _ flagName: String, _ name: String, _ value: String, _ cli: String) -> String? {
            if let named { return named }
            if option != nil { return flag(flagName) }
            if environment.value(name) != nil { return variable(name) }
            return value.isEmpty ? nil : "\(folder)/\(cli)"
        }
        let address = settings.workspace
        func value(_ text: String) -> String? { text.isEmpty ? nil : text }
        return [
            setting("context", context?.name, named),
            setting(
                "subscription",
                value(address.subscriptionID),
                source(
                    options.subscription,
                    "--subscription",
                    "AZURE_SUBSCRIPTION_ID",
                    address.subscriptionID,
                    "azureProfile.json"
                )
            ),
            setting(
                "resource_group",
                value(address.resourceGroup),
                source(
                    options.resourceGroup,
                    "--resource-group",
                    "AZURE_DEFAULTS_GROUP",
                    address.resourceGroup,
                    "config"
                )
            ),
            setting(
                "workspace",
                value(address.name),
                source(options.workspaceName, "--workspace-name", "AZURE_DEFAULTS_WORKSPACE", address.name, "config")
            ),
            setting("tenant", context?.tenant ?? environment.value("AZURE_TENANT_ID"), tenantSource(context, named)),
            cloud(settings, context, named, folder),
        ]
    }

    private func tenantSource(_ context: WorkspaceContext?, _ named: String?) -> String? {
        if context?.tenant != nil { return named }
        return invocation.environment.value("AZURE_TENANT_ID") == nil ? nil : variable("AZURE_TENANT_ID")
    }

    private func cloud(
        _ settings: AzureSettings,
        _ context: WorkspaceContext?,
        _ named: String?,
        _ folder: String
    ) -> Setting {
        let variables = settings.variables
        if let url = variables.value("ARM_CLOUD_METADATA_URL") {
            let name = variables.value("AZUREML_CURRENT_CLOUD").map { $0 + " · " } ?? ""
            return setting("cloud", name + url, variable("ARM_CLOUD_METADATA_URL"))
        }
        let name = variables.value("AZUREML_CURRENT_CLOUD")
        let source =
            context?.cloud != nil
            ? named
            : invocation.environment.value("AZUREML_CURRENT_CLOUD") != nil
                ? variable("AZUREML_CURRENT_CLOUD") : name == nil ? nil : "\(folder)/config"
        return setting("cloud", name ?? Cloud.azureCloud.name, source)
    }

    // MARK: How

    private func care(_ settings: AzureSettings, _ context: WorkspaceContext?) -> [Setting] {
        let ofPlace = context ?? invocation.configuration.contexts.first { $0.address.id == settings.workspace.id }
        let isReadOnly = settings.allowance.isReadOnly
        let source =
            invocation.flags.isReadOnly ? flag("--read-only") : ofPlace.map { file("contexts: \($0.name)") }
        let named = ofPlace.map { file("contexts: \($0.name)") }
        return [
            setting("read_only", "\(isReadOnly)", isReadOnly ? source : nil),
            setting("scoring", "\(settings.allowance.allowsScoring)", settings.allowance.allowsScoring ? nil : named),
            setting("production", "\(ofPlace?.isProduction == true)", ofPlace?.isProduction == true ? named : nil),
            setting("accent", ofPlace?.accent?.rawValue, ofPlace?.accent == nil ? nil : named),
        ]
    }

    private var appearance: [Setting] {
        let (flags, configuration) = (invocation.flags, invocation.configuration)
        let variable = ["LC_ALL", "LC_MESSAGES", "LANG"].first { invocation.environment.value($0) != nil }
        let language =
            flags.language != nil
            ? flag("--language") : configuration.language != nil ? file("language") : variable.map(self.variable)
        let theme = flags.theme ?? configuration.theme?.rawValue
        let themeSource = flags.theme != nil ? flag("--theme") : configuration.theme != nil ? file("theme") : nil
        let usesUTC = flags.usesUTC || configuration.usesUTC == true
        let timeSource = flags.usesUTC ? flag("--utc") : configuration.usesUTC != nil ? file("time") : nil
        return [
            setting("language", Language.chosen.rawValue, language), setting("theme", theme ?? "terminal", themeSource),
            setting("time", usesUTC ? "utc" : "local", timeSource),
        ]
    }

    private var limits: [Setting] {
        let (set, standard) = (invocation.configuration.thresholds, Thresholds())
        func pair(_ name: String, _ value: (Double, Double), _ usual: (Double, Double), _ text: (Double) -> String)
            -> Setting
        {
            setting(
                "thresholds.\(name)",
                "\(text(value.0)), \(text(value.1))",
                value == usual ? nil : file("thresholds.\(name)")
            )
        }
        func percent(_ share: Double) -> String { Format.decimal(share * 100, digits: 1) + "%" }
        func milliseconds(_ value: Double) -> String { "\(Int(value))ms" }
        func span(_ seconds: Double) -> String {
            let units: [(Double, String)] = [(86_400, "d"), (3_600, "h"), (60, "m")]
            let fitting = units.first { seconds >= $0.0 && seconds.truncatingRemainder(dividingBy: $0.0) == 0 }
            return fitting.map { "\(Int(seconds / $0.0))\($0.1)" } ?? "\(Format.decimal(seconds, digits: 0))s"
        }
        let window = invocation.configuration.logWindowSeconds
        return [
            pair("token_expiry", set.tokenExpirySeconds, standard.tokenExpirySeconds, span),
            pair("key_age", set.keyAgeSeconds, standard.keyAgeSeconds, span),
            pair("error_share", set.errorShare, standard.errorShare, percent),
            pair("p95", set.p95Milliseconds, standard.p95Milliseconds, milliseconds),
            setting(
                "thresholds.silence",
                span(set.silenceSeconds),
                set.silenceSeconds == standard.silenceSeconds ? nil : file("thresholds.silence")
            ),
            setting(
                "log_window",
                span(window ?? RecentTraffic().windowSeconds),
                window == nil ? nil : file("log_window")
            ),
        ]
    }

    /// Which credentials are set, by the names of their variables alone.
    private var credentials: [Setting] {
        let secrets = [
            "AMLTOP_ARM_TOKEN", "AMLTOP_ML_TOKEN", "AMLTOP_LOGS_TOKEN", "AZURE_CLIENT_SECRET",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD",
        ]
        let plain = [
            "AZURE_TOKEN_CREDENTIALS", "AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE",
            "AZURE_AUTHORITY_HOST",
        ]
        return plain.compactMap { name in
            invocation.environment.value(name).map { setting(name, $0, variable(name)) }
        }
            + secrets.compactMap { name in
                invocation.environment.value(name).map { _ in setting(name, Secret.mask, variable(name)) }
            }
    }
}
