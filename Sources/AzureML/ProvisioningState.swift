/// What Azure is doing with a resource.
public enum ProvisioningState: Hashable, Sendable {
    case creating, updating, scaling, deleting, succeeded, failed, canceled
    /// A state that Azure has learned since; the word as Azure writes it.
    case unknown(String)

    /// From Azure's word, whatever its case.
    public init(rawValue: String) {
        self = Self.known.first { $0.rawValue.lowercased() == rawValue.lowercased() } ?? .unknown(rawValue)
    }

    /// The word as Azure writes it.
    public var rawValue: String {
        switch self {
        case .creating: "Creating"
        case .updating: "Updating"
        case .scaling: "Scaling"
        case .deleting: "Deleting"
        case .succeeded: "Succeeded"
        case .failed: "Failed"
        case .canceled: "Canceled"
        case .unknown(let word): word
        }
    }

    /// Whether nothing further will happen by itself.
    public var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .canceled: true
        case .creating, .updating, .scaling, .deleting, .unknown: false
        }
    }

    /// Whether a change is known to be running.
    public var isChanging: Bool {
        switch self {
        case .creating, .updating, .scaling, .deleting: true
        case .succeeded, .failed, .canceled, .unknown: false
        }
    }

    private static let known: [ProvisioningState] = [
        .creating, .updating, .scaling, .deleting, .succeeded, .failed, .canceled,
    ]
}
