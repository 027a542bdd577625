import AzureCore
import AzureML
import Dashboard

extension SecretActions {
    /// Through the client core. Nothing is kept here: whoever asks again, asks Azure again.
    static func live(
        _ azure: LiveAzure,
        client: @escaping @Sendable () async throws -> MachineLearningClient
    ) -> SecretActions {
        SecretActions(
            secret: { name in
                switch name {
                case .endpointKey(let id, let slot):
                    let keys = try await client().keys(of: id.name)
                    return slot == .primary ? keys.primaryKey : keys.secondaryKey
                case .endpointToken(let id): return try await client().token(of: id.name).token
                case .token(let audience): return try await azure.connection().token(for: audience).secret
                }
            },
            cloud: { try? await azure.connection().cloud }
        )
    }
}
