import AzureCore
import AzureML
import Testing

extension MachineLearningClient {
    func id(of endpoint: String) -> ResourceID {
        address.id.appending("onlineEndpoints", endpoint)
    }

    /// The Log Analytics workspace an endpoint's traffic log goes to.
    func logWorkspace(of endpoint: String = "fraud-scoring") async throws -> LogWorkspace {
        let setting = try await diagnosticSettings(of: id(of: endpoint)).first(where: \.sendsTrafficLog)
        return try await logWorkspace(try #require(setting?.workspaceID))
    }
}
