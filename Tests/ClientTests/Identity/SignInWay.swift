import AzureCore
import AzureSimulator
import Testing

/// Every way to sign in that the simulator knows, each a credential of its own over real HTTPS.
enum SignInWay: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case secret, certificate, pfx, workload, systemIdentity, userIdentity, deviceCode

    var testDescription: String { rawValue }

    /// The name of its credential.
    var credential: String {
        switch self {
        case .secret: "ClientSecretCredential"
        case .certificate, .pfx: "ClientCertificateCredential"
        case .workload: "WorkloadIdentityCredential"
        case .systemIdentity, .userIdentity: "ManagedIdentityCredential"
        case .deviceCode: "DeviceCodeCredential"
        }
    }

    /// Those that ask Microsoft Entra.
    static let ofEntra: [SignInWay] = [.secret, .certificate, .pfx, .workload, .deviceCode]

    /// The last part of the path that a token is asked for at, as a regular expression.
    var path: String {
        switch self {
        case .systemIdentity, .userIdentity: "/metadata/identity/oauth2/token"
        default: "/oauth2/v2.0/token"
        }
    }
}

extension SimulatedAzure {
    /// A connection that signs in one way and no other.
    func connection(
        _ way: SignInWay,
        changing changes: [String: String] = [:],
        retry: RetrySettings = RetrySettings()
    ) async throws -> AzureConnection {
        let method: SignInMethod =
            switch way {
            case .secret, .deviceCode: .secret
            case .certificate: .certificate
            case .pfx: .pfx
            case .workload: .workload
            case .systemIdentity, .userIdentity: .managed
            }
        var variables = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": Self.nobody]
        variables.merge(try await simulator.environment(signingInWith: method).map { ($0.name, $0.value) }) { $1 }
        variables.merge(changes) { $1 }
        let device = DeviceCodeCredential(tenantID: variables["AZURE_TENANT_ID"])
        let credential: any TokenCredential =
            switch way {
            case .secret: ClientSecretCredential(environment: variables)
            case .certificate, .pfx: ClientCertificateCredential(environment: variables)
            case .workload: WorkloadIdentityCredential(environment: variables)
            case .systemIdentity: Self.managedIdentity(variables)
            case .userIdentity: Self.managedIdentity(variables, .clientID(simulator.userAssignedClientID))
            case .deviceCode: device
            }
        let connection = try await connection(credential, variables: variables, retry: retry)
        if way == .deviceCode { try await signIn(connection, with: device) }
        return connection
    }

    /// Looks for its service for longer than the test's clock lets a short sleep last.
    static func managedIdentity(
        _ variables: [String: String],
        _ selection: ManagedIdentitySelection = .systemAssigned
    ) -> ManagedIdentityCredential {
        ManagedIdentityCredential(environment: variables, selection: selection, probeTimeout: .seconds(10))
    }

    /// Somebody enters the code at once.
    func signIn(_ connection: AzureConnection, with device: DeviceCodeCredential) async throws {
        try await connection.signIn(with: device) { code in
            try? await self.enter(code.userCode, "approve")
        }
    }
}
