import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import JSONValue

extension OnlineEndpointCommand {
    /// The credential of an endpoint, by its auth mode: two keys, an Azure ML token, or a Microsoft Entra token.
    struct GetCredentials: AzureCommand {
        static let configuration = CommandConfiguration(
            commandName: "get-credentials",
            abstract: text(.commandOnlineEndpointGetCredentials)
        )

        @Option(name: .shortAndLong, help: ArgumentHelp(text(.optionEndpointName)))
        var name: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var globals: GlobalOptions

        var question: @Sendable (LiveAzure) async throws -> EndpointCredentials {
            let name = name
            return { azure in
                let client = try await azure.client()
                let endpoint = try await client.onlineEndpoint(name)
                switch endpoint.authMode {
                case .key: return .keys(try await client.keys(of: name))
                case .amlToken: return .token(try await client.token(of: name))
                case .aadToken, .unknown:
                    return .entra(try await azure.connection().token(for: .machineLearning))
                }
            }
        }

        func print(_ credentials: EndpointCredentials) throws {
            try output.print(credentials.output, table: .object(credentials.output))
        }
    }
}

/// What lets a caller in, in the shapes that `az ml online-endpoint get-credentials` prints.
enum EndpointCredentials: Sendable {
    case keys(EndpointKeys)
    case token(EndpointToken)
    case entra(AccessToken)

    var output: JSONValue {
        var fields = JSONFields()
        switch self {
        case .keys(let keys):
            fields.add("primaryKey", keys.primaryKey.reveal())
            fields.add("secondaryKey", keys.secondaryKey.reveal())
        case .token(let token):
            fields.add("accessToken", token.token.reveal())
            fields.add("expiryTimeUtc", token.expiresAt?.epochSeconds)
            fields.add("refreshAfterTimeUtc", token.refreshAfter?.epochSeconds)
        case .entra(let token):
            fields.add("accessToken", token.secret.reveal())
            fields.add("expiryTimeUtc", token.expiresAt?.epochSeconds)
        }
        return fields.value
    }
}

extension Date {
    var epochSeconds: Int { Int(timeIntervalSince1970) }
}
