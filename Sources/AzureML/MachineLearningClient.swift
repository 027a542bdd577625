public import AzureCore
import HTTPTypes
import JSONValue

/// The shared client core of one workspace: what the dashboard and the commands ask Azure.
///
/// All functions throw `AzureError` and nothing else; a cancelled one throws it with the kind `.cancelled`.
public struct MachineLearningClient: Sendable {
    public let address: WorkspaceAddress
    public let connection: AzureConnection
    let resourceManager: ResourceManager
    /// Of all its requests to the control plane.
    public var priority: RequestPriority { resourceManager.priority }

    /// The stable version of everything below a workspace.
    static let apiVersion = "2024-10-01"

    public init(
        workspace: WorkspaceAddress,
        connection: AzureConnection,
        priority: RequestPriority = .essential
    ) {
        address = workspace
        self.connection = connection
        resourceManager = ResourceManager(connection, priority: priority)
    }

    /// The same client for requests of another priority.
    public func with(priority: RequestPriority) -> MachineLearningClient {
        MachineLearningClient(workspace: address, connection: connection, priority: priority)
    }

    func endpointID(_ name: String) -> ResourceID {
        address.id.appending("onlineEndpoints", name)
    }

    func deploymentID(_ name: String, of endpoint: String) -> ResourceID {
        endpointID(endpoint).appending("deployments", name)
    }

    /// Reads an answer; what is wrong with it is told with what was being done.
    func read<Value>(
        _ operation: OperationName,
        _ answer: JSONValue,
        _ read: (JSONValue) throws(AzureError) -> Value
    ) throws(AzureError) -> Value {
        do throws(AzureError) {
            return try read(answer)
        } catch {
            throw error.doing(operation)
        }
    }
}

extension MachineLearningClient {
    /// The workspace itself. `GET …/workspaces/{name}`.
    ///
    /// - Throws: `AzureError`: `.notFound` names whether subscription, resource group or workspace is missing.
    public func workspace() async throws -> Workspace {
        let operation = OperationName.workspaceShow
        let answer = try await resourceManager.json(operation, address.id, apiVersion: Self.apiVersion)
        return try read(operation, answer) { (value) throws(AzureError) in try Workspace(value) }
    }
}
