import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import JSONValue

/// Who is signed in, as the control-plane token says, and how: which credential won for each audience, and why each other
/// did not.
struct AccountShow: AzureCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: text(.commandAccountShow))

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var globals: GlobalOptions

    var needsWorkspace: Bool { false }

    struct Outcome: Sendable {
        var token: Result<AccessToken, AzureError>
        var cloud: String
        var subscription: String
        var verdicts: [TokenAudience: [CredentialVerdict]]
    }

    var question: @Sendable (LiveAzure) async throws -> Outcome {
        { azure in
            let connection = try await azure.connection()
            let subscription = try await azure.workspace().subscriptionID
            var outcome = Outcome(
                token: .failure(AzureError(.cancelled)),
                cloud: connection.cloud.name,
                subscription: subscription,
                verdicts: [:]
            )
            for audience in TokenAudience.allCases where connection.cloud.resource(of: audience) != nil {
                let token: Result<AccessToken, AzureError>
                do {
                    token = .success(try await connection.token(for: audience))
                } catch {
                    token = .failure(error as? AzureError ?? AzureError(.cancelled))
                }
                if audience == .resourceManager { outcome.token = token }
                outcome.verdicts[audience] = azure.verdicts(for: audience)
            }
            return outcome
        }
    }

    /// Where nobody is signed in, stderr says of each credential why.
    func print(_ outcome: Outcome) throws {
        let token: AccessToken
        do {
            token = try outcome.token.get()
        } catch {
            let wording = Wording(texts: .chosen)
            // Where none is set up, the error itself says so of each.
            let verdicts = outcome.verdicts[.resourceManager] ?? []
            for verdict in error.kind.namesEveryCredential ? [] : verdicts {
                writeToStandardError("  \(Printable.text(wording.verdict(verdict)))\n")
            }
            throw CommandFailure(error)
        }
        let fields = Self.fields(of: token, outcome)
        var whole = fields
        whole.add("credentials", Self.credentials(outcome))
        try output.print(whole.value, table: .object(fields.value))
    }

    private static func fields(of token: AccessToken, _ outcome: Outcome) -> JSONFields {
        let claims = token.claims
        var user = JSONFields()
        user.add("name", claims?.userName ?? claims?.appID ?? claims?.objectID)
        user.add("type", claims?.identityType == .app ? "servicePrincipal" : "user")
        var fields = JSONFields()
        fields.add("credential", token.credential)
        fields.add("environmentName", outcome.cloud)
        fields.add("id", outcome.subscription.isEmpty ? nil : outcome.subscription)
        fields.add("managedIdentityId", claims?.managedIdentityID?.text)
        fields.add("objectId", claims?.objectID)
        fields.add("tenantId", claims?.tenantID)
        fields.add("user", user.value)
        return fields
    }

    private static func credentials(_ outcome: Outcome) -> JSONValue {
        let wording = Wording(texts: .chosen)
        var audiences = JSONFields()
        for audience in TokenAudience.allCases {
            guard let verdicts = outcome.verdicts[audience] else { continue }
            let list = verdicts.map { verdict in
                var fields = JSONFields()
                fields.add("name", verdict.name)
                fields.add("outcome", verdict.outcome.word)
                fields.add("reason", wording.verdict(verdict))
                return fields.value
            }
            audiences.add(audience.rawValue, .array(list))
        }
        return audiences.value
    }
}

extension AzureError.Kind {
    fileprivate var namesEveryCredential: Bool { if case .noCredential = self { true } else { false } }
}

extension CredentialVerdict.Outcome {
    /// For scripts: the same in every language.
    fileprivate var word: String {
        switch self {
        case .won: "won"
        case .unavailable: "unavailable"
        case .failed: "failed"
        case .notAsked: "notAsked"
        }
    }
}
