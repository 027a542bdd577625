public import AzureCore
import HTTPTypes
import JSONValue

extension MachineLearningClient {
    /// The online endpoints of the workspace, page by page. `GET …/onlineEndpoints`.
    public func onlineEndpoints() -> Pager<OnlineEndpoint> {
        resourceManager.list(.endpointsList, address.id, "/onlineEndpoints", apiVersion: Self.apiVersion) {
            (value) throws(AzureError) in try OnlineEndpoint(value)
        }
    }

    /// One online endpoint. `GET …/onlineEndpoints/{name}`.
    ///
    /// - Throws: `AzureError`: `.notFound(.endpoint)` where there is none of that name.
    public func onlineEndpoint(_ name: String) async throws -> OnlineEndpoint {
        let operation = OperationName.endpointShow
        let answer = try await resourceManager.json(operation, endpointID(name), apiVersion: Self.apiVersion)
        return try read(operation, answer) { (value) throws(AzureError) in try OnlineEndpoint(value) }
    }

    /// The Azure ML token of an endpoint whose auth mode is `aml_token`. `POST …/onlineEndpoints/{name}/token`; counts as a
    /// write against the throttling limits.
    ///
    /// - Throws: `AzureError`: `.badRequest` where the auth mode is another.
    public func token(of endpoint: String) async throws -> EndpointToken {
        let operation = OperationName.endpointToken
        let answer = try await resourceManager.json(
            operation,
            method: .post,
            endpointID(endpoint),
            "/token",
            apiVersion: Self.apiVersion,
            isRepeatable: true
        )
        return try read(operation, answer) { (value) throws(AzureError) in try EndpointToken(value) }
    }

    /// How far a long-running operation is. `GET` of the URL that Azure gave for it.
    ///
    /// - Throws: `AzureError`: `.tokenForOtherHost` where the URL does not lead to Resource Manager; nothing is sent then.
    public func operationStatus(at url: String) async throws -> OperationStatus {
        let operation = OperationName.operationStatus
        guard let address = HTTPURL(url) else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "AzureAsyncOperationUri")), operation: operation)
        }
        let request = AzureRequest(operation, url: address, audience: .resourceManager, priority: priority)
        let answer = try await connection.json(request)
        return try read(operation, answer) { (value) throws(AzureError) in try OperationStatus(value) }
    }
}
