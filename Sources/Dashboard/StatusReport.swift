internal import AzureCore
internal import AzureML

/// How a workspace stands, by the table that the header and the colours follow.
package struct StatusReport: Equatable, Sendable {
    /// Something that counts: an endpoint with its finding, or a source in trouble.
    package struct Item: Equatable, Sendable {
        package var severity: Severity
        /// The endpoint's name; nil where a source is meant.
        package var endpoint: String?
        package var text: String
    }

    package var summary: Summary
    /// The worst first.
    package var items: [Item]
    /// Whether the list of endpoints and all that was asked for came.
    package var isComplete: Bool

    /// The worst that is counted; nil where all is calm, whatever notes there are.
    package var severity: Severity? {
        if summary.alertCount > 0 { return .alert }
        return summary.warningCount > 0 || !isComplete ? .warning : nil
    }
}

extension DashboardState {
    /// What is known now, in words.
    package func statusReport(texts: Catalogue) -> StatusReport {
        let context = ViewContext(state: self, texts: texts, layout: HomeLayout(self))
        var items: [StatusReport.Item] = []
        for record in records {
            for finding in record.findings {
                items.append(
                    StatusReport.Item(
                        severity: finding.severity,
                        endpoint: record.endpoint.name,
                        text: context.text(of: finding, record)
                    )
                )
            }
        }
        items += troubles(texts)
        let order = items.enumerated().sorted {
            ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
        }
        return StatusReport(
            summary: summary,
            items: order.map(\.element),
            isComplete: requestsInFlight.isEmpty && (isListComplete || hasFailure)
        )
    }

    /// One for each kind of source, as the header counts them.
    private func troubles(_ texts: Catalogue) -> [StatusReport.Item] {
        let wording = Wording(texts: texts)
        var worst: [SourceKind: StatusReport.Item] = [:]
        for (source, feed) in feeds {
            guard let severity = trouble(of: feed, source: source) else { continue }
            let text = feed.failure.map(wording.headline) ?? texts[.troubleStale]
            let item = StatusReport.Item(severity: severity, endpoint: nil, text: text)
            if let known = worst[source.kind], (known.severity, item.text) >= (severity, known.text) { continue }
            worst[source.kind] = item
        }
        for alert in credentialAlerts {
            guard case .token(let audience) = alert.id else { continue }
            let item = StatusReport.Item(
                severity: alert.severity,
                endpoint: nil,
                text: alert.text(texts, now: serverNow)
            )
            if let known = worst[.token(audience)], known.severity >= item.severity { continue }
            worst[.token(audience)] = item
        }
        return worst.values.sorted { $0.text < $1.text }
    }

    /// Whether nothing is on its way: with a clock that stands, nothing will be asked any more.
    package var isAtRest: Bool { requestsInFlight.isEmpty }
}
