internal import AzureCore
package import AzureML
package import FoundationEssentials

/// What the Activity Log told of an endpoint's keys.
package struct KeyActivity: Equatable, Sendable {
    /// Newest first.
    package var regenerations: [KeyRegeneration]
    /// From when on the log was read: it keeps 90 days.
    package var readFrom: Date

    package init(regenerations: [KeyRegeneration], readFrom: Date) {
        self.regenerations = regenerations
        self.readFrom = readFrom
    }
}

/// How old the keys of an endpoint are, as far as the log tells; it does not tell which of the two was made anew.
package enum KeyAge: Equatable, Sendable {
    case rotated(at: Date, by: ActivityEvent.Caller)
    /// Never made anew since the endpoint was made, which the log would still know.
    case original(since: Date)
    /// Longer than the log reaches back.
    case olderThan(seconds: Double)
    /// The log may not be read, or could not be.
    case unknown

    /// No more than the keys' age for certain; nil where nothing is known.
    func seconds(at now: Date) -> Double? {
        switch self {
        case .rotated(let date, _), .original(let date): now.timeIntervalSince(date)
        case .olderThan(let seconds): seconds
        case .unknown: nil
        }
    }

    /// The second threshold is reached only where the age is known that far.
    func severity(at now: Date, _ thresholds: Thresholds) -> Severity? {
        guard let seconds = seconds(at: now) else { return nil }
        if seconds >= thresholds.keyAgeSeconds.alert { return .alert }
        return seconds >= thresholds.keyAgeSeconds.warning ? .warning : nil
    }
}

extension EndpointRecord {
    /// How old the keys are; nil where there are none, and where nobody was asked yet.
    package var keyAge: KeyAge? {
        guard endpoint.authMode == .key, let keyActivity else { return nil }
        if let last = keyActivity.regenerations.first(where: { $0.outcome == .succeeded }) {
            return .rotated(at: last.time, by: last.caller)
        }
        if let created = endpoint.systemData?.createdAt, created >= keyActivity.readFrom {
            return .original(since: created)
        }
        return .olderThan(seconds: ActivityLog.retentionSeconds)
    }

    func keyAgeFinding(at now: Date, _ thresholds: Thresholds) -> Finding? {
        keyAge?.severity(at: now, thresholds).map { Finding(.keyAge, $0) }
    }
}

extension DashboardState {
    /// How old the keys of an endpoint are: unknown, too, where the log could not be read.
    package func keyAge(of record: EndpointRecord) -> KeyAge? {
        guard record.endpoint.authMode == .key else { return nil }
        return record.keyAge ?? (feeds[.activity(of: record.id)]?.failure == nil ? nil : .unknown)
    }

    /// From when on the Activity Log is asked for: as far back as it goes.
    var activityStart: Date { serverNow.addingTimeInterval(-ActivityLog.retentionSeconds) }
}
