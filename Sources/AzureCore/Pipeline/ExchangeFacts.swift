#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What happened in one try of one request, without a header value, a body or a token.
public struct ExchangeFacts: Hashable, Sendable {
    public var operation: OperationName
    public var method: String
    public var host: String
    /// Path without query.
    public var path: String
    /// 1 for the first try.
    public var attempt: Int
    /// Nil where no answer came.
    public var status: Int?
    public var startedAt: Date
    /// Until the last byte of the body, or until the failure.
    public var duration: Duration
    /// The service's identifier of the request.
    public var requestID: String?
    /// Ours.
    public var clientRequestID: String
    /// What is left of the subscription's reads, where the answer says so.
    public var remainingReads: Int?
    public var remainingWrites: Int?
    public var retryAfter: Duration?
    /// The server's idea of the time when it answered, in whole seconds.
    public var serverDate: Date?
    public var failure: AzureError.Kind?

    public init(
        operation: OperationName,
        method: String,
        host: String,
        path: String,
        attempt: Int = 1,
        status: Int? = nil,
        startedAt: Date,
        duration: Duration,
        requestID: String? = nil,
        clientRequestID: String = "",
        remainingReads: Int? = nil,
        remainingWrites: Int? = nil,
        retryAfter: Duration? = nil,
        serverDate: Date? = nil,
        failure: AzureError.Kind? = nil
    ) {
        self.operation = operation
        self.method = method
        self.host = host
        self.path = path
        self.attempt = attempt
        self.status = status
        self.startedAt = startedAt
        self.duration = duration
        self.requestID = requestID
        self.clientRequestID = clientRequestID
        self.remainingReads = remainingReads
        self.remainingWrites = remainingWrites
        self.retryAfter = retryAfter
        self.serverDate = serverDate
        self.failure = failure
    }
}
