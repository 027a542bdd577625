#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A service principal with a secret. `POST {authority}/{tenant}/oauth2/v2.0/token`.
public struct ClientSecretCredential: TokenCredential {
    public let name = "ClientSecretCredential"
    private let variables: CredentialVariables
    private let secret: Secret?

    /// From `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`.
    public init(environment: [String: String]) {
        variables = CredentialVariables(
            environment,
            needed: ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]
        )
        secret = variables["AZURE_CLIENT_SECRET"].map { Secret($0) }
    }

    public init(tenantID: String, clientID: String, secret: Secret) {
        self.init(environment: [
            "AZURE_TENANT_ID": tenantID, "AZURE_CLIENT_ID": clientID, "AZURE_CLIENT_SECRET": secret.reveal(),
        ])
    }

    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let tenant = variables["AZURE_TENANT_ID"], let client = variables["AZURE_CLIENT_ID"], let secret else {
            throw variables.missing(for: name)
        }
        let endpoint = try EntraTokenEndpoint(
            of: request,
            tenantID: tenant,
            credential: name,
            pipeline: pipeline,
            now: now
        )
        let form: [(name: String, value: String)] =
            [
                ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret.reveal()),
                ("scope", request.scope),
            ] + request.claimsField
        return try await endpoint.grant(form).token
    }
}
