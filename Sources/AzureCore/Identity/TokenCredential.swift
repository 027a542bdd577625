#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a credential is asked for.
public struct TokenRequest: Hashable, Sendable {
    public var audience: TokenAudience
    /// The resource the token is to be for, `https://management.azure.com` for example.
    public var resource: String
    public var cloud: Cloud
    /// What the token must prove, as a service demanded it: the JSON of a claims request; nil for nothing beyond the usual.
    public var claims: String?

    public init(audience: TokenAudience, resource: String, cloud: Cloud, claims: String? = nil) {
        self.audience = audience
        self.resource = resource
        self.cloud = cloud
        self.claims = claims
    }

    /// The scope of Microsoft Entra's version 2: the resource with `/.default` behind it, a slash of its own kept.
    public var scope: String { resource + "/.default" }
}

/// A way to sign in.
public protocol TokenCredential: Sendable {
    /// As Azure's SDKs call it: `ClientSecretCredential` for example.
    var name: String { get }

    /// A token for that audience.
    ///
    /// - Parameters:
    ///   - request: Which audience, in which cloud.
    ///   - pipeline: To ask an issuer with; it adds no token.
    ///   - now: The time now, for tokens whose issuer says how long they live.
    /// - Returns: The token with its life.
    /// - Throws: `CredentialUnavailable` where it is not set up for this audience; `AzureError` where it is and failed,
    ///   of kind `.signedOut` where the issuer refused it.
    func token(for request: TokenRequest, pipeline: Pipeline, now: @escaping @Sendable () -> Date) async throws
        -> AccessToken
}

/// Thrown by a credential that is not set up: the next one of the chain is tried.
public struct CredentialUnavailable: Error, Hashable, Sendable {
    public var credential: UnavailableCredential

    public init(_ credential: UnavailableCredential) {
        self.credential = credential
    }
}
