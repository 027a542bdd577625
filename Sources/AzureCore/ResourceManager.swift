public import HTTPTypes
public import JSONValue

/// Requests to Azure Resource Manager and the reading of its answers.
public struct ResourceManager: Sendable {
    public let connection: AzureConnection
    /// Of all its requests.
    public var priority: RequestPriority

    public init(_ connection: AzureConnection, priority: RequestPriority = .essential) {
        self.connection = connection
        self.priority = priority
    }

    /// Sends a request to a resource and gives the JSON of the answer.
    ///
    /// - Throws: `AzureError`.
    public func json(
        _ operation: OperationName,
        method: HTTPRequest.Method = .get,
        _ resource: ResourceID,
        _ path: String = "",
        query: [(name: String, value: String)] = [],
        apiVersion: String,
        isRepeatable: Bool? = nil
    ) async throws -> JSONValue {
        let url = try url(operation, resource, path, query: query, apiVersion: apiVersion)
        let request = AzureRequest(
            operation,
            method: method,
            url: url,
            audience: .resourceManager,
            isRepeatable: isRepeatable,
            priority: priority
        )
        return try await connection.json(request)
    }

    /// Sends a request with a body of JSON and gives the answer of a success as it came: for actions that answer with
    /// headers more than with a body.
    ///
    /// - Throws: `AzureError`.
    public func send(
        _ operation: OperationName,
        method: HTTPRequest.Method,
        _ resource: ResourceID,
        _ path: String = "",
        apiVersion: String,
        body: JSONValue
    ) async throws -> AzureResponse {
        let request = AzureRequest(
            operation,
            method: method,
            url: try url(operation, resource, path, query: [], apiVersion: apiVersion),
            headerFields: [.contentType: "application/json"],
            body: Array(body.text().utf8),
            audience: .resourceManager,
            priority: priority
        )
        return try await connection.send(request)
    }

    /// Reads a resource and gives the answer as it came, for those too long to be read whole.
    ///
    /// - Throws: `AzureError`.
    public func response(
        _ operation: OperationName,
        _ resource: ResourceID,
        _ path: String = "",
        query: [(name: String, value: String)] = [],
        apiVersion: String
    ) async throws -> AzureResponse {
        let url = try url(operation, resource, path, query: query, apiVersion: apiVersion)
        return try await connection.send(
            AzureRequest(operation, url: url, audience: .resourceManager, priority: priority)
        )
    }

    /// A list of Resource Manager: `{"value": […], "nextLink": "…"}`, the links followed as they come.
    ///
    /// The token goes with a link only where it leads to Resource Manager; a link that leads elsewhere is an error.
    public func list<Item: Sendable>(
        _ operation: OperationName,
        _ resource: ResourceID,
        _ path: String,
        query: [(name: String, value: String)] = [],
        apiVersion: String,
        read: @escaping @Sendable (JSONValue) throws(AzureError) -> Item
    ) -> Pager<Item> {
        Pager { next in
            let url =
                try next.map { (link) throws(AzureError) in try HTTPURL(link: link) }
                ?? url(operation, resource, path, query: query, apiVersion: apiVersion)
            let request = AzureRequest(operation, url: url, audience: .resourceManager, priority: priority)
            let answer = try await connection.json(request)
            do throws(AzureError) {
                return (try answer.required("value", \.arrayValue).map(read), try answer.nextLink())
            } catch {
                throw error.doing(operation, host: url.host)
            }
        }
    }

    private func url(
        _ operation: OperationName,
        _ resource: ResourceID,
        _ path: String,
        query: [(name: String, value: String)],
        apiVersion: String
    ) throws(AzureError) -> HTTPURL {
        guard let base = HTTPURL(connection.cloud.resourceManager) else {
            let problem = AzureError.ConfigurationProblem.invalidURL(
                name: "resourceManager",
                value: connection.cloud.resourceManager
            )
            throw AzureError(.configuration(problem), operation: operation)
        }
        return base.appending(path: resource.text + path, query: query + [("api-version", apiVersion)])
    }
}

extension JSONValue {
    /// A member that has to be there.
    ///
    /// - Throws: `AzureError` of kind `.malformedAnswer(.unexpectedShape)`.
    public func required<Value>(
        _ name: String,
        _ read: (JSONValue) -> Value?
    ) throws(AzureError) -> Value {
        guard let value = self[name].flatMap(read) else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: name)))
        }
        return value
    }

    /// Nil where there is none, where it is null and where it is empty.
    fileprivate func nextLink() throws(AzureError) -> String? {
        guard let text = self["nextLink"]?.stringValue, !text.isEmpty else { return nil }
        return try HTTPURL(link: text).description
    }
}

extension HTTPURL {
    fileprivate init(link: String) throws(AzureError) {
        guard let url = HTTPURL(link) else {
            throw AzureError(.malformedAnswer(.unexpectedShape(field: "nextLink")))
        }
        self = url
    }
}
