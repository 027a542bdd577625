package import AzureCore
package import AzureML
package import FoundationEssentials

/// What was sent, and what was known then of where it went: an answer is understood by it.
package struct SentPayload: Equatable, Sendable {
    package var endpoint: String
    package var endpointID: ResourceID?
    /// Whose Microsoft Entra token goes along; nil for other credentials, or where it does not tell.
    package var callerObjectID: String?
    package var authMode: AuthMode
    package var isKubernetes: Bool
    /// The deployment that was asked for; nil where the traffic rules choose.
    package var pinnedDeployment: String?
    package var knownDeployments: [String]
    /// Shares in percent by deployment, as last read; nil where that is not known.
    package var traffic: [String: Int]?
    package var credential: ScoringCredential
    /// By Azure's clock; nil where it does not expire, or is not known to.
    package var credentialExpiresAt: Date?
    /// By Azure's clock.
    package var sentAt: Date
    package var uri: String
    package var contentType: String
    package var byteCount: Int
    /// How long we wait.
    package var clientTimeout: Duration
    /// How long the deployment may take: of the pinned one, else the longest of those with traffic; nil where unknown.
    package var requestTimeout: Duration?
    /// How many requests it takes at once, twice `maxConcurrentRequestsPerInstance` times the instances; nil where unknown.
    package var concurrencyLimit: Int?
    package var isPublicAccessDisabled: Bool

    package init(
        endpoint: String,
        endpointID: ResourceID? = nil,
        callerObjectID: String? = nil,
        authMode: AuthMode,
        isKubernetes: Bool = false,
        pinnedDeployment: String? = nil,
        knownDeployments: [String] = [],
        traffic: [String: Int]? = nil,
        credential: ScoringCredential,
        credentialExpiresAt: Date? = nil,
        sentAt: Date,
        uri: String,
        contentType: String = "application/json",
        byteCount: Int,
        clientTimeout: Duration,
        requestTimeout: Duration? = nil,
        concurrencyLimit: Int? = nil,
        isPublicAccessDisabled: Bool = false
    ) {
        self.endpoint = endpoint
        self.endpointID = endpointID
        self.callerObjectID = callerObjectID
        self.authMode = authMode
        self.isKubernetes = isKubernetes
        self.pinnedDeployment = pinnedDeployment
        self.knownDeployments = knownDeployments
        self.traffic = traffic
        self.credential = credential
        self.credentialExpiresAt = credentialExpiresAt
        self.sentAt = sentAt
        self.uri = uri
        self.contentType = contentType
        self.byteCount = byteCount
        self.clientTimeout = clientTimeout
        self.requestTimeout = requestTimeout
        self.concurrencyLimit = concurrencyLimit
        self.isPublicAccessDisabled = isPublicAccessDisabled
    }
}
