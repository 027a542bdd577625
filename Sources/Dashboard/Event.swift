package import AzureCore
package import AzureML
package import FoundationEssentials
package import TerminalUI

/// Everything that can happen to the dashboard.
package enum Event: Equatable, Sendable {
    /// Time has come to `now`; comes first in every batch.
    case tick(now: Date, zone: ZoneOffset)
    case terminal(TerminalEvent)
    case answered(request: Int, Answer)
    /// What became of a text that was to be copied.
    case copied(CopyOutcome)
    case secret(SecretEvent)
    /// What happened to a rotation, or to the journal.
    case rotation(RotationReport)
    /// What happened to a payload, or to what the scoring form asked for.
    case scoring(ScoringReport)
    /// What became of writing a context into the configuration.
    case contextSaved(ContextOutcome)
    /// The client finished one HTTP exchange, of whatever request.
    case exchanged(ExchangeFacts)
    /// The client's governor counts otherwise than before.
    case budgetChanged(Budget)
    /// The client renewed a token by itself, or dropped one that was refused (nil).
    case tokenChanged(TokenAudience, TokenFacts?)
    case signIn(SignInEvent)
}

/// What came back for a request.
package enum Answer: Equatable, Sendable {
    case connected(ConnectionFacts)
    case token(TokenFacts)
    case workspace(Workspace)
    case endpoints(page: [OnlineEndpoint], isLast: Bool)
    case endpoint(OnlineEndpoint)
    case fleet(page: [FleetResource], isLast: Bool)
    case regionMetrics([ResourceID: EndpointMetrics], historyMinutes: Int)
    case regionDeploymentMetrics([ResourceID: DeploymentMetrics])
    case workspaces(WorkspaceListing)
    case deployments([OnlineDeployment])
    case endpointMetrics(EndpointMetrics)
    case lastTraffic(Date?)
    case deploymentMetrics(DeploymentMetrics)
    case diagnosticSettings([DiagnosticSetting])
    case endpointToken(EndpointTokenFacts)
    case keyActivity(KeyActivity)
    case lastOperation(OperationStatus)
    case logWorkspace(LogWorkspace)
    /// The rows from `from` to before `to` (nil: to the newest), newest first: all there are in that span.
    ///
    /// Many rows come in several answers, the newest first; the last one says so.
    case trafficLog([TrafficLogRow], from: Date, to: Date? = nil, isLast: Bool = true)
    case trafficAggregates([TrafficAggregate])
    case failed(AzureError)
}

/// The addresses behind a connection: what the credential pane and the header name.
package struct ConnectionFacts: Equatable, Sendable {
    package var cloudName: String
    package var workspace: WorkspaceAddress
    /// The host each token is for, by audience.
    package var hosts: [TokenAudience: String]
    /// Where requests to Resource Manager go.
    package var resourceManager: String?

    package init(cloudName: String, workspace: WorkspaceAddress, hosts: [TokenAudience: String]) {
        self.cloudName = cloudName
        self.workspace = workspace
        self.hosts = hosts
    }
}

/// What may be known of an access token without holding it; its times are by Azure's clock.
package struct TokenFacts: Equatable, Sendable {
    package var expiresAt: Date?
    package var refreshAt: Date?
    package var claims: TokenClaims?
    /// Whether asking again gives another one; false for a token that was given to us.
    package var isRenewable: Bool

    package init(expiresAt: Date?, refreshAt: Date?, claims: TokenClaims?, isRenewable: Bool = true) {
        self.expiresAt = expiresAt
        self.refreshAt = refreshAt
        self.claims = claims
        self.isRenewable = isRenewable
    }

    package init(_ token: AccessToken) {
        // Where only the life was told, the client reckons by the clock of this machine: the claims tell by how much
        // that differs.
        let expiresAt = token.claims?.expiresAt ?? token.expiresAt
        let lead = token.expiresAt.flatMap { expiresAt?.timeIntervalSince($0) } ?? 0
        self.init(
            expiresAt: expiresAt,
            refreshAt: token.refreshAt?.addingTimeInterval(lead),
            claims: token.claims,
            isRenewable: token.isRenewable
        )
    }
}

/// What may be known of an endpoint's Azure ML token without holding it.
package struct EndpointTokenFacts: Equatable, Sendable {
    package var expiresAt: Date?
    package var refreshAfter: Date?

    package init(expiresAt: Date?, refreshAfter: Date?) {
        self.expiresAt = expiresAt
        self.refreshAfter = refreshAfter
    }
}

/// How local time differs from UTC at one instant.
package struct ZoneOffset: Equatable, Sendable {
    package var seconds: Int
    package var abbreviation: String

    package init(seconds: Int, abbreviation: String) {
        self.seconds = seconds
        self.abbreviation = abbreviation
    }

    package static let utc = ZoneOffset(seconds: 0, abbreviation: "UTC")
}
