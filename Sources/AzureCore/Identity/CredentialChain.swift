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
    private let state = Mutex(State())

    private struct State {
        var preferred: Int?
        var winners: [TokenAudience: Int] = [:]
        var outcomes: [TokenAudience: Outcome] = [:]
    }

    private struct Outcome {
        /// In the order they were tried.
        var unavailable: [(index: Int, credential: UnavailableCredential)] = []
        var failure: (index: Int, error: AzureError)?
    }

    public init(_ credentials: [any TokenCredential], excluded: [UnavailableCredential] = []) {
        self.credentials = credentials
        self.excluded = excluded
    }

    /// Which credential answered for an audience; nil before the first answer.
    public func winner(for audience: TokenAudience) -> String? {
        state.withLock { $0.winners[audience] }.map { credentials[$0].name }
    }

    /// Why the others did not answer for an audience: those that were tried before the winner in the order they were
    /// tried, then those that the settings leave out. Those behind the winner were not asked.
    public func reasons(for audience: TokenAudience) -> [UnavailableCredential] {
        (state.withLock { $0.outcomes[audience]?.unavailable.map(\.credential) } ?? []) + excluded
    }

    /// What became of every credential when that audience's token was last asked for, in the chain's order, those that the
    /// settings leave out at the end; empty before that.
    public func verdicts(for audience: TokenAudience) -> [CredentialVerdict] {
        let (winner, outcome) = state.withLock { ($0.winners[audience], $0.outcomes[audience]) }
        guard let outcome else { return [] }
        let tried = credentials.indices.map { index -> CredentialVerdict in
            let name = credentials[index].name
            if let failure = outcome.failure, failure.index == index {
                return CredentialVerdict(name: name, .failed(failure.error))
            }
            if index == winner { return CredentialVerdict(name: name, .won) }
            let unavailable = outcome.unavailable.first { $0.index == index }
            return CredentialVerdict(name: name, unavailable.map { .unavailable($0.credential.reason) } ?? .notAsked)
        }
        return tried + excluded.map { CredentialVerdict(name: $0.name, .unavailable($0.reason)) }
    }

    /// Tries the credential of that name before all others from now on, and forgets who answered so far: somebody has just
    /// signed in with it.
    public func prefer(_ name: String) {
        let index = credentials.firstIndex { $0.name == name }
        state.withLock { $0 = State(preferred: index) }
    }

    /// - Throws: `AzureError` of kind `.noCredential` where none is set up.
    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        let (winner, preferred) = state.withLock { ($0.winners[request.audience], $0.preferred) }
        if request.claims != nil, let winner {
            return try await answer(of: winner, to: request, pipeline: pipeline, now: now)
        }
        var outcome = Outcome()
        defer { state.withLock { [outcome] in $0.outcomes[request.audience] = outcome } }
        // Behind a winner that is not set up any more: all the others, in their order.
        let first = Array([winner, preferred].compactMap(\.self).prefix(1))
        for index in first + credentials.indices.filter({ !first.contains($0) }) {
            do {
                let token = try await credentials[index].token(for: request, pipeline: pipeline, now: now)
                // What was found out before the winner was known is still why the others did not answer.
                if index == winner { outcome = state.withLock { $0.outcomes[request.audience] } ?? outcome }
                outcome.failure = nil
                state.withLock { $0.winners[request.audience] = index }
                return token
            } catch let error as CredentialUnavailable {
                outcome.unavailable.append((index, error.credential))
            } catch {
                outcome.failure = (index, AzureError(wrapping: error, doing: .token, host: nil))
                throw error
            }
        }
        state.withLock { $0.winners[request.audience] = nil }
        throw AzureError(
            .noCredential(outcome.unavailable.sorted { $0.index < $1.index }.map(\.credential) + excluded),
            operation: .token
        )
    }

    /// What a service demands is demanded of whoever signed in, and of nobody else.
    private func answer(
        of winner: Int,
        to request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        do {
            return try await credentials[winner].token(for: request, pipeline: pipeline, now: now)
        } catch let error as CredentialUnavailable {
            throw AzureError(
                .signedOut(credential: error.credential.name),
                operation: .token,
                code: ClaimsChallenge.error
            )
        }
    }
}

/// What became of one credential of a chain.
public struct CredentialVerdict: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case won
        /// Not set up, or left out by the settings.
        case unavailable(UnavailableCredential.Reason)
        /// Set up and refused; the chain ends here.
        case failed(AzureError)
        /// Another one had answered, or failed, before its turn.
        case notAsked
    }

    public var name: String
    public var outcome: Outcome

    public init(name: String, _ outcome: Outcome) {
        self.name = name
        self.outcome = outcome
    }
}
