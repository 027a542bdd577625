import HTTPTypes

/// Gives each request the token of its audience, and only to the host that token is for.
///
/// A refused token is dropped and, where a new one is to be had, the request sent once more; where the service demands
/// claims, with a token that was asked for with them.
struct AuthorizationPolicy: PipelinePolicy {
    let hosts: TokenHosts
    let tokens: TokenCache

    func send(
        _ request: AzureRequest,
        next: @Sendable (AzureRequest) async throws -> AzureResponse
    ) async throws -> AzureResponse {
        guard let audience = request.audience else { return try await next(request) }
        try hosts.check(request.url, isFor: audience)
        let token = try await tokens.token(for: audience)
        try hosts.cloud.check(token, isFor: audience)
        let response = try await next(request.carrying(token))
        guard response.refusesToken else { return response }
        if let challenge = response.claimsChallenge {
            tokens.demand(challenge.claims, inPlaceOf: token, for: audience)
        } else {
            tokens.drop(token, for: audience)
        }
        let renewed = try await tokens.token(for: audience)
        guard renewed.secret != token.secret else { return response }
        var request = request
        request.attempt += 1
        let second = try await next(request.carrying(renewed))
        // Once: who demands again what it was just given is not to be satisfied.
        if second.claimsChallenge != nil, var failure = AzureError(of: second, to: request, now: tokens.time.now()) {
            failure.code = ClaimsChallenge.error
            throw failure
        }
        return second
    }
}

extension AzureRequest {
    fileprivate func carrying(_ token: AccessToken) -> AzureRequest {
        var request = self
        request.headerFields[.authorization] = token.secret.withText { "Bearer \($0)" }
        return request
    }
}

extension AzureResponse {
    /// 401 of Resource Manager; Log Analytics says 403 for a token it cannot use.
    fileprivate var refusesToken: Bool {
        status == 401 || status == 403 && ErrorBody(of: self).refusesToken
    }
}
