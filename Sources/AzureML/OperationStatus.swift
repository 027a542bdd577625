#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// How far a long-running operation is. `GET` of the URL Azure gave for it.
public struct OperationStatus: Hashable, Sendable {
    /// `Succeeded`, `Failed`, `Canceled`; any other word means that it runs.
    public var status: String
    public var startTime: Date?
    public var endTime: Date?
    public var errorCode: String?
    /// The service's own words. Hostile: neutralise before showing.
    public var errorMessage: String?
    /// 0 to 100.
    public var percentComplete: Double?

    public init(
        status: String,
        startTime: Date? = nil,
        endTime: Date? = nil,
        errorCode: String? = nil,
        errorMessage: String? = nil,
        percentComplete: Double? = nil
    ) {
        self.status = status
        self.startTime = startTime
        self.endTime = endTime
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.percentComplete = percentComplete
    }

    /// Whether it goes on: no terminal word was said.
    public var isRunning: Bool { !isSucceeded && !isFailed && !isCanceled }
    public var isSucceeded: Bool { ["succeeded", "completed"].contains(status.lowercased()) }
    public var isFailed: Bool { status.lowercased() == "failed" }
    public var isCanceled: Bool { ["canceled", "cancelled"].contains(status.lowercased()) }
}
