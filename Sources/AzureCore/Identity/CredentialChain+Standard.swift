extension CredentialChain {
    private static let selection = "AZURE_TOKEN_CREDENTIALS"

    /// What there is of `DefaultAzureCredential`, in its order: a service principal with a secret, then the Azure CLI.
    ///
    /// Tokens that were given come before all. `AZURE_TOKEN_CREDENTIALS` narrows the rest: `prod` to what a deployment
    /// has, `dev` to what a developer's machine has, or to one credential by its name in Azure's SDKs.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - tenantID: The tenant the Azure CLI is asked for; nil for that of its account.
    ///   - time: What the time limit of the Azure CLI is measured by.
    /// - Returns: The chain; `reasons(for:)` tells of what is left out, too.
    public static func standard(
        environment: [String: String],
        tenantID: String? = nil,
        time: TimeSource = .system
    ) -> CredentialChain {
        let given = GivenTokenCredential(environment: environment)
        let links: [Link] = [
            Link(
                credential: ClientSecretCredential(environment: environment),
                group: "prod",
                names: ["environmentcredential", "clientsecretcredential"]
            ),
            Link(
                credential: AzureCLICredential(environment: environment, tenantID: tenantID, time: time),
                group: "dev",
                names: ["azureclicredential"]
            ),
        ]
        let word = (environment[selection] ?? "").trimmingSpace
        guard !word.isEmpty else { return CredentialChain([given] + links.map(\.credential)) }
        let wanted = links.filter { $0.isNamed(by: word) }
        var excluded = links.filter { !$0.isNamed(by: word) }.map {
            UnavailableCredential(name: $0.credential.name, reason: .excluded(byVariable: selection))
        }
        if wanted.isEmpty { excluded.append(UnavailableCredential(name: word, reason: .notSupported)) }
        return CredentialChain([given] + wanted.map(\.credential), excluded: excluded)
    }

    private struct Link {
        var credential: any TokenCredential
        var group: String
        var names: [String]

        func isNamed(by word: String) -> Bool {
            let word = word.lowercased()
            return word == group || names.contains(word)
        }
    }
}
