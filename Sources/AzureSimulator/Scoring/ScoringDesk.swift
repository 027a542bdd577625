/// What the front door of scoring keeps between requests.
struct ScoringDesk: Sendable {
    let queues = DeploymentQueues()
    let bandwidth: BandwidthMeter
    let largestBodyBytes: Int

    /// - Parameter limits: Other than the usual: bodies up to 1.5 MiB, the last figure Azure's documentation gave, which
    ///   has dropped it since; and 5 MBPS in both directions together, read as megabytes (API.md f.4).
    init(_ limits: Scenario.ScoringLimits?) {
        bandwidth = BandwidthMeter(bytesPerSecond: limits?.bytesPerSecond ?? 5_000_000)
        largestBodyBytes = limits?.largestBodyBytes ?? 1_572_864
    }
}
