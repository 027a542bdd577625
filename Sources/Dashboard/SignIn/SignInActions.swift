package import AzureCore

/// The outside world as signing in needs it.
package struct SignInActions: Sendable {
    /// What became of each credential when a control-plane token was last asked for.
    package var verdicts: @Sendable () -> [CredentialVerdict]
    /// Lets somebody sign in with a device code: tells the code, and returns when they have. Throws `AzureError`.
    package var deviceCode: @Sendable (_ onCode: @Sendable (DeviceCode) -> Void) async throws -> Void
    /// Somebody has signed in to the Azure CLI.
    package var azureCLIChanged: @Sendable () -> Void
    /// What to start for `az login`: the program's path, its arguments and variables; nil without the program.
    package var azureCLILogin: @Sendable () async -> ProgramLine?

    package init(
        verdicts: @escaping @Sendable () -> [CredentialVerdict],
        deviceCode: @escaping @Sendable (@Sendable (DeviceCode) -> Void) async throws -> Void,
        azureCLIChanged: @escaping @Sendable () -> Void,
        azureCLILogin: @escaping @Sendable () async -> ProgramLine?
    ) {
        self.verdicts = verdicts
        self.deviceCode = deviceCode
        self.azureCLIChanged = azureCLIChanged
        self.azureCLILogin = azureCLILogin
    }

    /// A world in which nobody can sign in.
    package static let none = SignInActions(
        verdicts: { [] },
        deviceCode: { _ in throw AzureError(.noCredential([])) },
        azureCLIChanged: {},
        azureCLILogin: { nil }
    )
}

/// A program to run in the terminal.
package struct ProgramLine: Equatable, Sendable {
    package var path: String
    package var arguments: [String]
    package var variables: [String: String]

    package init(path: String, arguments: [String], variables: [String: String]) {
        self.path = path
        self.arguments = arguments
        self.variables = variables
    }
}
