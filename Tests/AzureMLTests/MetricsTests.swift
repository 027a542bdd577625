import AzureCore
import AzureML
import JSONValue
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct MetricsTests {
    private static let endpoint = CannedAzure.address.id.appending("onlineEndpoints", "my-ep")

    /// A metric whose newest value is `minutesAgo` minutes old, the given values oldest first.
    private static func metric(
        _ name: String,
        _ series: [(dimension: String?, values: [Double?])],
        minutesAgo: Int = 1
    ) -> JSONValue {
        let minute = (CannedAzure.now.timeIntervalSince1970 / 60).rounded(.down) * 60
        let all = series.map { series -> JSONValue in
            let data = series.values.enumerated().map { index, value -> JSONValue in
                let age = Double(minutesAgo + series.values.count - 1 - index)
                var point = JSONObject([
                    .init(
                        name: "timeStamp",
                        value: .string(ISO8601.text(Date(timeIntervalSince1970: minute - age * 60)))
                    )
                ])
                point["average"] = value.flatMap { JSONNumber($0) }.map(JSONValue.number)
                return .object(point)
            }
            let metadata: JSONValue =
                series.dimension.map { [["name": ["value": "statuscode"], "value": .string($0)]] } ?? []
            return ["metadatavalues": metadata, "data": .array(data)]
        }
        return ["name": ["value": .string(name)], "errorCode": "Success", "timeseries": .array(all)]
    }

    private static func answer(_ metrics: [JSONValue]) -> String {
        JSONValue.object(JSONObject([.init(name: "value", value: .array(metrics))])).text()
    }

    private func azure(requests: JSONValue, p95: JSONValue) -> CannedAzure {
        CannedAzure { request, _ in
            let wantsRequests = request.url.query?.contains("RequestsPerMinute") == true
            return (200, Self.answer(wantsRequests ? [requests] : [p95]))
        }
    }

    @Test func ratesAndSharesComeFromTheStatusCodes() async throws {
        let requests = Self.metric(
            "RequestsPerMinute",
            [("200", [60, nil, 80]), ("424", [0, nil, 10]), ("429", [nil, nil, 5]), ("401", [20, nil, 5])]
        )
        let azure = azure(requests: requests, p95: Self.metric("RequestLatency_P95", [(nil, [70, 84, nil])]))
        let metrics = try await azure.client.endpointMetrics(of: Self.endpoint)
        #expect(metrics.requestsPerSecond == 100.0 / 60)
        #expect(metrics.errorShare == 15.0 / 180)
        #expect(metrics.clientErrorShare == 25.0 / 180)
        #expect(metrics.p95Milliseconds == 84 && metrics.p50Milliseconds == nil)
        #expect(metrics.requestsPerMinuteHistory.count == 30)
        #expect(metrics.requestsPerMinuteHistory.suffix(4) == [nil, 80, nil, 100])
        #expect(metrics.lastTrafficAt == ISO8601.date("2025-05-01T14:32:00Z"))
        #expect(azure.sent.count == 2)
    }

    @Test func aSilentEndpointHasNoShareAndNoLatency() async throws {
        let azure = azure(
            requests: Self.metric("RequestsPerMinute", [("200", [12])], minutesAgo: 20),
            p95: Self.metric("RequestLatency_P95", [(nil, [50])], minutesAgo: 8)
        )
        let metrics = try await azure.client.endpointMetrics(of: Self.endpoint)
        #expect(metrics.requestsPerSecond == 0 && metrics.errorShare == nil && metrics.p95Milliseconds == nil)
        #expect(metrics.lastTrafficAt == ISO8601.date("2025-05-01T14:13:00Z"))
    }

    @Test func aMetricThatFailsAloneIsUnknown() async throws {
        let failed: JSONValue = [
            "name": ["value": "RequestsPerMinute"], "errorCode": "InvalidSamplingType", "timeseries": [],
        ]
        let azure = azure(requests: failed, p95: Self.metric("RequestLatency_P95", [(nil, [50])]))
        let metrics = try await azure.client.endpointMetrics(of: Self.endpoint)
        #expect(metrics.requestsPerSecond == nil && metrics.errorShare == nil && metrics.p95Milliseconds == 50)
        #expect(metrics.requestsPerMinuteHistory == Array(repeating: nil, count: 30))
    }

    @Test func theRequestsAskForWhatIsShownAndNoMore() async throws {
        let azure = CannedAzure(#"{"value":[]}"#)
        _ = try await azure.client.endpointMetrics(of: Self.endpoint)
        let queries = Set(azure.sent.compactMap(\.url.query))
        #expect(
            queries.contains(
                "metricnames=RequestsPerMinute&timespan=2025-05-01T14%3A03%3A00Z%2F2025-05-01T14%3A33%3A00Z&interval=PT1M"
                    + "&aggregation=average&$filter=statusCode%20eq%20%27%2A%27&top=100&api-version=2024-02-01"
            )
        )
        #expect(azure.sent.allSatisfy { $0.url.path.hasSuffix("/my-ep/providers/Microsoft.Insights/metrics") })
    }

    @Test func aDeploymentIsMeasuredInOneRequest() async throws {
        let body = Self.answer([
            Self.metric("cpuutilizationpercentage", [(nil, [40, 41.5])]),
            Self.metric("CpuMemoryUtilizationPercentage", [(nil, [63])]),
            Self.metric("RequestLatency_P95", [(nil, [80])]), Self.metric("RequestsPerMinute", [(nil, [120])]),
        ])
        let azure = CannedAzure(body)
        let metrics = try await azure.client.deploymentMetrics(of: Self.endpoint.appending("deployments", "blue"))
        #expect(
            metrics
                == DeploymentMetrics(
                    cpuPercent: 41.5,
                    memoryPercent: 63,
                    p95Milliseconds: 80,
                    requestsPerSecond: 2,
                    measuredAt: CannedAzure.now
                )
        )
        #expect(azure.sent.count == 1)
    }
}
