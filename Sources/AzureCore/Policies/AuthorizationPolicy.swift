import HTTPTypes

/// Gives each request the token of its audience, and only to the host that token is for.
///
/// A refused token is dropped and, where a new one is to be had, the request sent once more.
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
        let response = try await next(request.carrying(token))
        guard response.refusesToken else { return response }
        tokens.drop(token, for: audience)
        let renewed = try await tokens.token(for: audience)
        guard renewed.secret != token.secret else { return response }
        var request = request
        request.attempt += 1
        return try await next(request.carrying(renewed))
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
