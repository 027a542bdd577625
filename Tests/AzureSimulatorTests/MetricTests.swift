import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct MetricTests {
    @Test func filtersAreRead() throws {
        let filter = try #require(
            MetricFilter.parse("deployment eq 'blue' or Deployment eq 'green' and statusCodeClass ne '2xx'")
        )
        #expect(filter.clauses.map(\.dimension) == ["deployment", "statusCodeClass"])
        #expect(filter.clauses[0].allows("Green") && !filter.clauses[0].allows("teal"))
        #expect(filter.clauses[1].allows("5xx") && !filter.clauses[1].allows("2xx"))
        #expect(MetricFilter.parse("a eq 'it''s'")?.clauses[0].equal == ["it's"])
        #expect(MetricFilter.parse("a eq '*'")?.clauses[0].allows("anything") == true)
    }

    @Test(arguments: [
        "deployment", "deployment eq", "deployment eq blue", "deployment gt '1'", "a eq 'b' and", "a eq 'b' x eq 'c'",
        "a eq 'b",
    ])
    func whatIsNoFilterIsNone(text: String) {
        #expect(MetricFilter.parse(text) == nil)
    }

    @Test func percentilesAreTheNearestRank() {
        #expect(MetricAccumulator.percentile([4, 1, 3, 2], 50) == 2)
        #expect(MetricAccumulator.percentile(Array(stride(from: 1, through: 100, by: 1)), 95) == 95)
        #expect(MetricAccumulator.percentile([], 95) == nil)
    }

    private static func get(
        _ harness: Harness,
        _ query: String,
        resource: String = "/onlineEndpoints/fraud-scoring"
    ) async throws -> Answer {
        let token = try await harness.token()
        let path = "\(harness.workspace)\(resource)/providers/Microsoft.Insights/metrics"
        return try await harness.manage("\(path)?api-version=2024-02-01&\(query)", token: token)
    }

    @Test func metricsCountTheRowsOfTheLog() async throws {
        try await Harness.run { harness in
            // Long enough for every row to have arrived.
            let metrics = try await Self.get(
                harness,
                "metricnames=RequestsPerMinute&interval=FULL&timespan=2026-11-24T04:00:00Z/2026-11-24T05:00:00Z"
                    + "&$filter=deployment%20eq%20'*'"
            )
            let rows = try await LogTests.query(
                harness,
                "AmlOnlineEndpointTrafficLog | where EndpointName == 'fraud-scoring' and DeploymentName != ''"
                    + " | summarize count() by DeploymentName | order by count_ desc",
                timespan: "2026-11-24T04:00:00Z/2026-11-24T05:00:00Z"
            )
            let series = metrics.json["value"][0]["timeseries"].items
            #expect(series.count == 2)
            for (index, one) in series.enumerated() {
                let row = rows.json["tables"][0]["rows"][index]
                #expect(one["metadatavalues"][0]["name"]["value"].string == "deployment")
                #expect(one["metadatavalues"][0]["value"].string == row[0].string)
                let perMinute = try #require(one["data"][0]["average"].double)
                #expect(abs(perMinute * 60 - Double(row[1].int ?? 0)) < 0.001)
            }
        }
    }

    @Test func minutesWithoutRequestsAreHolesAndTheNewestIsNotThereYet() async throws {
        try await Harness.run({ $0.rowsInLastHour = 300 }) { harness in
            let answer = try await Self.get(
                harness,
                "metricnames=RequestsPerMinute,RequestLatency_P95&interval=PT1M",
                resource: "/onlineEndpoints/edge-k8s"
            )
            for metric in answer.json["value"].items {
                #expect(metric["errorCode"].string == "Success")
                let data = metric["timeseries"][0]["data"].items
                #expect(data.count == 60)
                #expect(data.contains { $0["average"].isNull })
                #expect(data.contains { !$0["average"].isNull })
                #expect(data.last?["timeStamp"].string == "2026-11-24T05:29:00Z")
                #expect(data.last?["average"].isNull == true)
            }
        }
    }

    @Test func statusClassesSplitAndTopLimits() async throws {
        try await Harness.run { harness in
            let query = "metricnames=RequestsPerMinute&interval=PT1H&$filter=statusCodeClass%20eq%20%27*%27"
            let all = try await Self.get(harness, query, resource: "/onlineEndpoints/llm-gateway")
            let classes = all.json["value"][0]["timeseries"].items.map { $0["metadatavalues"][0]["value"].string }
            #expect(classes == ["2xx", "4xx"])
            let top = try await Self.get(harness, query + "&top=1", resource: "/onlineEndpoints/llm-gateway")
            #expect(top.json["value"][0]["timeseries"].items.count == 1)
            let one = try await Self.get(
                harness,
                query.replacing("%27*%27", with: "'4XX'"),
                resource: "/onlineEndpoints/llm-gateway"
            )
            #expect(one.json["value"][0]["timeseries"].items.count == 1)
        }
    }

    @Test func deploymentsHaveGaugesAndTheMirroredOneHasLatencies() async throws {
        try await Harness.run { harness in
            let answer = try await Self.get(
                harness,
                "metricnames=CpuUtilizationPercentage,GpuUtilizationPercentage,RequestLatency_P95&interval=FULL"
                    + "&aggregation=Average,Maximum",
                resource: "/onlineEndpoints/fraud-scoring/deployments/shadow"
            )
            let values = answer.json["value"].items
            let cpu = values[0]["timeseries"][0]["data"][0]
            #expect((0...100).contains(cpu["average"].double ?? -1))
            #expect((cpu["maximum"].double ?? 0) >= (cpu["average"].double ?? 1_000))
            #expect(values[1]["timeseries"][0]["data"][0]["average"].isNull)
            #expect((values[2]["timeseries"][0]["data"][0]["average"].double ?? 0) > 10)
        }
    }

    @Test(arguments: [
        ("metricnames=Nope", "Valid metrics: RequestsPerMinute"),
        ("metricnames=RequestLatency&$filter=statusCode%20eq%20'*'", "does not support"),
        ("interval=PT7M", "supported ones are: PT1M"), ("timespan=yesterday", "Invalid time range"),
        ("$filter=x", "Invalid filter"),
        ("aggregation=median", "Invalid aggregation"), ("metricnamespace=Other", "Cannot find the metric namespace"),
    ])
    func aBadQueryIsRefusedWithTheBareErrorObject(query: String, part: String) async throws {
        try await Harness.run { harness in
            let answer = try await Self.get(harness, query)
            #expect(answer.status == 400)
            #expect(answer.json["code"].string == "BadRequest")
            #expect(answer.json["message"].string?.contains(part) == true, "\(answer.text)")
        }
    }

    @Test func anUnsupportedAggregationFailsThatMetricAlone() async throws {
        try await Harness.run { harness in
            let answer = try await Self.get(harness, "metricnames=RequestsPerMinute&aggregation=Maximum")
            #expect(answer.status == 200)
            #expect(answer.json["value"][0]["errorCode"].string == "InvalidSamplingType")
            #expect(answer.json["value"][0]["timeseries"].items.isEmpty)
        }
    }
}
