import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A credential in hand, and how long it will do.
public struct ScoringAccess: Hashable, Sendable {
    public var credential: EndpointCredential
    /// By Azure's clock; nil where it does not lapse, or does not say when.
    public var expiresAt: Date?
    /// Whether it was in hand before: one that is refused then may have been withdrawn since, and a new one be taken.
    public var isFromBefore: Bool

    public init(credential: EndpointCredential, expiresAt: Date? = nil, isFromBefore: Bool = false) {
        self.credential = credential
        self.expiresAt = expiresAt
        self.isFromBefore = isFromBefore
    }
}

extension MachineLearningClient {
    /// The credential that was chosen to score an endpoint with.
    ///
    /// Keys are listed when a key was chosen, each time, and never kept. Tokens are kept while they are good: the one of the
    /// endpoint is renewed once its `refreshAfterTimeUtc` has come, the Microsoft Entra token before it lapses.
    ///
    /// - Throws: `AzureError` of whom was asked for it.
    public func scoringCredential(_ choice: ScoringCredential, of endpoint: String) async throws -> ScoringAccess {
        switch choice {
        case .none: return ScoringAccess(credential: .none)
        case .primary: return ScoringAccess(credential: .key(try await keys(of: endpoint).primaryKey))
        case .secondary: return ScoringAccess(credential: .key(try await keys(of: endpoint).secondaryKey))
        case .amlToken: return try await endpointAccess(to: endpoint)
        case .entra:
            let held = connection.cachedToken(for: .machineLearning)
            let token = try await connection.token(for: .machineLearning)
            return ScoringAccess(
                credential: .entra(token),
                expiresAt: token.expiresAt,
                isFromBefore: held?.secret == token.secret && token.isRenewable
            )
        }
    }

    /// The same, new from whoever gives it, though the one in hand may have time left.
    ///
    /// - Throws: `AzureError`.
    public func renewedScoringCredential(
        _ choice: ScoringCredential,
        of endpoint: String
    ) async throws -> ScoringAccess {
        switch choice {
        case .none, .primary, .secondary: return try await scoringCredential(choice, of: endpoint)
        case .amlToken:
            connection.resourceTokens.forget(endpointID(endpoint))
            return try await endpointAccess(to: endpoint)
        case .entra:
            let token = try await connection.renewToken(for: .machineLearning)
            return ScoringAccess(credential: .entra(token), expiresAt: token.expiresAt)
        }
    }

    private func endpointAccess(to endpoint: String) async throws -> ScoringAccess {
        let id = endpointID(endpoint)
        let held = connection.resourceTokens.token(of: id, now: connection.now())
        // From the refresh time on a new token is to be had; before, Azure would give the same again.
        if let held, held.refreshAt.map({ $0 > connection.now() }) ?? true {
            return ScoringAccess(credential: .amlToken(held.secret), expiresAt: held.expiresAt, isFromBefore: true)
        }
        do {
            let new = try await token(of: endpoint)
            let token = AccessToken(secret: new.token, expiresAt: new.expiresAt, refreshAt: new.refreshAfter)
            connection.resourceTokens.keep(token, of: id)
            return ScoringAccess(credential: .amlToken(new.token), expiresAt: new.expiresAt)
        } catch let error as AzureError where error.kind != .cancelled {
            // The old one still does.
            guard let held else { throw error }
            return ScoringAccess(credential: .amlToken(held.secret), expiresAt: held.expiresAt, isFromBefore: false)
        }
    }
}
