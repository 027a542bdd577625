public import AzureCore
import HTTPTypes
public import JSONValue

extension OperationName {
    /// Reading what an endpoint says of itself.
    public static let endpointSchema = OperationName("onlineEndpoints.schema")
}

extension MachineLearningClient {
    /// What the container of an endpoint says of the bodies it takes, OpenAPI 2 or 3. `GET {swaggerUri}`; redirects are not
    /// followed, and no more than 1 MiB is read.
    ///
    /// - Parameters:
    ///   - endpoint: As it was read; not every container has a schema.
    ///   - credential: What the endpoint is scored with.
    ///   - allowsPlainHTTP: As of a `ScoringRequest`.
    /// - Returns: The document. Hostile.
    /// - Throws: `AzureError`: `.notFound` where there is none, and as `score(_:credential:)`.
    public func swagger(
        of endpoint: OnlineEndpoint,
        credential: EndpointCredential,
        allowsPlainHTTP: Bool = false
    ) async throws -> JSONValue {
        let operation = OperationName.endpointSchema
        let url: HTTPURL
        do throws(AzureError) {
            guard let text = endpoint.swaggerURI else { throw AzureError(.notFound(.other)) }
            url = try dataPlaneURL(text, named: "swaggerUri", credential, allowsPlainHTTP: allowsPlainHTTP)
        } catch {
            throw error.doing(operation)
        }
        var fields = HTTPFields()
        fields[.authorization] = credential.authorization
        let request = AzureRequest(operation, url: url, headerFields: fields, bodyLimit: 1 << 20)
        return try await connection.json(request)
    }
}
