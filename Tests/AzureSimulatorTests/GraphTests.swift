import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct GraphTests {
    static let endpointType = "microsoft.machinelearningservices/workspaces/onlineendpoints"
    static let both =
        "resources | where type in~ ('\(endpointType)', '\(endpointType)/deployments') "
        + "| project id, name, type, subscriptionId, resourceGroup, location, kind, tags, sku, identity, properties "
        + "| order by id asc"

    private func ask(
        _ harness: Harness,
        _ query: String,
        options: String = "{}",
        subscriptions: String? = nil,
        token: String
    ) async throws -> Answer {
        let subscription = subscriptions ?? harness.environment["AZURE_SUBSCRIPTION_ID"] ?? ""
        let scope = "\"subscriptions\":[\"\(subscription)\"],"
        return try await harness.manage(
            "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
            token: token,
            method: .POST,
            body: "{\(scope)\"query\":\(JSON.string(query).text),\"options\":\(options)}"
        )
    }

    @Test func theFleetComesWithLowerCaseTypesAndIdsAsTheyAre() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let subscription = harness.environment["AZURE_SUBSCRIPTION_ID"]
            let answer = try await ask(harness, Self.both, subscriptions: subscription, token: token)
            #expect(answer.status == 200)
            let world = try WorldTests.world()
            let rows = answer.json["data"].items
            let deployments = world.endpoints.reduce(0) { $0 + $1.deployments.count }
            #expect(rows.count == world.endpoints.count + deployments)
            #expect(answer.json["totalRecords"].int == rows.count)
            #expect(answer.json["count"].int == rows.count)
            #expect(answer.json["resultTruncated"].string == "false")
            #expect(answer.json["$skipToken"].isNull)
            #expect(rows.allSatisfy { $0["type"].string?.hasPrefix(Self.endpointType) == true })
            #expect(rows.allSatisfy { $0["resourceGroup"].string == "rg-ml" })
            let ids = rows.compactMap(\.["id"].string)
            #expect(ids == ids.sorted())
            #expect(ids.contains { $0.contains("/resourceGroups/RG-ML/") })
            #expect(ids.contains { $0.contains("/resourceGroups/rg-ml/") })
            let mine = rows.first { $0["name"].string == "my-endpoint" }
            #expect(mine?["properties"]["authMode"].string == "Key")
        }
    }

    @Test func someEndpointsLackTheirURIOrTheirTraffic() async throws {
        try await Harness.run({ $0.endpointCount = 60 }) { harness in
            let query = "Resources | where type =~ 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints'"
            let rows = try await ask(harness, query, token: try await harness.token()).json["data"].items
            #expect(rows.count == 60)
            for key in ["scoringUri", "traffic"] {
                let lacking = rows.filter { $0["properties"][key].isNull }.count
                #expect(lacking > 2 && lacking < 30, "\(key)")
            }
            // Without a projection every column of the table is there.
            guard case .object(let columns) = rows[0] else { throw TestError() }
            #expect(
                Set(columns.map(\.key)) == [
                    "id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId",
                    "managedBy",
                    "sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation",
                ]
            )
        }
    }

    @Test func pagesFollowTheTokenToTheEnd() async throws {
        try await Harness.run({ $0.endpointCount = 50 }) { harness in
            let token = try await harness.token()
            let query = "resources | where type =~ '\(Self.endpointType)' | project id | order by id asc"
            var seen: [String] = []
            var options = #"{"$top":20}"#
            for expected in [20, 20, 10] {
                let page = try await ask(harness, query, options: options, token: token).json
                #expect(page["count"].int == expected)
                #expect(page["totalRecords"].int == 50)
                #expect(page["resultTruncated"].string == "false")
                seen += page["data"].items.compactMap(\.["id"].string)
                options = "{\"$top\":20,\"$skipToken\":\(page["$skipToken"].text)}"
                #expect(page["$skipToken"].isNull == (expected == 10))
            }
            #expect(Set(seen).count == 50)
            let skipped = try await ask(harness, query, options: #"{"$top":5,"$skip":48}"#, token: token).json
            #expect(skipped["data"].items.compactMap(\.["id"].string) == Array(seen.suffix(2)))
            let first = try await ask(harness, query, options: #"{"$top":1}"#, token: token).json["$skipToken"].text
            let other = try await ask(harness, Self.both, options: "{\"$skipToken\":\(first)}", token: token)
            #expect(other.status == 400)
        }
    }

    @Test func withoutTheIDThereIsNoNextPage() async throws {
        try await Harness.run { harness in
            let query = "resources | project name"
            let page = try await ask(harness, query, options: #"{"$top":3}"#, token: try await harness.token()).json
            #expect(page["count"].int == 3)
            #expect(page["resultTruncated"].string == "true")
            #expect(page["$skipToken"].isNull)
        }
    }

    @Test func countsAndTablesAreGiven() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let counts = try await ask(
                harness,
                "resources | where type =~ '\(Self.endpointType)' | summarize count() by tostring(properties.authMode), location",
                token: token
            ).json["data"].items
            #expect(counts.allSatisfy { $0["location"].string == "koreacentral" })
            let byMode = Dictionary(
                uniqueKeysWithValues: counts.map { ($0["properties_authMode"].string, $0["count_"].int) }
            )
            let world = try WorldTests.world()
            for mode in ["Key", "AADToken", "AMLToken"] {
                #expect(byMode[mode] == world.endpoints.filter { $0.specification.authMode == mode }.count)
            }
            let table = try await ask(
                harness,
                "resources | where tags['팀'] == '가격' and resourceGroup =~ 'RG-ml' | project name, tags, n = toint(3)",
                options: #"{"resultFormat":"table"}"#,
                token: token
            ).json["data"]
            #expect(table["columns"].items.map(\.["type"].string) == ["string", "object", "integer"])
            #expect(table["rows"].text == #"[["pricing-kr",{"owner":"pricing","팀":"가격"},3]]"#)
        }
    }

    @Test func aRowIsAsTheResourceWasSomeSecondsAgo() async throws {
        try await Harness.run({ $0.scenario = "rollout" }) { harness in
            let token = try await harness.token()
            let query = "resources | where name =~ 'fraud-scoring' | project state = properties.provisioningState"
            func state() async throws -> String? {
                try await ask(harness, query, token: token).json["data"][0]["state"].string
            }
            let world = try WorldTests.world { $0.scenario = "rollout" }
            let endpoint = try #require(world.endpoint(named: "fraud-scoring"))
            let lag = Double(GraphResource.lagTicks(salt: endpoint.salt)) / 10_000_000
            #expect((5...60).contains(lag))
            harness.clock.advance(seconds: 31)
            let live = try await harness.manage("\(harness.workspace)/onlineEndpoints/fraud-scoring", token: token)
            #expect(live.json["properties"]["provisioningState"].string == "Updating")
            #expect(try await state() == "Succeeded")
            harness.clock.advance(seconds: lag)
            #expect(try await state() == "Updating")
            harness.clock.advance(seconds: 12)
            #expect(try await state() == "Succeeded")
        }
    }

    @Test func lagsDiffer() throws {
        let lags = try WorldTests.world { $0.endpointCount = 200 }.endpoints.map {
            GraphResource.lagTicks(salt: $0.salt)
        }
        #expect(Set(lags).count > 30)
        #expect(lags.allSatisfy { $0 >= 50_000_000 && $0 <= 600_000_000 })
    }

    @Test func fifteenQueriesInFiveSecondsAndNoMore() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let query = "resources | project id | limit 1"
            for left in (0..<15).reversed() {
                let answer = try await ask(harness, query, token: token)
                #expect(answer.status == 200)
                #expect(answer.headers.first(name: "x-ms-user-quota-remaining") == String(left))
                #expect(answer.headers.first(name: "x-ms-user-quota-resets-after") == "00:00:05")
            }
            harness.clock.advance(seconds: 2)
            let refused = try await ask(harness, query, token: token)
            #expect(refused.status == 429)
            #expect(refused.code == "RateLimiting")
            #expect(refused.headers.first(name: "Retry-After") == "3")
            #expect(refused.headers.first(name: "x-ms-user-quota-remaining") == "0")
            // None of this was taken out of the subscription's buckets.
            let read = try await harness.manage(harness.workspace, token: token)
            #expect(read.headers.first(name: "x-ms-ratelimit-remaining-subscription-reads") == "249")
            harness.clock.advance(seconds: 3)
            #expect(try await ask(harness, query, token: token).status == 200)
            let key = "arm POST /providers/microsoft.resourcegraph/resources"
            #expect(harness.simulator.requestCounts[key] == 17)
        }
    }

    @Test(arguments: [
        ("resources | where", "ParserFailure"), ("resources | mv-expand x", "ParserFailure"),
        ("resources | join (x)", "ParserFailure"), ("", "InvalidRequest"),
        ("resources | project nonsense", "SEM0100"), ("virtualmachines | project id", "SEM0100"),
        ("resources | summarize count() by properties", "SEM0064"), ("resources | where name.x == 1", "SEM0078"),
    ])
    func whatCannotBeReadIsRefusedWithoutRows(query: String, code: String) async throws {
        try await Harness.run { harness in
            let answer = try await ask(harness, query, token: try await harness.token())
            #expect(answer.status == 400)
            #expect(answer.code == "BadRequest")
            #expect(answer.json["error"]["message"].string?.hasPrefix("Please provide below info") == true)
            #expect(answer.json["error"]["details"].items.contains { $0["code"].string == code })
            #expect(answer.json["data"].isNull)
        }
    }

    @Test func strangersAndStrangeOptionsAreRefused() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let other = try await ask(
                harness,
                Self.both,
                subscriptions: "11111111-1111-4111-8111-111111111111",
                token: token
            )
            #expect(other.status == 403)
            #expect(other.code == "AccessDenied")
            for options in [#"{"$top":0}"#, #"{"$top":1001}"#, #"{"resultFormat":"csv"}"#, #"{"$skipToken":"?"}"#] {
                #expect(try await ask(harness, Self.both, options: options, token: token).status == 400)
            }
            #expect(try await ask(harness, Self.both, token: "nonsense").status == 401)
            let got = try await harness.manage("/providers/Microsoft.ResourceGraph/resources", token: token)
            #expect(got.status == 405)
        }
    }

    private struct TestError: Error {}
}
