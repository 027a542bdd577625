public import AzureCore
import HTTPTypes
import JSONValue

/// The two keys of an endpoint whose auth mode is `key`. `POST …/onlineEndpoints/{name}/listKeys`.
public struct EndpointKeys: Hashable, Sendable {
    public var primaryKey: Secret
    public var secondaryKey: Secret

    public init(primaryKey: Secret, secondaryKey: Secret) {
        self.primaryKey = primaryKey
        self.secondaryKey = secondaryKey
    }

    /// The key of a slot.
    public subscript(slot: KeySlot) -> Secret {
        get {
            switch slot {
            case .primary: primaryKey
            case .secondary: secondaryKey
            }
        }
        set {
            switch slot {
            case .primary: primaryKey = newValue
            case .secondary: secondaryKey = newValue
            }
        }
    }
}

extension MachineLearningClient {
    /// The keys of an endpoint. `POST …/onlineEndpoints/{name}/listKeys`; counts as a write against the throttling limits.
    ///
    /// - Throws: `AzureError`: `.badRequest` where the auth mode is another, `.forbidden` where reading is all one may do.
    public func keys(of endpoint: String) async throws -> EndpointKeys {
        let operation = OperationName.endpointKeys
        let answer = try await resourceManager.json(
            operation,
            method: .post,
            endpointID(endpoint),
            "/listKeys",
            apiVersion: Self.apiVersion,
            isRepeatable: true
        )
        return try read(operation, answer) { (value) throws(AzureError) in try EndpointKeys(value) }
    }
}

extension EndpointKeys {
    init(_ answer: JSONValue) throws(AzureError) {
        self.init(
            primaryKey: Secret(try answer.required("primaryKey", \.stringValue)),
            secondaryKey: Secret(try answer.required("secondaryKey", \.stringValue))
        )
    }
}
