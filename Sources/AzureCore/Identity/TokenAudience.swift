/// The services a token can be for; `Cloud` knows the resource of each.
public enum TokenAudience: String, Hashable, Sendable, CaseIterable {
    /// The control plane.
    case resourceManager
    /// The data plane: scoring with a Microsoft Entra token.
    case machineLearning
    case logAnalytics
}
