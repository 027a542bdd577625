#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Tokens somebody else got, one for each audience, taken from the environment.
public struct GivenTokenCredential: TokenCredential {
    public let name = "GivenToken"
    private let tokens: [TokenAudience: Secret]

    public init(tokens: [TokenAudience: Secret]) {
        self.tokens = tokens
    }

    /// From `AMLTOP_ARM_TOKEN`, `AMLTOP_ML_TOKEN` and `AMLTOP_LOGS_TOKEN`; white space around a token is dropped.
    public init(environment: [String: String]) {
        tokens = Self.variables.compactMapValues { variable in
            let text = (environment[variable] ?? "").trimmingSpace
            return text.isEmpty ? nil : Secret(text)
        }
    }

    /// Which variable holds the token of an audience.
    public static let variables: [TokenAudience: String] = [
        .resourceManager: "AMLTOP_ARM_TOKEN", .machineLearning: "AMLTOP_ML_TOKEN", .logAnalytics: "AMLTOP_LOGS_TOKEN",
    ]

    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @escaping @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let secret = tokens[request.audience] else { throw unavailable(for: request.audience) }
        let claims = secret.withText(TokenClaims.decode)
        if let expiry = claims?.expiresAt, expiry <= now() {
            throw AzureError(.signedOut(credential: name), operation: .token, code: "ExpiredAuthenticationToken")
        }
        // A token that somebody else got may be for somewhere else, and must not go here then.
        if let audience = claims?.audience, !request.cloud.accepts(claim: audience, for: request.audience) {
            var refusal = request.cloud.wrongAudience(audience, offeredTo: request.audience)
            refusal.operation = .token
            throw refusal
        }
        return AccessToken(
            secret: secret,
            expiresAt: claims?.expiresAt,
            claims: claims,
            credential: name,
            isRenewable: false
        )
    }

    private func unavailable(for audience: TokenAudience) -> CredentialUnavailable {
        let reason: UnavailableCredential.Reason =
            tokens.isEmpty
            ? .missingVariables(TokenAudience.allCases.compactMap { Self.variables[$0] }) : .notForAudience(audience)
        return CredentialUnavailable(UnavailableCredential(name: name, reason: reason))
    }
}
