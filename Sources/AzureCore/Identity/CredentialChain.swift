import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Credentials in the order they are tried.
///
/// One that is not set up is passed over; one that fails stops the chain, because a wrong secret must not turn into
/// somebody else's identity. The first that answers for an audience is asked again for it.
public final class CredentialChain: TokenCredential {
    public let name = "CredentialChain"
    private let credentials: [any TokenCredential]
    private let winners = Mutex<[TokenAudience: Int]>([:])

    public init(_ credentials: [any TokenCredential]) {
        self.credentials = credentials
    }

    /// What the environment offers: given tokens first, then a service principal with a secret.
    public static func standard(environment: [String: String]) -> CredentialChain {
        CredentialChain([
            GivenTokenCredential(environment: environment), ClientSecretCredential(environment: environment),
        ])
    }

    /// Which credential answered for an audience; nil before the first answer.
    public func winner(for audience: TokenAudience) -> String? {
        winners.withLock { $0[audience] }.map { credentials[$0].name }
    }

    /// - Throws: `AzureError` of kind `.noCredential` where none is set up.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @Sendable () -> Date
    ) async throws -> AccessToken {
        var unavailable: [UnavailableCredential] = []
        for index in order(for: request.audience) {
            do {
                let token = try await credentials[index].token(for: request, pipeline: pipeline, now: now)
                winners.withLock { $0[request.audience] = index }
                return token
            } catch let error as CredentialUnavailable {
                unavailable.append(error.credential)
            }
        }
        throw AzureError(.noCredential(unavailable), operation: .token)
    }

    private func order(for audience: TokenAudience) -> [Int] {
        guard let winner = winners.withLock({ $0[audience] }) else { return Array(credentials.indices) }
        return [winner] + credentials.indices.filter { $0 != winner }
    }
}
