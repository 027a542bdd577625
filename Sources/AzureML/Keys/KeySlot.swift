/// Which of the two keys of an endpoint.
public enum KeySlot: String, Hashable, Sendable, CaseIterable {
    case primary, secondary

    /// From the word of Azure's REST interface, whatever its case; nil for any other.
    public init?(rest: String) {
        self.init(rawValue: rest.lowercased())
    }

    /// The word of Azure's REST interface.
    public var restValue: String {
        switch self {
        case .primary: "Primary"
        case .secondary: "Secondary"
        }
    }

    /// The word of the Azure CLI.
    public var cliValue: String { rawValue }

    /// The slot that stays when this one is changed.
    public var other: KeySlot {
        switch self {
        case .primary: .secondary
        case .secondary: .primary
        }
    }
}
