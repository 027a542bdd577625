public import AzureCore
public import AzureML
public import FoundationEssentials
public import TerminalUI

/// Everything that can happen to the dashboard.
public enum Event: Equatable, Sendable {
    /// Time has come to `now`; comes first in every batch.
    case tick(now: Date, zone: ZoneOffset)
    case terminal(TerminalEvent)
    case answered(request: Int, Answer)
    /// The client finished one HTTP exchange, of whatever request.
    case exchanged(ExchangeFacts)
    /// The client renewed a token by itself.
    case tokenChanged(TokenAudience, TokenFacts)
}

/// What came back for a request.
public enum Answer: Equatable, Sendable {
    case connected(ConnectionFacts)
    case token(TokenFacts)
    case workspace(Workspace)
    case endpoints(page: [OnlineEndpoint], isLast: Bool)
    case deployments([OnlineDeployment])
    case endpointMetrics(EndpointMetrics)
    case deploymentMetrics(DeploymentMetrics)
    case diagnosticSettings([DiagnosticSetting])
    case endpointToken(EndpointTokenFacts)
    case lastOperation(OperationStatus)
    case logWorkspace(LogWorkspace)
    /// The rows since `from`, newest first: all there are in that span.
    case trafficLog([TrafficLogRow], from: Date)
    case trafficAggregates([TrafficAggregate])
    case failed(AzureError)
}

/// The addresses behind a connection: what the credential pane and the header name.
public struct ConnectionFacts: Equatable, Sendable {
    public var cloudName: String
    public var workspace: WorkspaceAddress
    /// The host each token is for, by audience.
    public var hosts: [TokenAudience: String]

    public init(cloudName: String, workspace: WorkspaceAddress, hosts: [TokenAudience: String]) {
        self.cloudName = cloudName
        self.workspace = workspace
        self.hosts = hosts
    }
}

/// What may be known of an access token without holding it.
public struct TokenFacts: Equatable, Sendable {
    public var expiresAt: Date?
    public var refreshAt: Date?
    public var claims: TokenClaims?

    public init(expiresAt: Date?, refreshAt: Date?, claims: TokenClaims?) {
        self.expiresAt = expiresAt
        self.refreshAt = refreshAt
        self.claims = claims
    }

    public init(_ token: AccessToken) {
        self.init(expiresAt: token.expiresAt, refreshAt: token.refreshAt, claims: token.claims)
    }
}

/// What may be known of an endpoint's Azure ML token without holding it.
public struct EndpointTokenFacts: Equatable, Sendable {
    public var expiresAt: Date?
    public var refreshAfter: Date?

    public init(expiresAt: Date?, refreshAfter: Date?) {
        self.expiresAt = expiresAt
        self.refreshAfter = refreshAfter
    }
}

/// How local time differs from UTC at one instant.
public struct ZoneOffset: Equatable, Sendable {
    public var seconds: Int
    public var abbreviation: String

    public init(seconds: Int, abbreviation: String) {
        self.seconds = seconds
        self.abbreviation = abbreviation
    }

    public static let utc = ZoneOffset(seconds: 0, abbreviation: "UTC")
}
