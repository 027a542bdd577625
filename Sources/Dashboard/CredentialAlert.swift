package import AzureCore
internal import AzureML
package import FoundationEssentials

/// A credential below its threshold that nothing will renew.
package struct CredentialAlert: Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        case lapsed
        case renewalFailed(AzureError)
        /// It was given to us, and there is no other.
        case notRenewable
    }

    package var id: CredentialRow.ID
    package var severity: Severity
    package var reason: Reason
    package var expiresAt: Date?
    /// How many more there are.
    package var othersCount = 0
}

extension DashboardState {
    /// How bad it stands with a credential, by the thresholds of the configuration; nil for one that is renewed in time.
    func severity(of row: CredentialRow) -> Severity? {
        switch row.state {
        case .lapsed: .alert
        case .failed(_, let expiresAt?): EndpointRecord.lapseSeverity(of: expiresAt, at: serverNow, thresholds)
        case .counting(let expiresAt, _):
            row.isRenewable ? nil : EndpointRecord.lapseSeverity(of: expiresAt, at: serverNow, thresholds)
        case .failed(_, nil), .unknown, .noExpiryTold, .renewing, .renewed, .keys, .otherMode: nil
        }
    }

    /// The credentials below their thresholds, the worst first; those of endpoints only where they have one of their own.
    var credentialAlerts: [CredentialAlert] {
        let rows =
            TokenAudience.allCases.map(credentialRow)
            + records.lazy.filter { $0.token != nil }.map(credentialRow)
        return rows.compactMap(alert).sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return (left.expiresAt ?? .distantPast) < (right.expiresAt ?? .distantPast)
        }
    }

    private func alert(of row: CredentialRow) -> CredentialAlert? {
        guard let severity = severity(of: row) else { return nil }
        let (reason, expiresAt): (CredentialAlert.Reason, Date?) =
            switch row.state {
            case .failed(let error, let expiresAt): (.renewalFailed(error), expiresAt)
            case .counting(let expiresAt, _): (.notRenewable, expiresAt)
            default: (.lapsed, nil)
            }
        return CredentialAlert(id: row.id, severity: severity, reason: reason, expiresAt: expiresAt)
    }

    /// Keeps the alert line true: it goes by itself with its reason, and comes back when what was put aside gets worse.
    mutating func refreshAlert() {
        let alerts = credentialAlerts
        if !dismissedAlerts.isEmpty {
            let ids = Set(alerts.map(\.id))
            dismissedAlerts = dismissedAlerts.filter { ids.contains($0.key) }
        }
        let shown = alerts.filter { alert in dismissedAlerts[alert.id].map { alert.severity > $0 } ?? true }
        alert = shown.first
        alert?.othersCount = max(0, shown.count - 1)
    }

    /// Puts aside what the line says, and whatever else is no worse now.
    mutating func dismissAlert() {
        guard alert != nil else { return }
        for alert in credentialAlerts { dismissedAlerts[alert.id] = alert.severity }
        alert = nil
    }
}
