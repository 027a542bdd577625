public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One scoring request as the service logged it: a row of `AmlOnlineEndpointTrafficLog`.
///
/// Texts that the service left out are empty, numbers that it left out 0; numbers are kept from 0 to 4 294 967 295, status
/// codes up to 32 767. All texts are hostile: neutralise before showing.
///
/// There may be a hundred thousand of these, so what many rows have in common is kept once and shared.
public struct TrafficLogRow: Hashable, Sendable {
    private var secondsSinceReference: Double
    private(set) var target: Shared<LogTarget>
    private(set) var caller: Shared<LogCaller>
    package private(set) var request: CompactIdentifier
    package private(set) var clientRequest: CompactIdentifier
    private var total, requestTime, responseTime, requestDelay, responseDelay, sent, received: UInt32
    private var code: Int16
    /// Negative for none.
    private var modelCode: Int16

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
        networkProtocol: String = "",
        location: String = "",
        resourceID: ResourceID
    ) {
        secondsSinceReference = time.timeIntervalSinceReferenceDate
        target = .one(
            LogTarget(
                endpointName: endpointName,
                deploymentName: deploymentName,
                location: location,
                resourceID: resourceID
            )
        )
        caller = .one(
            LogCaller(
                method: method,
                path: path,
                responseReason: responseReason,
                modelStatusReason: modelStatusReason,
                userAgent: userAgent,
                authType: authType,
                identity: identity,
                networkProtocol: networkProtocol
            )
        )
        request = CompactIdentifier(requestID)
        clientRequest = CompactIdentifier(clientRequestID)
        total = UInt32(clamping: totalMilliseconds)
        requestTime = UInt32(clamping: requestMilliseconds)
        responseTime = UInt32(clamping: responseMilliseconds)
        requestDelay = UInt32(clamping: requestThrottlingMilliseconds)
        responseDelay = UInt32(clamping: responseThrottlingMilliseconds)
        sent = UInt32(clamping: requestBytes)
        received = UInt32(clamping: responseBytes)
        code = Int16(clamping: responseCode)
        modelCode = modelStatusCode.map { Int16(clamping: max($0, 0)) } ?? -1
    }
}

extension TrafficLogRow {
    public var time: Date {
        get { Date(timeIntervalSinceReferenceDate: secondsSinceReference) }
        set { secondsSinceReference = newValue.timeIntervalSinceReferenceDate }
    }
    public var endpointName: String {
        get { target.value.endpointName }
        set { target = target.changed { $0.endpointName = newValue } }
    }
    public var deploymentName: String {
        get { target.value.deploymentName }
        set { target = target.changed { $0.deploymentName = newValue } }
    }
    /// The endpoint.
    public var resourceID: ResourceID {
        get { target.value.resourceID }
        set { target = target.changed { $0.resourceID = newValue } }
    }
    /// The region of the endpoint.
    public var location: String {
        get { target.value.location }
        set { target = target.changed { $0.location = newValue } }
    }
    /// `HTTP/1.1` and the like.
    public var networkProtocol: String {
        get { caller.value.networkProtocol }
        set { caller = caller.changed { $0.networkProtocol = newValue } }
    }
    public var method: String {
        get { caller.value.method }
        set { caller = caller.changed { $0.method = newValue } }
    }
    public var path: String {
        get { caller.value.path }
        set { caller = caller.changed { $0.path = newValue } }
    }
    public var responseReason: String {
        get { caller.value.responseReason }
        set { caller = caller.changed { $0.responseReason = newValue } }
    }
    public var modelStatusReason: String {
        get { caller.value.modelStatusReason }
        set { caller = caller.changed { $0.modelStatusReason = newValue } }
    }
    /// Cut to 70 characters by the service.
    public var userAgent: String {
        get { caller.value.userAgent }
        set { caller = caller.changed { $0.userAgent = newValue } }
    }
    /// `Key`, `AMLToken` or `AADToken`.
    public var authType: String {
        get { caller.value.authType }
        set { caller = caller.changed { $0.authType = newValue } }
    }
    /// For `AADToken` the object id of the caller, else empty.
    public var identity: String {
        get { caller.value.identity }
        set { caller = caller.changed { $0.identity = newValue } }
    }
    /// `x-request-id` of the answer.
    public var requestID: String {
        get { request.text }
        set { request = CompactIdentifier(newValue) }
    }
    /// `x-ms-client-request-id` of the request.
    public var clientRequestID: String {
        get { clientRequest.text }
        set { clientRequest = CompactIdentifier(newValue) }
    }
}

extension TrafficLogRow {
    /// The status sent to the client.
    public var responseCode: Int {
        get { Int(code) }
        set { code = Int16(clamping: newValue) }
    }
    /// The status of the model container.
    public var modelStatusCode: Int? {
        get { modelCode < 0 ? nil : Int(modelCode) }
        set { modelCode = newValue.map { Int16(clamping: max($0, 0)) } ?? -1 }
    }
    /// From the start to the last byte of the answer.
    public var totalMilliseconds: Int {
        get { Int(total) }
        set { total = UInt32(clamping: newValue) }
    }
    /// From the start to the last byte of the request.
    public var requestMilliseconds: Int {
        get { Int(requestTime) }
        set { requestTime = UInt32(clamping: newValue) }
    }
    /// From the start to the first byte from the model.
    public var responseMilliseconds: Int {
        get { Int(responseTime) }
        set { responseTime = UInt32(clamping: newValue) }
    }
    public var requestThrottlingMilliseconds: Int {
        get { Int(requestDelay) }
        set { requestDelay = UInt32(clamping: newValue) }
    }
    public var responseThrottlingMilliseconds: Int {
        get { Int(responseDelay) }
        set { responseDelay = UInt32(clamping: newValue) }
    }
    public var requestBytes: Int {
        get { Int(sent) }
        set { sent = UInt32(clamping: newValue) }
    }
    public var responseBytes: Int {
        get { Int(received) }
        set { received = UInt32(clamping: newValue) }
    }

    /// Whether the caller felt it as a failure: 5xx, 424 (the model failed), 408 or 429.
    public var isFailure: Bool { Self.isFailure(responseCode: Int(code)) }

    package static func isFailure(responseCode code: Int) -> Bool {
        code >= 500 || code == 408 || code == 424 || code == 429
    }

    /// Whether the caller is to blame: any other 4xx.
    public var isClientError: Bool {
        (400..<500).contains(code) && !isFailure
    }
}
