public import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The way to Azure for one identity in one cloud: policies, credentials, tokens.
public final class AzureConnection: Sendable {
    public let cloud: Cloud
    /// What the identity may ask the control plane for.
    public let budget: RequestBudget
    private let pipeline: Pipeline
    private let signInPipeline: Pipeline
    private let tokens: TokenCache
    private let transport: any HTTPTransport
    /// Those of resources, for whoever asks them.
    package let resourceTokens = ResourceTokens()
    /// The time now, by the clock the connection was given.
    public let now: @Sendable () -> Date
    /// Time since some fixed moment, for measuring how long something took.
    public let uptime: @Sendable () -> Duration

    /// The settings hold for the requests that ask for tokens too; the transport is shut down with the connection. A budget
    /// is given where connections share an identity.
    public init(
        cloud: Cloud,
        credential: any TokenCredential,
        transport: any HTTPTransport,
        settings: PipelineSettings = PipelineSettings(),
        budget: RequestBudget? = nil
    ) {
        self.cloud = cloud
        let budget = budget ?? RequestBudget(time: settings.time)
        self.budget = budget
        self.transport = transport
        now = settings.time.now
        uptime = settings.time.uptime
        let signIn = Pipeline(transport: transport, settings: settings)
        signInPipeline = signIn
        tokens = TokenCache(time: settings.time) { audience, claims in
            guard let resource = cloud.resource(of: audience) else {
                let problem = AzureError.ConfigurationProblem.incompleteCloudMetadata(field: "logAnalyticsResourceId")
                throw AzureError(.configuration(problem), operation: .token)
            }
            let request = TokenRequest(audience: audience, resource: resource, cloud: cloud, claims: claims)
            return try await credential.token(for: request, pipeline: signIn, now: settings.time.now)
        }
        pipeline = Pipeline(
            transport: transport,
            settings: settings,
            authorization: AuthorizationPolicy(hosts: TokenHosts(cloud: cloud), tokens: tokens),
            budget: budget
        )
    }

    /// Sends a request with the token of its audience and gives the answer of a success.
    ///
    /// - Throws: `AzureError`.
    public func send(_ request: AzureRequest) async throws -> AzureResponse {
        try await pipeline.send(request)
    }

    /// Sends a request and gives the answer, whatever its status: for those whose refusal is an answer too.
    ///
    /// - Throws: `AzureError` where no answer came.
    public func answer(to request: AzureRequest) async throws -> AzureResponse {
        do {
            return try await pipeline.answer(to: request)
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    /// Sends a request and gives the JSON of the answer of a success.
    ///
    /// - Throws: `AzureError`.
    public func json(_ request: AzureRequest) async throws -> JSONValue {
        let response = try await send(request)
        do {
            return try response.json()
        } catch {
            throw AzureError(wrapping: error, doing: request.operation, host: request.url.host)
        }
    }

    /// A token of that audience that has not lapsed, renewed where needed.
    ///
    /// - Throws: `AzureError`: `.signedOut`, `.noCredential`, or why the issuer could not be asked.
    public func token(for audience: TokenAudience) async throws -> AccessToken {
        do {
            return try await tokens.token(for: audience)
        } catch {
            throw AzureError(wrapping: error, doing: .token, host: nil)
        }
    }

    /// A new token of that audience, though the one in use may have time left.
    ///
    /// - Throws: `AzureError` as `token(for:)`; the token in use stays.
    public func renewToken(for audience: TokenAudience) async throws -> AccessToken {
        do {
            return try await tokens.renewedToken(for: audience)
        } catch {
            throw AzureError(wrapping: error, doing: .token, host: nil)
        }
    }

    /// Lets somebody sign in with a device code; the tokens of whoever was signed in before are forgotten then.
    ///
    /// - Parameters:
    ///   - credential: The credential that keeps the sign-in; the connection's own has to ask it.
    ///   - onCode: Told what to enter where.
    /// - Throws: `AzureError`, of kind `.signedOut` where the person or the issuer declined.
    public func signIn(
        with credential: DeviceCodeCredential,
        onCode: @Sendable (DeviceCode) async -> Void
    ) async throws {
        let resource = cloud.resource(of: .resourceManager) ?? cloud.resourceManager
        let request = TokenRequest(audience: .resourceManager, resource: resource, cloud: cloud)
        do {
            try await credential.signIn(for: request, pipeline: signInPipeline, now: now, onCode: onCode)
        } catch {
            throw AzureError(wrapping: error, doing: .token, host: nil)
        }
        forgetTokens()
    }

    /// Forgets all tokens, so that the next ones are those of whoever is signed in by then.
    public func forgetTokens() {
        tokens.forgetAll()
        resourceTokens.forgetAll()
    }

    /// The token in use, without asking for one.
    public func cachedToken(for audience: TokenAudience) -> AccessToken? {
        tokens.status(of: audience).token
    }

    /// How it stands with the token of that audience, without asking for one.
    public func tokenStatus(of audience: TokenAudience) -> TokenStatus {
        tokens.status(of: audience)
    }

    /// Closes the connections; nothing may be sent afterwards.
    public func shutdown() async {
        await transport.shutdown()
    }
}
