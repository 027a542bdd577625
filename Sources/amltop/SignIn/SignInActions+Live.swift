import AzureCore
import Dashboard

extension SignInActions {
    /// The real world, through the client core.
    static func live(_ azure: LiveAzure) -> SignInActions {
        SignInActions(
            verdicts: { azure.verdicts(for: .resourceManager) },
            deviceCode: { onCode in try await azure.signIn { onCode($0) } },
            azureCLIChanged: { azure.preferAzureCLI() },
            azureCLILogin: {
                guard let settings = try? await azure.childSettings(),
                    let path = AzureCLICredential.path(in: settings.variables)
                else { return nil }
                let tenant = settings.tenantID.map { ["--tenant", $0] } ?? []
                return ProgramLine(path: path, arguments: ["login"] + tenant, variables: settings.variables)
            }
        )
    }
}
