public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension MachineLearningClient {
    /// Takes the credential that was chosen and sends a payload with it.
    ///
    /// A token that was in hand before and is refused (401) may have been withdrawn: a new one is taken and the payload sent
    /// once more, nothing of the refusal being told. The model has not seen a request that was refused so.
    ///
    /// - Parameters:
    ///   - request: The payload and where it goes.
    ///   - endpoint: The endpoint's name.
    ///   - choice: Which credential.
    ///   - clientRequestID: As `score(_:credential:clientRequestID:keeper:progress:)`.
    ///   - keeper: As there.
    ///   - onCredential: Told when the credential lapses, before anything is sent.
    ///   - onProgress: As `progress` there.
    /// - Returns: The answer, whatever its status.
    /// - Throws: `AzureError` as there, and of whom was asked for the credential.
    public func score(
        _ request: ScoringRequest,
        of endpoint: String,
        with choice: ScoringCredential,
        clientRequestID: String? = nil,
        keeper: ConnectionKeeper? = nil,
        onCredential: @Sendable (_ expiresAt: Date?) -> Void = { _ in },
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> ScoringAnswer {
        let access = try await scoringCredential(choice, of: endpoint)
        onCredential(access.expiresAt)
        guard access.isFromBefore else {
            return try await score(
                request,
                credential: access.credential,
                clientRequestID: clientRequestID,
                keeper: keeper,
                progress: onProgress
            )
        }
        let refusal = try await score(
            request,
            credential: access.credential,
            clientRequestID: clientRequestID,
            keeper: keeper,
            progress: ProgressFilter.withoutRefusal(onProgress)
        )
        guard refusal.status == 401 else { return refusal }
        let renewed = try? await renewedScoringCredential(choice, of: endpoint)
        guard let renewed, renewed.credential != access.credential else {
            onProgress(.head(status: refusal.status, refusal.headerFields))
            if !refusal.body.isEmpty { onProgress(.part(refusal.body)) }
            return refusal
        }
        onCredential(renewed.expiresAt)
        return try await score(
            request,
            credential: renewed.credential,
            clientRequestID: clientRequestID,
            keeper: keeper,
            progress: onProgress
        )
    }
}

/// Holds back what is told of an answer that may be asked for once more.
private enum ProgressFilter {
    static func withoutRefusal(
        _ progress: @escaping @Sendable (TransferProgress) -> Void
    ) -> @Sendable (TransferProgress) -> Void {
        let isRefused = Flag()
        return { event in
            if case .head(401, _) = event { isRefused.raise() }
            if !isRefused.isRaised { progress(event) }
        }
    }
}
