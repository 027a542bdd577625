/// Which credential authenticates a payload, before it is fetched.
public enum ScoringCredential: String, Hashable, Sendable, CaseIterable {
    case primary, secondary
    /// The endpoint's own token, `POST …/token`.
    case amlToken = "aml_token"
    /// The person's Microsoft Entra token for the data plane.
    case entra = "entra"
    /// Sends the request without one, to see it refused.
    case none

    /// Whether an endpoint of an auth mode can take it; none can always be sent.
    public func fits(_ mode: AuthMode) -> Bool {
        switch (self, mode) {
        case (.none, _), (_, .unknown): true
        case (.primary, .key), (.secondary, .key), (.amlToken, .amlToken), (.entra, .aadToken): true
        default: false
        }
    }

    /// The one an endpoint is scored with where nobody chose.
    public static func usual(for mode: AuthMode) -> ScoringCredential {
        switch mode {
        case .key: .primary
        case .amlToken: .amlToken
        case .aadToken: .entra
        case .unknown: .none
        }
    }

    public var slot: KeySlot? {
        switch self {
        case .primary: .primary
        case .secondary: .secondary
        default: nil
        }
    }
}
