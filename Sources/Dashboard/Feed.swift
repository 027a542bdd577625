package import AzureCore
package import FoundationEssentials

/// Where one source stands: what is on its way, when it last answered, and what went wrong since.
package struct Feed: Equatable, Sendable {
    /// The number of the request that is out; an answer with another number is late and dropped.
    package var request: Int?
    package var receivedAt: Date?
    package var failure: AzureError?
    package var failureCount = 0
    /// When to ask again after a failure.
    package var dueAt: Date?
    /// Asked for by hand: goes out whatever the cadence says.
    package var isForced = false
    var requestedAt: Date?
    /// When the latest page of an answer came.
    var heardAt: Date?
    /// When a token was last replaced by a newer one.
    package var renewedAt: Date?

    package init() {}

    package var isWaiting: Bool { request != nil }

    /// Waits longer after each failure, up to five minutes, and never gives up.
    ///
    /// A wait that the service asked for wins when it is longer.
    static func retryDelaySeconds(failureCount: Int, cadenceSeconds: Double, error: AzureError) -> Double {
        let first = min(cadenceSeconds, 5)
        let backedOff = min(first * Double(1 << min(failureCount - 1, 8)), 300)
        if case .throttled(let wait?) = error.kind {
            return max(backedOff, wait.seconds)
        }
        return backedOff
    }
}

extension Duration {
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
