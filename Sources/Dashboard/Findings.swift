internal import AzureML
internal import FoundationEssentials

extension EndpointRecord {
    /// What is worth saying about the endpoint, from what is known of it now; the worst first.
    ///
    /// A countdown counts only where the token could not be renewed: `renewalFailed` says so.
    func findings(at now: Date, thresholds: Thresholds, renewalFailed: Bool) -> [Finding] {
        var found: [Finding] = []
        if endpoint.provisioningState == .failed { found.append(Finding(.failed, .alert)) }
        if deployments?.contains(where: { $0.deployment.provisioningState == .failed }) == true {
            found.append(Finding(.deploymentFailed, .alert))
        }
        if let share = metrics?.errorShare, let severity = Self.severity(of: share, thresholds.errorShare) {
            found.append(Finding(.errorShare, severity))
        }
        if let p95 = metrics?.p95Milliseconds, let severity = Self.severity(of: p95, thresholds.p95Milliseconds) {
            found.append(Finding(.p95, severity))
        }
        if renewalFailed, let severity = Self.lapseSeverity(of: token?.expiresAt, at: now, thresholds) {
            found.append(Finding(.tokenLapsing, severity))
        }
        if let finding = keyAgeFinding(at: now, thresholds) { found.append(finding) }
        found.append(contentsOf: changeFindings(at: now, thresholds))
        found.append(contentsOf: trafficFindings(at: now, thresholds))
        return found.sorted { $0.severity > $1.severity }
    }

    private func changeFindings(at now: Date, _ thresholds: Thresholds) -> [Finding] {
        guard endpoint.provisioningState.isChanging else { return [] }
        let since = endpoint.systemData?.lastModifiedAt
        let isLong = since.map { now.timeIntervalSince($0) > thresholds.changeSeconds } ?? false
        return [isLong ? Finding(.changingForLong, .warning) : Finding(.changing, .note)]
    }

    private func trafficFindings(at now: Date, _ thresholds: Thresholds) -> [Finding] {
        var found: [Finding] = []
        if isTrafficKnown, endpoint.traffic.values.allSatisfy({ $0 == 0 }) { found.append(Finding(.noTraffic, .note)) }
        if isLogging == false { found.append(Finding(.loggingOff, .note)) }
        if let last = lastTrafficAt {
            if now.timeIntervalSince(last) > thresholds.silenceSeconds { found.append(Finding(.silent, .warning)) }
        } else if lastTraffic != nil {
            found.append(Finding(.neverCalled, .note))
        }
        return found
    }

    private static func severity(of value: Double, _ limits: (warning: Double, alert: Double)) -> Severity? {
        value > limits.alert ? .alert : value > limits.warning ? .warning : nil
    }

    static func lapseSeverity(of expiry: Date?, at now: Date, _ thresholds: Thresholds) -> Severity? {
        guard let expiry else { return nil }
        let left = expiry.timeIntervalSince(now)
        return left <= thresholds.tokenExpirySeconds.alert
            ? .alert : left <= thresholds.tokenExpirySeconds.warning ? .warning : nil
    }
}
