import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import JSONValue

/// `amltop account`, as `az account`.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: text(.commandAccount),
        subcommands: [GetAccessToken.self, AccountShow.self, AccountSet.self]
    )

    /// A token, in the shape that `az account get-access-token` prints.
    struct GetAccessToken: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "get-access-token",
            abstract: text(.commandAccountGetAccessToken)
        )

        @Option(help: ArgumentHelp(text(.optionResource)))
        var resource: String?

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        var needsWorkspace: Bool { false }

        var question: @Sendable (LiveAzure) async throws -> (AccessToken, subscription: String) {
            let resource = resource
            return { azure in
                let connection = try await azure.connection()
                guard let audience = connection.cloud.audience(of: resource) else {
                    throw AzureError(.wrongAudience(resource), operation: .token)
                }
                return (try await connection.token(for: audience), try await azure.workspace().subscriptionID)
            }
        }

        func print(_ outcome: (AccessToken, subscription: String)) throws {
            let (token, subscription) = outcome
            var fields = JSONFields()
            fields.add("accessToken", token.secret.reveal())
            if let expiresAt = token.expiresAt {
                // The older of the two is local time without a zone, as the CLI has it.
                let local = Format.dateTime(expiresAt, in: .local(at: expiresAt))
                fields.add("expiresOn", local + ".000000")
                fields.add("expires_on", expiresAt.epochSeconds)
            }
            fields.add("subscription", subscription.isEmpty ? nil : subscription)
            fields.add("tenant", token.claims?.tenantID)
            fields.add("tokenType", "Bearer")
            try output.print(fields.value, table: .object(fields.value))
        }
    }
}

extension Cloud {
    /// The audience a resource URI means, with or without a slash at its end; Resource Manager without one.
    func audience(of resource: String?) -> TokenAudience? {
        guard let resource else { return .resourceManager }
        guard resource.contains("://") else { return nil }
        return TokenAudience.allCases.first { accepts(claim: resource, for: $0) }
    }
}
