import HTTPTypes
import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A service principal with a secret. `POST {authority}/{tenant}/oauth2/v2.0/token`.
public struct ClientSecretCredential: TokenCredential {
    public let name = "ClientSecretCredential"
    private let settings: [String: String]

    /// From `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`.
    public init(environment: [String: String]) {
        settings = environment.filter { Self.variables.contains($0.key) && !$0.value.isEmpty }
    }

    public init(tenantID: String, clientID: String, secret: Secret) {
        self.init(environment: [
            "AZURE_TENANT_ID": tenantID, "AZURE_CLIENT_ID": clientID, "AZURE_CLIENT_SECRET": secret.reveal(),
        ])
    }

    private static let variables = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]

    public func token(
        for request: TokenRequest,
        pipeline: Pipeline,
        now: @Sendable () -> Date
    ) async throws -> AccessToken {
        guard let tenant = settings["AZURE_TENANT_ID"], let client = settings["AZURE_CLIENT_ID"],
            let secret = settings["AZURE_CLIENT_SECRET"]
        else {
            let missing = Self.variables.filter { settings[$0] == nil }
            throw CredentialUnavailable(UnavailableCredential(name: name, reason: .missingVariables(missing)))
        }
        guard let authority = HTTPURL(request.cloud.loginEndpoint) else {
            let problem = AzureError.ConfigurationProblem.invalidURL(
                name: "AZURE_AUTHORITY_HOST",
                value: request.cloud.loginEndpoint
            )
            throw AzureError(.configuration(problem), operation: .token)
        }
        guard authority.isEncrypted else {
            throw AzureError(.insecureTransport(host: authority.host), operation: .token, host: authority.host)
        }
        let form: [(name: String, value: String)] = [
            ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret),
            ("scope", request.scope),
        ]
        let post = AzureRequest(
            .token,
            method: .post,
            url: authority.appending(path: "\(tenant)/oauth2/v2.0/token"),
            headerFields: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(PercentEncoding.form(form).utf8),
            isRepeatable: true
        )
        return try await send(post, pipeline, now)
    }

    private func send(
        _ request: AzureRequest,
        _ pipeline: Pipeline,
        _ now: @Sendable () -> Date
    ) async throws -> AccessToken {
        let response: AzureResponse
        do {
            response = try await pipeline.answer(to: request)
        } catch {
            // Whoever needed the token would otherwise take the blame.
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
        if var failure = AzureError(of: response, to: request, now: now()) {
            if [400, 401, 403].contains(response.status), failure.code != nil {
                failure.kind = .signedOut(credential: name)
            }
            throw failure
        }
        do throws(AzureError) {
            return try token(in: response.json(), now: now())
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    private func token(in answer: JSONValue, now: Date) throws(AzureError) -> AccessToken {
        guard let text = answer["access_token"]?.stringValue, !text.isEmpty else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "access_token")))
        }
        let claims = TokenClaims.decode(text)
        let life = ExpiryTime.lifeSeconds(answer["expires_in"])
        return AccessToken(
            secret: Secret(text),
            expiresAt: life.map { now.addingTimeInterval($0) } ?? claims?.expiresAt,
            refreshAt: ExpiryTime.lifeSeconds(answer["refresh_in"]).map { now.addingTimeInterval($0) },
            claims: claims,
            credential: name
        )
    }
}
