/// Whose credentials a simulator hands out: an application with a role of its own.
public enum SimulatorPrincipal: String, Sendable, CaseIterable {
    /// Owner of the subscription.
    case owner
    /// Reader of the subscription.
    case reader
    /// May see the workspace's endpoints and call them: a custom role at the workspace.
    case scorer

    /// The name of the application; the owner's is the scenario's.
    var applicationName: String? {
        switch self {
        case .owner: nil
        case .reader: "audit-reader"
        case .scorer: "payments-scorer"
        }
    }
}
