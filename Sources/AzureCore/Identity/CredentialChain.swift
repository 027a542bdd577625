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
    /// Left out by the settings, with why.
    private let excluded: [UnavailableCredential]
    private let outcomes = Mutex<[TokenAudience: Outcome]>([:])

    private struct Outcome {
        var winner: Int?
        var unavailable: [UnavailableCredential] = []
    }

    public init(_ credentials: [any TokenCredential], excluded: [UnavailableCredential] = []) {
        self.credentials = credentials
        self.excluded = excluded
    }

    /// Which credential answered for an audience; nil before the first answer.
    public func winner(for audience: TokenAudience) -> String? {
        outcomes.withLock { $0[audience]?.winner }.map { credentials[$0].name }
    }

    /// Why the others did not answer for an audience: those that were tried before the winner in the order they were
    /// tried, then those that the settings leave out. Those behind the winner were not asked.
    public func reasons(for audience: TokenAudience) -> [UnavailableCredential] {
        outcomes.withLock { $0[audience]?.unavailable ?? [] } + excluded
    }

    /// - Throws: `AzureError` of kind `.noCredential` where none is set up.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @Sendable () -> Date
    ) async throws -> AccessToken {
        let winner = outcomes.withLock { $0[request.audience]?.winner }
        var outcome = Outcome()
        var late: UnavailableCredential?
        if let winner {
            switch try await answer(of: winner, to: request, pipeline: pipeline, now: now) {
            case .success(let token): return token
            case .failure(let error): late = error.credential
            }
        }
        // Without a winner, or with one that is not set up any more: all the others, in their order.
        for index in credentials.indices {
            if let late, index == winner {
                outcome.unavailable.append(late)
                continue
            }
            switch try await answer(of: index, to: request, pipeline: pipeline, now: now) {
            case .success(let token):
                outcome.winner = index
                outcomes.withLock { [outcome] in $0[request.audience] = outcome }
                return token
            case .failure(let error): outcome.unavailable.append(error.credential)
            }
        }
        outcomes.withLock { [outcome] in $0[request.audience] = outcome }
        throw AzureError(.noCredential(outcome.unavailable + excluded), operation: .token)
    }

    /// - Throws: What is more than not being set up.
    private func answer(
        of index: Int,
        to request: TokenRequest,
        pipeline: Pipeline,
        now: @Sendable () -> Date
    ) async throws -> Result<AccessToken, CredentialUnavailable> {
        do {
            return .success(try await credentials[index].token(for: request, pipeline: pipeline, now: now))
        } catch let error as CredentialUnavailable {
            return .failure(error)
        }
    }
}
