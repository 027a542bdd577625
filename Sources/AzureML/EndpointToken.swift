public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An Azure ML token of an endpoint whose auth mode is `aml_token`. `POST …/onlineEndpoints/{name}/token`.
public struct EndpointToken: Hashable, Sendable {
    public var token: Secret
    /// `expiryTimeUtc`; nil where the service does not say.
    public var expiresAt: Date?
    /// `refreshAfterTimeUtc`: from then on a new one is to be had.
    public var refreshAfter: Date?

    public init(
        token: Secret,
        expiresAt: Date? = nil,
        refreshAfter: Date? = nil
    ) {
        self.token = token
        self.expiresAt = expiresAt
        self.refreshAfter = refreshAfter
    }
}
