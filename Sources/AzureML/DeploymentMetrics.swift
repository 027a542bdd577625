#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What Azure Monitor measured of a deployment lately; utilisation is the mean over its instances.
public struct DeploymentMetrics: Hashable, Sendable {
    /// 0 to 100.
    public var cpuPercent: Double?
    /// 0 to 100.
    public var memoryPercent: Double?
    /// 0 to 100; nil without a GPU.
    public var gpuPercent: Double?
    /// 0 to 100; nil without a GPU.
    public var gpuMemoryPercent: Double?
    public var p95Milliseconds: Double?
    public var p50Milliseconds: Double?
    public var requestsPerSecond: Double?
    /// When it was asked.
    public var measuredAt: Date

    public init(
        cpuPercent: Double? = nil,
        memoryPercent: Double? = nil,
        gpuPercent: Double? = nil,
        gpuMemoryPercent: Double? = nil,
        p95Milliseconds: Double? = nil,
        p50Milliseconds: Double? = nil,
        requestsPerSecond: Double? = nil,
        measuredAt: Date
    ) {
        self.cpuPercent = cpuPercent
        self.memoryPercent = memoryPercent
        self.gpuPercent = gpuPercent
        self.gpuMemoryPercent = gpuMemoryPercent
        self.p95Milliseconds = p95Milliseconds
        self.p50Milliseconds = p50Milliseconds
        self.requestsPerSecond = requestsPerSecond
        self.measuredAt = measuredAt
    }
}
