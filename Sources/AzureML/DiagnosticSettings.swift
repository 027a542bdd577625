public import AzureCore
import JSONValue

extension MachineLearningClient {
    private static let diagnosticSettingsVersion = "2021-05-01-preview"
    private static let logWorkspaceVersion = "2022-10-01"

    /// Where the logs of an endpoint go. `GET {endpoint}/providers/Microsoft.Insights/diagnosticSettings`.
    public func diagnosticSettings(of endpoint: ResourceID) async throws -> [DiagnosticSetting] {
        try await resourceManager.list(
            .diagnosticSettingsList,
            endpoint,
            "/providers/Microsoft.Insights/diagnosticSettings",
            apiVersion: Self.diagnosticSettingsVersion
        ) { (value) throws(AzureError) in try DiagnosticSetting(value) }
        .all()
    }

    /// The Log Analytics workspace of that id. `GET {id}`.
    public func logWorkspace(_ id: ResourceID) async throws -> LogWorkspace {
        let operation = OperationName.logWorkspaceShow
        let answer = try await resourceManager.json(operation, id, apiVersion: Self.logWorkspaceVersion)
        return try read(operation, answer) { (value) throws(AzureError) in try LogWorkspace(value) }
    }
}
