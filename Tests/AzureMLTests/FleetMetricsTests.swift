import AzureCore
import AzureML
import HTTPTypes
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct FleetMetricsTests {
    private static let scope = MetricScope(subscriptionID: "s", region: "koreacentral")
    private static func id(_ name: String) -> ResourceID { CannedAzure.address.id.appending("onlineEndpoints", name) }

    /// The minute that ended last before the test's present.
    private static let minute = ISO8601.text(
        Date(timeIntervalSince1970: (CannedAzure.now.timeIntervalSince1970 / 60).rounded(.down) * 60 - 60)
    )

    private static func series(_ labels: [(String, String)], _ value: Double?) -> String {
        let labels = labels.map { #"{"name":{"value":"\#($0.0)"},"value":"\#($0.1)"}"# }.joined(separator: ",")
        let average = value.map { #","average":\#($0)"# } ?? ""
        return #"{"metadatavalues":[\#(labels)],"data":[{"timeStamp":"\#(minute)"\#(average)}]}"#
    }

    private static func metric(_ name: String, _ series: [String], error: String = "Success") -> String {
        #"{"name":{"value":"\#(name)"},"errorCode":"\#(error)","timeseries":[\#(series.joined(separator: ","))]}"#
    }

    private static func answer(_ metrics: [String]) -> (status: Int, body: String) {
        (200, #"{"interval":"PT1M","value":[\#(metrics.joined(separator: ","))]}"#)
    }

    @Test func oneAnswerHoldsManyEndpoints() async throws {
        let azure = CannedAzure { request, _ in
            guard request.url.query?.contains("RequestsPerMinute") == true else {
                return Self.answer([
                    Self.metric("RequestLatency_P50", [], error: "InternalError"),
                    Self.metric(
                        "requestlatency_p95",
                        [Self.series([("microsoft.resourceid", Self.id("A").text.uppercased())], 84)]
                    ),
                ])
            }
            return Self.answer([
                Self.metric(
                    "RequestsPerMinute",
                    [
                        Self.series([("statuscode", "200"), ("Microsoft.ResourceId", Self.id("a").text)], 90),
                        #"{"metadatavalues":[]}"#,
                        Self.series([("statuscode", "200")], 1000),
                        Self.series([("microsoft.resourceid", Self.id("a").text), ("statuscode", "503")], 30),
                        Self.series([("microsoft.resourceid", Self.id("b").text), ("statuscode", "401")], 6),
                        Self.series([("microsoft.resourceid", Self.id("c").text), ("statuscode", "200")], nil),
                    ]
                )
            ])
        }
        let metrics = try await azure.client.endpointMetrics(in: Self.scope)
        #expect(Set(metrics.keys) == [Self.id("a"), Self.id("b"), Self.id("c")])
        let first = try #require(metrics[Self.id("A")])
        #expect(first.requestsPerSecond == 2 && first.errorShare == 0.25 && first.clientErrorShare == 0)
        #expect(first.p95Milliseconds == 84 && first.p50Milliseconds == nil)
        #expect(first.requestsPerMinuteHistory.count == 30 && first.requestsPerMinuteHistory.last == 120)
        #expect(metrics[Self.id("b")]?.clientErrorShare == 1)
        #expect(metrics[Self.id("c")]?.requestsPerSecond == 0 && metrics[Self.id("c")]?.errorShare == nil)
    }

    @Test func twoReadsAreAskedForHoweverManyThereAre() async throws {
        let azure = CannedAzure { _, _ in Self.answer([]) }
        #expect(try await azure.client.endpointMetrics(in: Self.scope, historyMinutes: 1).isEmpty)
        let sent = azure.sent
        #expect(sent.count == 2 && sent.allSatisfy { $0.method == .get && $0.operation == .endpointMetrics })
        #expect(sent.allSatisfy { $0.url.path == "/subscriptions/s/providers/Microsoft.Insights/metrics" })
        let queries = sent.compactMap(\.url.query)
        #expect(queries.allSatisfy { $0.contains("region=koreacentral&") && $0.contains("onlineEndpoints&") })
        let requests = try #require(queries.first { $0.contains("metricnames=RequestsPerMinute") })
        #expect(requests.contains("$filter=statusCode%20eq%20%27%2A%27%20and%20Microsoft.ResourceId%20eq%20%27%2A%27"))
        let others = try #require(queries.first { !$0.contains("RequestsPerMinute") })
        #expect(others.contains("$filter=Microsoft.ResourceId%20eq%20%27%2A%27&top=1000"))
    }

    @Test func oneAnswerHoldsManyDeployments() async throws {
        let blue = Self.id("a").appending("deployments", "blue")
        let green = Self.id("a").appending("deployments", "green")
        let azure = CannedAzure { _, _ in
            Self.answer([
                Self.metric("CpuUtilizationPercentage", [Self.series([("microsoft.resourceid", blue.text)], 41)]),
                Self.metric("RequestsPerMinute", [Self.series([("microsoft.resourceid", green.text)], 30)]),
            ])
        }
        let metrics = try await azure.client.deploymentMetrics(in: Self.scope)
        #expect(metrics[blue]?.cpuPercent == 41 && metrics[blue]?.requestsPerSecond == nil)
        #expect(metrics[green]?.requestsPerSecond == 0.5 && metrics[green]?.gpuPercent == nil)
        #expect(azure.sent.count == 1)
    }

    @Test(arguments: [(400, true), (403, true), (404, true), (429, false), (503, false)])
    func aCloudThatAnswersForOneAtATimeOnlySaysSo(_ status: Int, _ isLasting: Bool) async {
        let azure = CannedAzure(#"{"error":{"code":"BadRequest","message":"no"}}"#, status: status)
        let error = await #expect(throws: AzureError.self) { try await azure.client.endpointMetrics(in: Self.scope) }
        #expect(error?.isLastingRefusal == isLasting && error?.operation == .endpointMetrics)
    }

    @Test func pointsThatAreNoneAreAnError() async {
        let azure = CannedAzure(
            #"{"value":[{"name":{"value":"x"},"timeseries":[{"metadatavalues":[{"name":{"value":"microsoft.resourceid"},"value":"/x"}],"data":[{},]}]}]}"#
        )
        let error = await #expect(throws: AzureError.self) { try await azure.client.deploymentMetrics(in: Self.scope) }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "data")))
    }
}
