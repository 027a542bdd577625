internal import AzureCore
internal import AzureML
internal import FoundationEssentials

extension DashboardState {
    /// How far back an answer for a region has to reach: what came since the last one, and what came late.
    func historyMinutes(of source: Source) -> Int {
        guard let receivedAt = feeds[source]?.receivedAt else { return EndpointMetrics.historyMinutes }
        let minutes = (now.timeIntervalSince(receivedAt) / 60).rounded(.up) + 3
        return min(EndpointMetrics.historyMinutes, max(5, Int(minutes)))
    }

    /// Takes what Azure Monitor measured of a region: an endpoint it does not mention has had no request.
    mutating func take(_ metrics: [ResourceID: EndpointMetrics], of scope: MetricScope, historyMinutes: Int) {
        for index in records.indices where metricScope(of: records[index]) == scope {
            let fresh =
                metrics[records[index].id]
                ?? .silent(measuredAt: serverNow, historyMinutes: historyMinutes)
            records[index].metrics = fresh.continuing(records[index].metrics)
        }
        refreshFindings(0..<records.count)
        arrangeEndpoints()
    }

    mutating func take(_ metrics: [ResourceID: DeploymentMetrics], of scope: MetricScope) {
        let measuredAt = serverNow
        for index in records.indices where metricScope(of: records[index]) == scope {
            guard let deployments = records[index].deployments else { continue }
            for (place, deployment) in deployments.enumerated() {
                let fresh = metrics[deployment.id] ?? DeploymentMetrics(measuredAt: measuredAt)
                records[index].deployments?[place].metrics = fresh
            }
        }
    }

    /// Enough for every status code of every endpoint.
    var seriesLimit: Int { max(1_000, 20 * records.count) }
}
