import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// Metrics of many resources in one call.
@Suite struct SubscriptionMetricTests {
    private static let namespace = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
    private static let span = "timespan=2026-11-24T04:00:00Z/2026-11-24T05:00:00Z"

    private func ask(
        _ harness: Harness,
        _ query: String,
        token: String,
        body: String? = nil
    ) async throws -> Answer {
        try await harness.manage(
            "\(harness.subscription)/providers/Microsoft.Insights/metrics?api-version=2024-02-01&\(query)",
            token: token,
            method: body == nil ? .GET : .POST,
            body: body
        )
    }

    /// The first value of each series by the resource it is of, in lower case.
    private func values(_ metric: JSON) -> [String: Double?] {
        Dictionary(
            uniqueKeysWithValues: metric["timeseries"].items.map { series in
                (series["metadatavalues"][0]["value"].string?.lowercased() ?? "", series["data"][0]["average"].double)
            }
        )
    }

    @Test func eachEndpointHasTheSeriesItHasByItself() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let query =
                "region=koreacentral&metricnamespace=\(Self.namespace)&metricnames=RequestsPerMinute,RequestLatency_P95"
                + "&interval=FULL&\(Self.span)&$filter=Microsoft.ResourceId%20eq%20'*'&top=1000"
            let answer = try await ask(harness, query, token: token)
            #expect(answer.status == 200)
            #expect(answer.json["resourceregion"].string == "koreacentral")
            #expect(answer.json["namespace"].string == Self.namespace)
            let metrics = answer.json["value"].items
            #expect(metrics.map(\.["name"]["value"].string) == ["RequestsPerMinute", "RequestLatency_P95"])
            #expect(metrics[0]["id"].string?.hasPrefix("subscriptions/") == true)
            let series = metrics[0]["timeseries"].items
            #expect(series.allSatisfy { $0["metadatavalues"][0]["name"]["value"].string == "microsoft.resourceid" })
            #expect(series.count >= 8)
            let together = metrics.map(values)
            for name in ["fraud-scoring", "my-endpoint"] {
                let id = "\(harness.workspace)/onlineEndpoints/\(name)"
                let alone = try await harness.manage(
                    "\(id)/providers/Microsoft.Insights/metrics?api-version=2024-02-01"
                        + "&metricnames=RequestsPerMinute,RequestLatency_P95&interval=FULL&\(Self.span)",
                    token: token
                ).json["value"].items.map { $0["timeseries"][0]["data"][0]["average"].double }
                #expect(together.map { $0[id.lowercased()] } == alone)
            }
        }
    }

    @Test func aPOSTNamesResourcesInItsBodyAndIsOneRead() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let ids = ["fraud-scoring", "RECSYS-home"].map { "\(harness.workspace)/onlineEndpoints/\($0)" }
            let filter = ids.map { "Microsoft.ResourceId eq '\($0)'" }.joined(separator: " or ")
            let body =
                "{\"timespan\":\"2026-11-24T04:00:00Z/2026-11-24T05:00:00Z\",\"interval\":\"PT5M\","
                + "\"metricNames\":\"RequestsPerMinute\",\"metricNamespace\":\"\(Self.namespace.lowercased())\","
                + "\"aggregation\":\"Average\",\"filter\":\"\(filter) and deployment eq '*'\",\"rollUpBy\":\"deployment\","
                + "\"top\":50,\"validateDimensions\":true}"
            let before = try await harness.manage(harness.workspace, token: token)
            #expect(before.headers.first(name: "x-ms-ratelimit-remaining-subscription-reads") == "249")
            let answer = try await ask(harness, "region=KoreaCentral", token: token, body: body)
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "x-ms-ratelimit-remaining-subscription-reads") == "248")
            #expect(answer.headers.first(name: "x-ms-ratelimit-remaining-subscription-writes") == nil)
            let series = answer.json["value"][0]["timeseries"].items
            // Rolled up: the deployments of an endpoint are one series.
            #expect(series.map { $0["metadatavalues"].items.count } == [1, 1])
            #expect(series.allSatisfy { $0["data"].items.count == 12 })
            #expect(Set(values(answer.json["value"][0]).keys) == Set(ids.map { $0.lowercased() }))
            let key = "arm POST /subscriptions/*/providers/microsoft.insights/metrics"
            #expect(harness.simulator.requestCounts[key] == 1)
        }
    }

    @Test func deploymentsOfAllEndpointsAreSplit() async throws {
        try await Harness.run({ $0.endpointCount = 40 }) { harness in
            let query =
                "region=koreacentral&metricnamespace=\(Self.namespace)/deployments&metricnames=CpuUtilizationPercentage"
                + "&interval=FULL&\(Self.span)&$filter=Microsoft.ResourceId%20eq%20'*'"
            let token = try await harness.token()
            let all = try await ask(harness, query + "&top=1000", token: token).json["value"][0]
            let world = try WorldTests.world { $0.endpointCount = 40 }
            let serving = world.endpoints.reduce(0) { sum, endpoint in
                sum
                    + endpoint.deployments.filter {
                        world.isServing($0, of: endpoint, at: world.bornTicks - 5_400 * CivilTime.ticksPerSecond)
                    }.count
            }
            #expect(all["timeseries"].items.count == serving)
            #expect(values(all).values.allSatisfy { (0...100).contains(($0 ?? nil) ?? -1) })
            // Ten unless told.
            #expect(try await ask(harness, query, token: token).json["value"][0]["timeseries"].items.count == 10)
        }
    }

    @Test func withoutAFilterThereIsOneSeriesAndElsewhereNone() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let query = "metricnamespace=\(Self.namespace)&metricnames=RequestsPerMinute&interval=FULL&\(Self.span)"
            let whole = try await ask(harness, "region=koreacentral&" + query, token: token).json["value"][0][
                "timeseries"
            ]
            let split = try await ask(
                harness,
                "region=koreacentral&\(query)&$filter=Microsoft.ResourceId%20eq%20'*'&top=100",
                token: token
            ).json["value"][0]
            #expect(whole.items.count == 1)
            let sum = values(split).values.reduce(0) { $0 + (($1 ?? nil) ?? 0) }
            #expect(abs((whole[0]["data"][0]["average"].double ?? 0) - sum) < 0.001)
            let other = try await ask(
                harness,
                "region=westus2&\(query)&$filter=Microsoft.ResourceId%20eq%20'*'",
                token: token
            )
            #expect(other.status == 200)
            #expect(other.json["value"][0]["timeseries"].items.isEmpty)
        }
    }

    @Test(arguments: [
        ("metricnamespace=\(namespace)", nil, "region"), ("region=koreacentral", nil, "metricnamespace"),
        ("region=koreacentral&metricnamespace=Other", nil, "Cannot find the metric namespace"),
        ("region=koreacentral&metricnamespace=\(namespace)&$filter=resourceid%20eq%20'*'", nil, "does not support"),
        ("region=koreacentral&metricnamespace=\(namespace)", #"{"metricNamespace":"x"}"#, "both the query and"),
        ("region=koreacentral&metricnamespace=\(namespace)", "[", "not valid JSON"),
    ])
    func whatIsMissingOrSaidTwiceIsNamed(query: String, body: String?, part: String) async throws {
        try await Harness.run { harness in
            let answer = try await ask(harness, query, token: try await harness.token(), body: body)
            #expect(answer.status == 400)
            #expect(answer.json["message"].string?.contains(part) == true, "\(answer.text)")
        }
    }
}
