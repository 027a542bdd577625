import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A person who signs in with a browser on any device. `POST {authority}/{tenant}/oauth2/v2.0/devicecode`, then the token
/// endpoint.
///
/// What the sign-in leaves is a refresh token, kept in memory alone and good for the tokens of all audiences. Until somebody
/// has signed in, and once that has ended, this credential is merely unavailable.
public final class DeviceCodeCredential: TokenCredential {
    public let name = "DeviceCodeCredential"
    /// The client that Azure's own developer tools use for people.
    public static let publicClientID = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
    private static let grantType = "urn:ietf:params:oauth:grant-type:device_code"
    /// A refresh token beside the token, and who it is.
    private static let moreScopes = " offline_access openid profile"

    private let tenantID: String
    private let clientID: String
    private let refreshToken = Mutex<Secret?>(nil)

    /// - Parameters:
    ///   - tenantID: The tenant people sign in to; nil for that of their own account.
    ///   - clientID: The application they sign in with.
    public init(tenantID: String? = nil, clientID: String = publicClientID) {
        self.tenantID = tenantID ?? "organizations"
        self.clientID = clientID
    }

    /// Whether somebody has signed in.
    public var isSignedIn: Bool { refreshToken.withLock { $0 != nil } }

    /// Forgets who signed in.
    public func signOut() {
        refreshToken.withLock { $0 = nil }
    }

    /// Lets somebody sign in, and returns when that is done.
    ///
    /// - Parameters:
    ///   - request: The first audience a token is wanted for.
    ///   - pipeline: To ask the issuer with; it adds no token.
    ///   - now: The time now.
    ///   - onCode: Told what to enter where; runs once, before the waiting begins.
    /// - Returns: The first token; those of other audiences come without any further sign-in.
    /// - Throws: `AzureError` of kind `.signedOut`, with the code `authorization_declined`, `expired_token` or
    ///   `bad_verification_code` as the issuer's word; what keeps an answer away; `CancellationError`.
    @discardableResult
    public func signIn(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date,
        onCode: @Sendable (DeviceCode) async -> Void
    ) async throws -> AccessToken {
        let endpoint = try endpoint(for: request, pipeline, now)
        let scope = request.scope + Self.moreScopes
        let answer = try await endpoint.deviceCode([("client_id", clientID), ("scope", scope)] + request.claimsField)
        var code: IssuedDeviceCode
        do throws(AzureError) {
            code = try IssuedDeviceCode(answer, now: now())
        } catch {
            throw AzureError(wrapping: error, doing: .token, host: endpoint.url.host)
        }
        await onCode(code.shown)
        while true {
            try await pipeline.time.sleep(.seconds(code.intervalSeconds))
            try Task.checkCancellation()
            guard code.shown.expiresAt > now() else {
                throw AzureError(.signedOut(credential: name), operation: .token, code: "expired_token")
            }
            if let token = try await poll(&code, endpoint, request) { return token }
        }
    }

    /// Asks once whether the person is through; nil while they are not.
    private func poll(
        _ code: inout IssuedDeviceCode,
        _ endpoint: EntraTokenEndpoint,
        _ request: TokenRequest
    ) async throws -> AccessToken? {
        do {
            let grant = try await endpoint.grant(
                [("grant_type", Self.grantType), ("client_id", clientID), ("device_code", code.secret.reveal())]
                    + request.claimsField
            )
            guard let refresh = grant.refreshToken else {
                throw AzureError(
                    .malformedAnswer(.unexpectedShape(field: "refresh_token")),
                    operation: .token,
                    host: endpoint.url.host
                )
            }
            refreshToken.withLock { $0 = refresh }
            return grant.token
        } catch let error as AzureError {
            switch error.entraWord {
            case "authorization_pending": return nil
            case "slow_down":
                code.intervalSeconds += 5
                return nil
            case "authorization_declined", "bad_verification_code", "expired_token", "code_expired":
                var error = error
                error.code = error.entraWord
                throw error
            default:
                // Somebody is typing meanwhile: a stumble on the way is no reason to give up.
                if error.mayPass { return nil }
                throw error
            }
        }
    }

    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let held = refreshToken.withLock({ $0 }) else {
            throw CredentialUnavailable(UnavailableCredential(name: name, reason: .notSignedIn))
        }
        let endpoint = try endpoint(for: request, pipeline, now)
        do {
            let grant = try await endpoint.grant(
                [
                    ("grant_type", "refresh_token"), ("client_id", clientID), ("refresh_token", held.reveal()),
                    ("scope", request.scope + Self.moreScopes),
                ] + request.claimsField
            )
            if let newer = grant.refreshToken { replace(held, with: newer) }
            return grant.token
        } catch let error as AzureError where error.entraWord == "invalid_grant" {
            replace(held, with: nil)
            throw error
        }
    }

    /// Unless somebody has signed in anew meanwhile.
    private func replace(_ old: Secret, with new: Secret?) {
        refreshToken.withLock { if $0 == old { $0 = new } }
    }

    private func endpoint(
        for request: TokenRequest,
        _ pipeline: Pipeline,
        _ now: @escaping @Sendable () -> Date
    ) throws(AzureError) -> EntraTokenEndpoint {
        try EntraTokenEndpoint(of: request, tenantID: tenantID, credential: name, pipeline: pipeline, now: now)
    }
}

extension AzureError {
    /// No answer, or one that says that the service is in trouble.
    fileprivate var mayPass: Bool {
        switch kind {
        case .serverError, .throttled, .timedOut, .unreachable: true
        default: false
        }
    }
}
