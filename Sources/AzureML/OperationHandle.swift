public import AzureCore
import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What Azure gave to follow a long-running operation by.
///
/// It can be kept and used again by another process: the addresses hold no secret of the endpoint.
public struct OperationHandle: Hashable, Sendable {
    /// What was begun.
    public var operation: OperationName
    /// `Azure-AsyncOperation`: answers with a word for how far it is. Asked first.
    public var statusURL: String?
    /// `Location`: answers 202 until the operation has ended.
    public var resultURL: String?
    /// How long to wait before asking; nil where the service does not say.
    public var retryAfter: Duration?
    /// Of the request that began it.
    public var requestID: String?

    /// The wait where the service names none.
    public static let usualWait = Duration.seconds(5)

    public init(
        operation: OperationName,
        statusURL: String? = nil,
        resultURL: String? = nil,
        retryAfter: Duration? = nil,
        requestID: String? = nil
    ) {
        self.operation = operation
        self.statusURL = statusURL
        self.resultURL = resultURL
        self.retryAfter = retryAfter
        self.requestID = requestID
    }

    /// Whether the operation had ended when it was begun: there is nothing to follow.
    public var isDone: Bool { statusURL == nil && resultURL == nil }

    /// How long to wait before asking.
    public var wait: Duration { retryAfter ?? Self.usualWait }

    /// From the answer that began an operation.
    init(_ operation: OperationName, _ response: AzureResponse, now: Date) {
        self.init(operation: operation, requestID: response.requestID)
        // 200 and 204 have nothing to follow, whatever else they say.
        guard response.status == 201 || response.status == 202 else { return }
        follow(response, now: now)
    }

    /// Takes the newest addresses and the newest wait.
    mutating func follow(_ response: AzureResponse, now: Date) {
        statusURL = response.headerFields[.asyncOperation] ?? statusURL
        resultURL = response.headerFields[.location] ?? resultURL
        retryAfter = RetryAfter.duration(in: response, now: now)
    }
}

extension HTTPField.Name {
    fileprivate static let asyncOperation = known("Azure-AsyncOperation")
}
