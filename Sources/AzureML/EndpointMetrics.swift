#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What Azure Monitor measured of an endpoint lately.
public struct EndpointMetrics: Hashable, Sendable {
    /// In the latest minute with a value.
    public var requestsPerSecond: Double?
    /// Failures (5xx, 424, 408, 429) over all requests of the last minutes, 0 to 1; nil without requests.
    public var errorShare: Double?
    /// Every other 4xx over all requests, 0 to 1.
    public var clientErrorShare: Double?
    public var p95Milliseconds: Double?
    public var p50Milliseconds: Double?
    /// One value a minute, oldest first, 30 of them; nil where nothing was measured.
    public var requestsPerMinuteHistory: [Double?]
    /// The latest minute that had a request, as far back as was asked.
    public var lastTrafficAt: Date?
    /// When it was asked.
    public var measuredAt: Date

    public init(
        requestsPerSecond: Double? = nil,
        errorShare: Double? = nil,
        clientErrorShare: Double? = nil,
        p95Milliseconds: Double? = nil,
        p50Milliseconds: Double? = nil,
        requestsPerMinuteHistory: [Double?] = [],
        lastTrafficAt: Date? = nil,
        measuredAt: Date
    ) {
        self.requestsPerSecond = requestsPerSecond
        self.errorShare = errorShare
        self.clientErrorShare = clientErrorShare
        self.p95Milliseconds = p95Milliseconds
        self.p50Milliseconds = p50Milliseconds
        self.requestsPerMinuteHistory = requestsPerMinuteHistory
        self.lastTrafficAt = lastTrafficAt
        self.measuredAt = measuredAt
    }
}
