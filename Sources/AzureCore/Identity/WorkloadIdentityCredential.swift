#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A workload that somebody else vouches for, a Kubernetes cluster for example.
/// `POST {authority}/{tenant}/oauth2/v2.0/token` with that token as the assertion.
public struct WorkloadIdentityCredential: TokenCredential {
    public let name = "WorkloadIdentityCredential"
    /// Such tokens take a few kilobytes.
    static let longestToken = 64 << 10

    private let variables: CredentialVariables

    /// From `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_FEDERATED_TOKEN_FILE`.
    public init(environment: [String: String]) {
        variables = CredentialVariables(
            environment,
            needed: ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE"]
        )
    }

    /// The file is read again for every token: whoever vouches puts a new one there before the last has lapsed.
    ///
    /// - Throws: Beside what is usual, `AzureError` of kind `.configuration(.unusableFile)`.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let tenant = variables["AZURE_TENANT_ID"], let client = variables["AZURE_CLIENT_ID"],
            let path = variables["AZURE_FEDERATED_TOKEN_FILE"]
        else { throw variables.missing(for: name) }
        let endpoint = try EntraTokenEndpoint(
            of: request,
            tenantID: tenant,
            credential: name,
            pipeline: pipeline,
            now: now
        )
        let assertion = try Self.assertion(in: path)
        return try await endpoint.grant(.assertion(assertion.reveal(), clientID: client, for: request)).token
    }

    private static func assertion(in path: String) throws(AzureError) -> Secret {
        do throws(AzureError.FileProblem) {
            let bytes = try CredentialFile.read(path, longest: longestToken)
            guard let text = String(validating: bytes, as: UTF8.self)?.trimmingSpace else {
                throw .unexpectedContent
            }
            guard !text.isEmpty else { throw .empty }
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .unexpectedContent
            }
            return Secret(text)
        } catch {
            let variable = "AZURE_FEDERATED_TOKEN_FILE"
            throw AzureError(
                .configuration(.unusableFile(variable: variable, path: path, error)),
                operation: .token
            )
        }
    }
}
