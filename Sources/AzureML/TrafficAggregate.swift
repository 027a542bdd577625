public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What one deployment answered in a stretch of time, counted where the rows are.
public struct TrafficAggregate: Hashable, Sendable {
    public var endpointID: ResourceID
    public var deploymentName: String
    public var requests: Int
    /// 5xx, 424, 408 and 429.
    public var failures: Int
    /// Every other 4xx.
    public var clientErrors: Int
    public var p95Milliseconds: Double?
    /// The time of the newest row.
    public var newest: Date?

    public init(
        endpointID: ResourceID,
        deploymentName: String,
        requests: Int,
        failures: Int,
        clientErrors: Int,
        p95Milliseconds: Double? = nil,
        newest: Date? = nil
    ) {
        self.endpointID = endpointID
        self.deploymentName = deploymentName
        self.requests = requests
        self.failures = failures
        self.clientErrors = clientErrors
        self.p95Milliseconds = p95Milliseconds
        self.newest = newest
    }
}
