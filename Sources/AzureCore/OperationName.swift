/// What was being done, `onlineEndpoints.list` for example: an error and an exchange carry it for whoever words them.
public struct OperationName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}

extension OperationName {
    /// Asking Microsoft Entra for a token.
    public static let token = OperationName("token.acquire")
    /// Reading the clouds behind `ARM_CLOUD_METADATA_URL`.
    public static let cloudMetadata = OperationName("cloud.metadata")
    /// Sending a payload to the scoring URI of an endpoint.
    public static let scoring = OperationName("onlineEndpoints.invoke")
}
