extension CredentialChain {
    private static let selection = "AZURE_TOKEN_CREDENTIALS"

    /// What there is of `DefaultAzureCredential`, in its order: a service principal with a secret, one with a certificate,
    /// workload identity, managed identity, the Azure CLI.
    ///
    /// A sign-in that somebody completed here, and tokens that were given, come before all. `AZURE_TOKEN_CREDENTIALS` narrows
    /// the rest: `prod` to what a deployment has, `dev` to what a developer's machine has, or to one credential by its name in
    /// Azure's SDKs.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - tenantID: The tenant the Azure CLI is asked for; nil for that of its account.
    ///   - signIn: Where somebody may sign in with a device code; nil where nobody can.
    ///   - time: What the time limit of the Azure CLI is measured by.
    /// - Returns: The chain; `reasons(for:)` tells of what is left out, too.
    public static func standard(
        environment: [String: String],
        tenantID: String? = nil,
        signIn: DeviceCodeCredential? = nil,
        time: TimeSource = .system
    ) -> CredentialChain {
        let always: [any TokenCredential] =
            (signIn.map { [$0] } ?? []) + [GivenTokenCredential(environment: environment)]
        let links = links(environment, tenantID, time)
        let word = (environment[selection] ?? "").trimmingSpace
        guard !word.isEmpty else {
            return CredentialChain(always + links.map(\.credential), excluded: unsupported(environment))
        }
        let wanted = links.filter { $0.isNamed(by: word) }
        var excluded = links.filter { !$0.isNamed(by: word) }.map {
            UnavailableCredential(name: $0.credential.name, reason: .excluded(byVariable: selection))
        }
        if wanted.isEmpty { excluded.append(UnavailableCredential(name: word, reason: .notSupported)) }
        return CredentialChain(always + wanted.map(\.credential), excluded: excluded + unsupported(environment))
    }

    private static func links(
        _ environment: [String: String],
        _ tenantID: String?,
        _ time: TimeSource
    ) -> [Link] {
        [
            Link(
                credential: ClientSecretCredential(environment: environment),
                group: "prod",
                names: ["environmentcredential", "clientsecretcredential"]
            ),
            Link(
                credential: ClientCertificateCredential(environment: environment),
                group: "prod",
                names: ["environmentcredential", "clientcertificatecredential", "certificatecredential"]
            ),
            Link(
                credential: WorkloadIdentityCredential(environment: environment),
                group: "prod",
                names: ["workloadidentitycredential"]
            ),
            Link(
                credential: ManagedIdentityCredential(environment: environment),
                group: "prod",
                names: ["managedidentitycredential"]
            ),
            Link(
                credential: AzureCLICredential(environment: environment, tenantID: tenantID, time: time),
                group: "dev",
                names: ["azureclicredential"]
            ),
        ]
    }

    /// A name and a password are set, which Azure's SDKs would try: Microsoft Entra is giving that up, and it skips every
    /// second factor.
    private static func unsupported(_ environment: [String: String]) -> [UnavailableCredential] {
        let isSet = ["AZURE_USERNAME", "AZURE_PASSWORD"].allSatisfy { !(environment[$0] ?? "").isEmpty }
        return isSet ? [UnavailableCredential(name: "UsernamePasswordCredential", reason: .notSupported)] : []
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
