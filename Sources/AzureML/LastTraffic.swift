public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension MachineLearningClient {
    /// When an endpoint was last called, within the last day; nil when it was not.
    ///
    /// To the quarter of an hour: the end of the last one with a request. `GET {endpoint}/providers/Microsoft.Insights/metrics`,
    /// one request.
    public func lastTraffic(of endpoint: ResourceID) async throws -> Date? {
        let quarter = 900.0
        let end = Date(timeIntervalSince1970: (connection.now().timeIntervalSince1970 / 60).rounded(.down) * 60)
        let start = end.addingTimeInterval(-86_400)
        let answer = try await resourceManager.json(
            .lastTraffic,
            endpoint,
            "/providers/Microsoft.Insights/metrics",
            query: [
                ("metricnames", "RequestsPerMinute"), ("timespan", "\(ISO8601.text(start))/\(ISO8601.text(end))"),
                ("interval", "PT15M"), ("aggregation", "average"),
            ],
            apiVersion: "2024-02-01"
        )
        let values = MetricSeries("RequestsPerMinute", in: answer)?.sum() ?? [:]
        let last = values.filter { $0.value > 0 }.keys.max()
        return last.map { min($0.addingTimeInterval(quarter), end) }
    }
}
