package import AzureCore
package import AzureML
package import FoundationEssentials

/// A line of the credentials pane.
package struct CredentialRow: Equatable, Sendable {
    package enum ID: Hashable, Sendable {
        case token(TokenAudience)
        case endpoint(ResourceID)
    }

    /// Where the countdown stands.
    package enum State: Equatable, Sendable {
        /// Not read yet.
        case unknown
        case counting(expiresAt: Date, refreshAt: Date?)
        /// Lives, but the service does not say for how long.
        case noExpiryTold
        case renewing(expiresAt: Date?)
        /// A newer token came just now.
        case renewed(expiresAt: Date)
        case lapsed
        /// Could not be obtained or renewed; the old one lives until `expiresAt`.
        case failed(AzureError, expiresAt: Date?)
        /// Keys do not expire; nil until their age was asked for.
        case keys(KeyAge?)
        case otherMode
    }

    package var id: ID
    package var name: String
    /// The endpoint's auth mode; nil for the tokens of the person who is signed in.
    package var authMode: AuthMode?
    package var host: String?
    package var state: State
    /// Whether it is replaced by itself before it lapses.
    package var isRenewable = true

    /// What lapses first comes first; what never lapses comes last.
    ///
    /// Whole seconds, so that tokens of the same moment keep a steady order.
    var order: Int {
        switch state {
        case .lapsed: -1
        case .failed(_, let expiresAt), .renewing(let expiresAt): expiresAt.map(Self.wholeSeconds) ?? 0
        case .counting(let expiresAt, _), .renewed(let expiresAt): Self.wholeSeconds(expiresAt)
        case .unknown, .noExpiryTold: .max - 1
        case .keys, .otherMode: .max
        }
    }

    private static func wholeSeconds(_ date: Date) -> Int { Int(clamping: date.timeIntervalSince1970) }
}

extension DashboardState {
    /// The credentials pane: the three tokens of the person, and the credential of each endpoint on the screen.
    package var credentialRows: [CredentialRow] {
        let rows =
            TokenAudience.allCases.map(credentialRow) + visibleRecords.lazy.map { credentialRow(of: records[$0]) }
        return rows.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element)
    }

    func credentialRow(of audience: TokenAudience) -> CredentialRow {
        CredentialRow(
            id: .token(audience),
            name: "",
            authMode: nil,
            host: connection?.hosts[audience],
            state: state(of: .token(audience), expiry: tokens[audience].map { ($0.expiresAt, $0.refreshAt) }),
            isRenewable: tokens[audience]?.isRenewable ?? true
        )
    }

    func credentialRow(of record: EndpointRecord) -> CredentialRow {
        CredentialRow(
            id: .endpoint(record.id),
            name: record.endpoint.name,
            authMode: record.endpoint.authMode,
            host: nil,
            state: credentialState(of: record),
            isRenewable: record.endpoint.authMode != .aadToken || tokens[.machineLearning]?.isRenewable ?? true
        )
    }

    /// How many rows the credentials pane has, without making them.
    var credentialCount: Int { TokenAudience.allCases.count + visibleRecords.count }

    package var selectedCredentialRow: CredentialRow? {
        let rows = credentialRows
        return rows.first { $0.id == selectedCredential } ?? rows.first
    }

    /// How long a renewal is worth a word.
    private static let renewalShownSeconds: Double = 8

    private func credentialState(of record: EndpointRecord) -> CredentialRow.State {
        switch record.endpoint.authMode {
        case .key: .keys(keyAge(of: record))
        case .amlToken:
            state(
                of: .endpointToken(of: record.id),
                expiry: record.token.map { ($0.expiresAt, $0.refreshAfter) }
            )
        case .aadToken:
            state(
                of: .token(.machineLearning),
                expiry: tokens[.machineLearning].map { ($0.expiresAt, $0.refreshAt) }
            )
        case .unknown: .otherMode
        }
    }

    private func state(of source: Source, expiry: (expiresAt: Date?, refreshAt: Date?)?) -> CredentialRow.State {
        let feed = feeds[source]
        if let failure = feed?.failure, feed?.isWaiting == false {
            return .failed(failure, expiresAt: expiry?.expiresAt)
        }
        guard let expiry else { return .unknown }
        if feed?.isWaiting == true { return .renewing(expiresAt: expiry.expiresAt) }
        guard let expiresAt = expiry.expiresAt else { return .noExpiryTold }
        if expiresAt <= serverNow { return .lapsed }
        if let renewedAt = feed?.renewedAt, now.timeIntervalSince(renewedAt) < Self.renewalShownSeconds {
            return .renewed(expiresAt: expiresAt)
        }
        return .counting(expiresAt: expiresAt, refreshAt: expiry.refreshAt)
    }
}
