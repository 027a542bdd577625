/// How bad a finding is; one table for the header's counts and the colours of the tables (DESIGN 2).
package enum Severity: Int, Comparable, CaseIterable, Sendable {
    case note
    case warning
    case alert

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// One thing worth saying about an endpoint.
package struct Finding: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case failed
        case deploymentFailed
        case errorShare
        case p95
        case changingForLong
        case silent
        case tokenLapsing
        /// Keys that were not made anew for long.
        case keyAge
        case changing
        case noTraffic
        case loggingOff
        case neverCalled
    }

    package var kind: Kind
    package var severity: Severity

    package init(_ kind: Kind, _ severity: Severity) {
        self.kind = kind
        self.severity = severity
    }
}

/// The limits between calm, warning and alert.
package struct Thresholds: Equatable, Sendable {
    /// Shares of all requests, 0…1.
    package var errorShare = (warning: 0.01, alert: 0.05)
    package var p95Milliseconds = (warning: 500.0, alert: 2_000.0)
    package var tokenExpirySeconds = (warning: 600.0, alert: 120.0)
    /// Since keys were rotated.
    package var keyAgeSeconds = (warning: 7_776_000.0, alert: 15_552_000.0)
    package var silenceSeconds = 900.0
    /// Creating, updating or deleting for longer than this is worth a warning.
    package var changeSeconds = 1_800.0

    package init() {}

    package static func == (left: Thresholds, right: Thresholds) -> Bool {
        left.errorShare == right.errorShare && left.p95Milliseconds == right.p95Milliseconds
            && left.tokenExpirySeconds == right.tokenExpirySeconds && left.silenceSeconds == right.silenceSeconds
            && left.keyAgeSeconds == right.keyAgeSeconds && left.changeSeconds == right.changeSeconds
    }
}
