public import AzureCore
import JSONValue

extension MachineLearningClient {
    /// The online deployments of an endpoint, page by page. `GET …/onlineEndpoints/{endpoint}/deployments`.
    public func onlineDeployments(of endpoint: String) -> Pager<OnlineDeployment> {
        resourceManager.list(
            .deploymentsList,
            endpointID(endpoint),
            "/deployments",
            apiVersion: Self.apiVersion
        ) { (value) throws(AzureError) in try OnlineDeployment(value, endpoint: endpoint) }
    }

    /// One online deployment. `GET …/onlineEndpoints/{endpoint}/deployments/{name}`.
    ///
    /// - Throws: `AzureError`: `.notFound(.deployment)` where there is none of that name.
    public func onlineDeployment(_ name: String, of endpoint: String) async throws -> OnlineDeployment {
        let operation = OperationName.deploymentShow
        let answer = try await resourceManager.json(
            operation,
            deploymentID(name, of: endpoint),
            apiVersion: Self.apiVersion
        )
        return try read(operation, answer) { (value) throws(AzureError) in
            try OnlineDeployment(value, endpoint: endpoint)
        }
    }
}
