import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The tokens in use, one for each audience, renewed before they lapse.
///
/// A fresh token is given at once. In its last five minutes (from its half life on, if it lives two hours or longer) it
/// is still given while a new one is asked for behind, at most every 30 s. When there is none, all callers wait for the
/// same renewal; one that is cancelled leaves and the renewal goes on. A failure is told to those who wait, never kept
/// in a token's place.
final class TokenCache: Sendable {
    static let refreshWindow = 300.0
    static let longLife = 7200.0
    static let renewalPause = 30.0

    /// Asks for a token, with the claims a service demands.
    typealias Renewal = @Sendable (TokenAudience, _ claims: String?) async throws -> AccessToken

    fileprivate struct Entry {
        var token: AccessToken?
        var obtainedAt = Date.distantPast
        var nextEarlyRenewal = Date.distantPast
        var isRenewing = false
        /// What a service demands of the next token, and what of the one that is being asked for.
        var claims: String?
        var claimsAskedFor: String?
        var failure: AzureError?
        var waiters: [Int: CheckedContinuation<AccessToken, any Error>] = [:]
    }

    private struct State {
        var entries: [TokenAudience: Entry] = [:]
        var lastWaiter = 0
        /// Which sign-in the tokens are of.
        var generation = 0
    }

    private let state = Mutex(State())
    let time: TimeSource
    private let renew: Renewal

    init(time: TimeSource, renew: @escaping Renewal) {
        self.time = time
        self.renew = renew
    }

    /// A token that has not lapsed.
    ///
    /// - Throws: What the renewal threw, `CancellationError`.
    func token(for audience: TokenAudience) async throws -> AccessToken {
        let now = time.now()
        let (token, renewalIsDue) = state.withLock { state -> (AccessToken?, Bool) in
            var entry = state.entries[audience] ?? Entry()
            defer { state.entries[audience] = entry }
            guard let token = entry.token, !token.hasLapsed(at: now) else { return (nil, false) }
            guard entry.renewalIsDue(at: now) else { return (token, false) }
            entry.beginRenewal(at: now)
            return (token, true)
        }
        if renewalIsDue { startRenewal(of: audience) }
        if let token { return token }
        return try await nextToken(for: audience, orHeld: true)
    }

    /// Asks for a new token now, unless that is being done already, and waits for it.
    func renewedToken(for audience: TokenAudience) async throws -> AccessToken {
        try await nextToken(for: audience, orHeld: false)
    }

    /// Waits for the next token; with `orHeld` one that came while the caller was on its way here is as good.
    private func nextToken(for audience: TokenAudience, orHeld: Bool) async throws -> AccessToken {
        let waiter = state.withLock { state -> Int in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(continuation, as: waiter, for: audience, orHeld: orHeld)
            }
        } onCancel: {
            let continuation = state.withLock { $0.entries[audience]?.waiters.removeValue(forKey: waiter) }
            continuation?.resume(throwing: CancellationError())
        }
    }

    /// Forgets a token that was refused; a newer one stays.
    func drop(_ token: AccessToken, for audience: TokenAudience) {
        state.withLock { state in
            guard state.entries[audience]?.token?.secret == token.secret else { return }
            state.entries[audience]?.token = nil
        }
    }

    /// Forgets a token that does not prove enough, as `drop`; the next one is asked to.
    func demand(_ claims: String, inPlaceOf token: AccessToken, for audience: TokenAudience) {
        state.withLock { state in
            guard state.entries[audience]?.token?.secret == token.secret else { return }
            state.entries[audience]?.token = nil
            state.entries[audience]?.claims = claims
        }
    }

    /// Forgets all tokens and what was demanded: somebody else has signed in. A renewal that is running is somebody else's
    /// too, and its outcome is not kept.
    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            for audience in state.entries.keys {
                state.entries[audience]?.token = nil
                state.entries[audience]?.failure = nil
                state.entries[audience]?.claims = nil
            }
        }
    }

    func status(of audience: TokenAudience) -> TokenStatus {
        let now = time.now()
        return state.withLock { state in
            guard let entry = state.entries[audience] else { return TokenStatus() }
            let token = entry.token.flatMap { $0.hasLapsed(at: now) ? nil : $0 }
            return TokenStatus(token: token, isRenewing: entry.isRenewing, renewalFailure: entry.failure)
        }
    }

    private func wait(
        _ continuation: CheckedContinuation<AccessToken, any Error>,
        as waiter: Int,
        for audience: TokenAudience,
        orHeld: Bool
    ) {
        let now = time.now()
        var held: AccessToken?
        let mustStart = state.withLock { state -> Bool? in
            // The cancellation handler may have run before there was anything to resume.
            if Task.isCancelled { return nil }
            var entry = state.entries[audience] ?? Entry()
            if orHeld, let token = entry.token, !token.hasLapsed(at: now) {
                held = token
                return false
            }
            entry.waiters[waiter] = continuation
            let mustStart = !entry.isRenewing
            if mustStart { entry.beginRenewal(at: now) }
            state.entries[audience] = entry
            return mustStart
        }
        guard let mustStart else { return continuation.resume(throwing: CancellationError()) }
        if let held { return continuation.resume(returning: held) }
        if mustStart { startRenewal(of: audience) }
    }

    /// A task of its own, so that no caller's end is its end.
    private func startRenewal(of audience: TokenAudience) {
        let (claims, generation) = state.withLock { state in
            let claims = state.entries[audience]?.claims
            state.entries[audience]?.claimsAskedFor = claims
            return (claims, state.generation)
        }
        Task {
            let result: Result<AccessToken, any Error>
            do {
                result = .success(try await renew(audience, claims))
            } catch {
                result = .failure(error)
            }
            finishRenewal(of: audience, with: result, generation: generation)
        }
    }

    private func finishRenewal(
        of audience: TokenAudience,
        with result: Result<AccessToken, any Error>,
        generation: Int
    ) {
        let now = time.now()
        let waiters = state.withLock { state -> [CheckedContinuation<AccessToken, any Error>]? in
            var entry = state.entries[audience] ?? Entry()
            defer { state.entries[audience] = entry }
            // Meanwhile more was demanded, or somebody else signed in: those who wait get what they need.
            let isOutdated = generation != state.generation || entry.claims != entry.claimsAskedFor
            if isOutdated, !entry.waiters.isEmpty { return nil }
            if isOutdated {
                entry.isRenewing = false
                return []
            }
            entry.finishRenewal(with: result, at: now)
            let waiters = Array(entry.waiters.values)
            entry.waiters = [:]
            return waiters
        }
        guard let waiters else { return startRenewal(of: audience) }
        for waiter in waiters { waiter.resume(with: result) }
    }
}

extension TokenCache.Entry {
    fileprivate func renewalIsDue(at now: Date) -> Bool {
        guard let token, token.isRenewable, !isRenewing, now >= nextEarlyRenewal else { return false }
        if let refreshAt = token.refreshAt, now >= refreshAt { return true }
        guard let expiresAt = token.expiresAt else { return false }
        let life = expiresAt.timeIntervalSince(obtainedAt)
        let window = life >= TokenCache.longLife ? life / 2 : TokenCache.refreshWindow
        return expiresAt.timeIntervalSince(now) <= window
    }

    fileprivate mutating func beginRenewal(at now: Date) {
        isRenewing = true
        nextEarlyRenewal = now.addingTimeInterval(TokenCache.renewalPause)
    }

    fileprivate mutating func finishRenewal(with result: Result<AccessToken, any Error>, at now: Date) {
        isRenewing = false
        nextEarlyRenewal = now.addingTimeInterval(TokenCache.renewalPause)
        switch result {
        case .success(let token):
            self.token = token
            obtainedAt = now
            failure = nil
            claims = nil
        case .failure(let error):
            failure = AzureError(wrapping: error, doing: .token, host: nil)
        }
    }
}

extension AccessToken {
    fileprivate func hasLapsed(at now: Date) -> Bool {
        expiresAt.map { $0 <= now } ?? false
    }
}
