public import AzureCore
public import FoundationEssentials

/// Where one source stands: what is on its way, when it last answered, and what went wrong since.
public struct Feed: Equatable, Sendable {
    /// The number of the request that is out; an answer with another number is late and dropped.
    public var request: Int?
    public var receivedAt: Date?
    public var failure: AzureError?
    public var failureCount = 0
    /// When to ask next; nil for at once.
    public var dueAt: Date?

    public init() {}

    public var isWaiting: Bool { request != nil }

    /// Waits longer after each failure, up to five minutes, and never gives up.
    ///
    /// A wait that the service asked for wins when it is longer.
    static func retryDelaySeconds(failureCount: Int, cadenceSeconds: Double, error: AzureError) -> Double {
        let first = min(cadenceSeconds, 5)
        let backedOff = min(first * Double(1 << min(failureCount - 1, 8)), 300)
        if case .throttled(let wait?) = error.kind {
            return max(backedOff, Double(wait.components.seconds) + Double(wait.components.attoseconds) * 1e-18)
        }
        return backedOff
    }
}
