internal import AzureCore
internal import AzureML
package import FoundationEssentials

/// What the header counts: endpoints by their worst finding, plus one for each kind of source in trouble.
package struct Summary: Equatable, Sendable {
    package var endpointCount = 0
    package var deploymentCount = 0
    /// Endpoints whose deployments were not read yet.
    package var unreadEndpointCount = 0
    /// When whoever told the oldest of the deployments was asked.
    package var oldestDeploymentsAt: Date?
    package var changingCount = 0
    package var alertCount = 0
    package var warningCount = 0

    package init() {}
}

extension DashboardState {
    /// Recomputes what is worth saying about some endpoints, and the header's counts with it.
    mutating func refreshFindings(_ indices: some Sequence<Int>) {
        let now = serverNow
        for index in indices {
            let renewalFailed = feeds[.endpointToken(of: records[index].id)]?.failure != nil
            let findings = records[index].findings(at: now, thresholds: thresholds, renewalFailed: renewalFailed)
            records[index].findings = findings
            records[index].severity = findings.first?.severity
        }
        recountSummary()
    }

    private mutating func recountSummary() {
        var summary = Summary()
        summary.endpointCount = records.count
        for record in records {
            if let deployments = record.deployments {
                summary.deploymentCount += deployments.count
                if let toldAt = record.deploymentsToldAt {
                    summary.oldestDeploymentsAt = min(summary.oldestDeploymentsAt ?? toldAt, toldAt)
                }
            } else {
                summary.unreadEndpointCount += 1
            }
            if record.endpoint.provisioningState.isChanging { summary.changingCount += 1 }
            if record.severity == .alert { summary.alertCount += 1 }
            if record.severity == .warning { summary.warningCount += 1 }
        }
        for severity in troubledSources().values {
            if severity == .alert { summary.alertCount += 1 } else { summary.warningCount += 1 }
        }
        self.summary = summary
    }

    /// The kinds of sources that are in trouble, with the worst of each.
    private func troubledSources() -> [SourceKind: Severity] {
        var troubles: [SourceKind: Severity] = [:]
        // What nobody asks for any more, as the rows that were scrolled away, is in no trouble.
        for source in neededSources {
            guard let feed = feeds[source], let severity = trouble(of: feed, source: source) else { continue }
            troubles[source.kind] = max(troubles[source.kind] ?? severity, severity)
        }
        for audience in TokenAudience.allCases {
            guard let severity = severity(of: credentialRow(of: audience)) else { continue }
            let kind = SourceKind.token(audience)
            troubles[kind] = max(troubles[kind] ?? severity, severity)
        }
        return troubles
    }

    /// Signed out is an alert; throttled, forbidden, failing or older than three times its cadence is a warning.
    func trouble(of feed: Feed, source: Source) -> Severity? {
        if let failure = feed.failure {
            if source.hasSubstitute, failure.isLastingRefusal { return nil }
            switch failure.kind {
            case .signedOut, .noCredential, .unauthorized, .wrongAudience: return .alert
            case .throttled, .forbidden: return .warning
            default: break
            }
            if feed.receivedAt == nil { return .warning }
        }
        return isStale(feed, source: source) ? .warning : nil
    }

    func isStale(_ feed: Feed, source: Source) -> Bool {
        guard let receivedAt = feed.receivedAt, renewalTime(of: source) == nil, feed.failure != nil || feed.isWaiting
        else {
            return false
        }
        return now.timeIntervalSince(receivedAt) > 3 * source.cadenceSeconds * paceFactor
    }
}

/// A source without the resource it is about.
enum SourceKind: Hashable, Sendable {
    case connection, token(TokenAudience), workspace, endpoints, deployments, metrics, diagnosticSettings
    case endpointToken, lastOperation, log, fleet, workspaces, activity
}

extension Source {
    var kind: SourceKind {
        switch self {
        case .connection: .connection
        case .token(let audience): .token(audience)
        case .workspace: .workspace
        case .endpoints, .endpoint: .endpoints
        case .fleet: .fleet
        case .workspaces: .workspaces
        case .deployments: .deployments
        case .endpointMetrics, .deploymentMetrics, .regionMetrics, .regionDeploymentMetrics, .lastTraffic: .metrics
        case .diagnosticSettings: .diagnosticSettings
        case .endpointToken: .endpointToken
        case .lastOperation: .lastOperation
        case .activity: .activity
        case .logWorkspace, .trafficLog, .trafficAggregates: .log
        }
    }
}
