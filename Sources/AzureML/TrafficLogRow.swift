public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One scoring request as the service logged it: a row of `AmlOnlineEndpointTrafficLog`.
///
/// Texts that the service left out are empty, numbers that it left out 0. All texts are hostile: neutralise before showing.
public struct TrafficLogRow: Hashable, Sendable {
    public var time: Date
    public var endpointName: String
    public var deploymentName: String
    public var method: String
    public var path: String
    /// The status sent to the client.
    public var responseCode: Int
    public var responseReason: String
    /// The status of the model container.
    public var modelStatusCode: Int?
    public var modelStatusReason: String
    /// Cut to 70 characters by the service.
    public var userAgent: String
    /// `x-request-id` of the answer.
    public var requestID: String
    /// `x-ms-client-request-id` of the request.
    public var clientRequestID: String
    /// From the start to the last byte of the answer.
    public var totalMilliseconds: Int
    /// From the start to the last byte of the request.
    public var requestMilliseconds: Int
    /// From the start to the first byte from the model.
    public var responseMilliseconds: Int
    public var requestThrottlingMilliseconds: Int
    public var responseThrottlingMilliseconds: Int
    public var requestBytes: Int
    public var responseBytes: Int
    /// `Key`, `AMLToken` or `AADToken`.
    public var authType: String
    /// For `AADToken` the object id of the caller, else empty.
    public var identity: String
    /// The endpoint.
    public var resourceID: ResourceID

    public init(
        time: Date,
        endpointName: String,
        deploymentName: String,
        method: String = "",
        path: String = "",
        responseCode: Int,
        responseReason: String = "",
        modelStatusCode: Int? = nil,
        modelStatusReason: String = "",
        userAgent: String = "",
        requestID: String = "",
        clientRequestID: String = "",
        totalMilliseconds: Int = 0,
        requestMilliseconds: Int = 0,
        responseMilliseconds: Int = 0,
        requestThrottlingMilliseconds: Int = 0,
        responseThrottlingMilliseconds: Int = 0,
        requestBytes: Int = 0,
        responseBytes: Int = 0,
        authType: String = "",
        identity: String = "",
        resourceID: ResourceID
    ) {
        self.time = time
        self.endpointName = endpointName
        self.deploymentName = deploymentName
        self.method = method
        self.path = path
        self.responseCode = responseCode
        self.responseReason = responseReason
        self.modelStatusCode = modelStatusCode
        self.modelStatusReason = modelStatusReason
        self.userAgent = userAgent
        self.requestID = requestID
        self.clientRequestID = clientRequestID
        self.totalMilliseconds = totalMilliseconds
        self.requestMilliseconds = requestMilliseconds
        self.responseMilliseconds = responseMilliseconds
        self.requestThrottlingMilliseconds = requestThrottlingMilliseconds
        self.responseThrottlingMilliseconds = responseThrottlingMilliseconds
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.authType = authType
        self.identity = identity
        self.resourceID = resourceID
    }

    /// Whether the caller felt it as a failure: 5xx, 424 (the model failed), 408 or 429.
    public var isFailure: Bool {
        responseCode >= 500 || [408, 424, 429].contains(responseCode)
    }

    /// Whether the caller is to blame: any other 4xx.
    public var isClientError: Bool {
        (400..<500).contains(responseCode) && !isFailure
    }
}
