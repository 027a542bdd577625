import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ScenarioTests {
    @Test(arguments: SimulatorOptions.scenarios) func everyListedScenarioMakesAWorld(name: String) throws {
        let world = try WorldTests.world { $0.scenario = name }
        #expect(world.endpoints.count >= 8)
        #expect(world.endpoints.contains { $0.name == "my-endpoint" })
        for endpoint in world.endpoints {
            for split in endpoint.splits {
                #expect([0, 100].contains(split.shares.reduce(0, +)), "\(name) \(endpoint.name)")
                #expect(split.mirrored.reduce(0, +) <= 50)
                for (share, mirrored) in zip(split.shares, split.mirrored) { #expect(share == 0 || mirrored == 0) }
            }
            for deployment in endpoint.deployments {
                for spell in deployment.spells { #expect((spell.outcomes.last?.upTo ?? 0) < 1) }
                for wanted in deployment.specification.errors ?? [:] { #expect(Outcome(rawValue: wanted.key) != nil) }
                for spell in deployment.specification.spells ?? [] {
                    for wanted in spell.errors { #expect(Outcome(rawValue: wanted.key) != nil) }
                }
            }
        }
    }

    @Test func anOverlayChangesWhatItNamesAndKeepsTheRest() throws {
        let below = try #require(
            JSON.decode(
                JSON.self,
                from: Array(#"{"a":1,"list":[{"name":"x","v":1,"w":2},{"name":"y"}],"gone":3}"#.utf8)
            )
        )
        let above = try #require(
            JSON.decode(JSON.self, from: Array(#"{"gone":null,"list":[{"name":"x","v":5},{"name":"z"}],"b":[1]}"#.utf8))
        )
        #expect(
            below.overlaid(with: above).text
                == #"{"a":1,"list":[{"name":"x","v":5,"w":2},{"name":"y"},{"name":"z"}],"b":[1]}"#
        )
    }

    /// The share of requests that end as a failure of the service, between two moments after the start.
    private func failures(_ world: World, _ name: String, _ seconds: Range<Int64>) throws -> Double {
        let endpoint = try #require(world.endpoint(named: name))
        let last = TrafficModel.minute(of: world.bornTicks)
        var rows: [TrafficRow] = []
        for minute in Int64(0)...20 { TrafficSource(world: world).append(endpoint, minute: last + minute, to: &rows) }
        rows.removeAll { !seconds.contains(($0.ticks - world.bornTicks) / CivilTime.ticksPerSecond) }
        #expect(rows.count > 20)
        let failed = rows.filter {
            $0.outcome.responseCode >= 500 || [424, 408, 429].contains($0.outcome.responseCode)
        }
        return Double(failed.count) / Double(rows.count)
    }

    @Test func theIncidentStartsAMinuteAfterTheStartAndHealsInPart() throws {
        let world = try WorldTests.world { $0.scenario = "incident" }
        for name in ["recsys-home", "fraud-scoring"] {
            #expect(try failures(world, name, 0..<60) < 0.05)
            #expect(try failures(world, name, 60..<600) > 0.3)
        }
        let later = try failures(world, "recsys-home", 600..<1_200)
        #expect(later > 0.01 && later < 0.12)
        #expect(try failures(world, "fraud-scoring", 800..<1_200) < 0.05)
        let steady = try WorldTests.world()
        #expect(try failures(steady, "recsys-home", 60..<600) < 0.05)
    }

    @Test func scoringFailsDuringTheIncident() async throws {
        try await Harness.run({ $0.scenario = "incident" }) { harness in
            let token = try await harness.token("https://ml.azure.com")
            let arm = try await harness.token()
            let endpoint = try await harness.manage("\(harness.workspace)/onlineEndpoints/recsys-home", token: arm)
            let uri = try #require(endpoint.json["properties"]["scoringUri"].string)
            func statuses() async throws -> [Int] {
                var statuses: [Int] = []
                for _ in 0..<40 {
                    let headers = [("Authorization", "Bearer \(token)")]
                    statuses.append(try await harness.send(.POST, uri, headers: headers, body: "[1]").status)
                }
                return statuses
            }
            #expect(try await statuses().allSatisfy { $0 == 200 })
            harness.clock.advance(seconds: 90)
            let during = try await statuses()
            // 34 % of 40 fail; that none does, or all, happens less than once in a million runs.
            #expect(during.contains(500))
            #expect(during.contains(200))
        }
    }

    @Test func aRolloutMovesTheTrafficAndSaysSoInThePath() async throws {
        try await Harness.run({ $0.scenario = "rollout" }) { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/fraud-scoring"
            func properties() async throws -> JSON {
                try await harness.manage(path, token: token).json["properties"]
            }
            func modified() async throws -> String? {
                try await harness.manage(path, token: token).json["systemData"]["lastModifiedAt"].string
            }
            #expect(try await properties()["traffic"].text == #"{"blue":100}"#)
            #expect(try await properties()["mirrorTraffic"].text == "{}")
            let before = try await modified()
            harness.clock.advance(seconds: 31)
            #expect(try await properties()["mirrorTraffic"].text == #"{"green":10}"#)
            #expect(try await properties()["provisioningState"].string == "Updating")
            #expect(try await modified() != before)
            harness.clock.advance(seconds: 40)
            #expect(try await properties()["provisioningState"].string == "Succeeded")
            harness.clock.advance(seconds: 20)
            #expect(try await properties()["traffic"].text == #"{"blue":90,"green":10}"#)
            harness.clock.advance(seconds: 400)
            #expect(try await properties()["traffic"].text == #"{"green":100}"#)
            #expect(try await properties()["mirrorTraffic"].text == "{}")
        }
    }

    @Test func ofTwoDeploymentsBeingCreatedOneFails() async throws {
        try await Harness.run({ $0.scenario = "rollout" }) { harness in
            let token = try await harness.token()
            func deployment(_ path: String) async throws -> JSON {
                try await harness.manage("\(harness.workspace)/onlineEndpoints/\(path)", token: token).json
            }
            let (good, bad) = ("pricing-kr/deployments/v13", "doc-embed/deployments/e5-xl")
            for path in [good, bad] {
                #expect(try await deployment(path)["properties"]["provisioningState"].string == "Creating")
            }
            #expect(try await deployment(good)["systemData"]["createdAt"].string?.hasPrefix("2026-11-24T05:29") == true)
            harness.clock.advance(seconds: 200)
            #expect(try await deployment(good)["properties"]["provisioningState"].string == "Succeeded")
            let failed = try await deployment(bad)["properties"]
            #expect(failed["provisioningState"].string == "Failed")
            let status = try await harness.manage(
                failed["properties"]["AzureAsyncOperationUri"].string ?? "",
                token: token
            )
            #expect(status.json["error"]["code"].string == "ResourceNotReady")
        }
    }

    @Test func expiringTokensLiveShort() async throws {
        try await Harness.run({ $0.scenario = "expiry" }) { harness in
            let answer = try await harness.signIn(harness.form("https://management.azure.com/")).json
            #expect(answer["expires_in"].int == 90)
            let token = try #require(answer["access_token"].string)
            let path = "\(harness.workspace)/onlineEndpoints/llm-gateway/token"
            let own = try await harness.manage(path, token: token, method: .POST).json
            let now = Int(harness.clock.now.timeIntervalSince1970)
            #expect(own["expiryTimeUtc"].int == now + 120)
            #expect(own["refreshAfterTimeUtc"].int == now + 60)
            harness.clock.advance(seconds: 91)
            let late = try await harness.manage(harness.workspace, token: token)
            #expect(late.status == 401)
            #expect(late.code == "ExpiredAuthenticationToken")
        }
        #expect(
            try WorldTests.world {
                $0.scenario = "expiry"; $0.tokenSeconds = 500
            }.tokenSeconds == 500
        )
    }

    @Test func smallBucketsRunDryAndSayForHowLong() async throws {
        try await Harness.run({ $0.scenario = "throttled" }) { harness in
            let token = try await harness.token()
            for _ in 0..<12 { #expect(try await harness.manage(harness.workspace, token: token).status == 200) }
            let answer = try await harness.manage(harness.workspace, token: token)
            #expect(answer.status == 429)
            #expect(answer.code == "SubscriptionRequestsThrottled")
            #expect(answer.headers.first(name: "Retry-After") == "2")
            harness.clock.advance(seconds: 2)
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
        }
    }

    @Test func afterAMinuteNobodyIsSignedIn() async throws {
        try await Harness.run({ $0.scenario = "signed-out" }) { harness in
            let token = try await harness.token()
            let logs = try await harness.logsURL
            let reading = try await harness.token(logs)
            harness.clock.advance(seconds: 59)
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
            harness.clock.advance(seconds: 1)
            let refused = try await harness.signIn(harness.form("https://management.azure.com/"))
            #expect(refused.status == 401)
            #expect(refused.json["error"].string == "invalid_client")
            #expect(refused.json["error_codes"][0].int == 7_000_222)
            let answer = try await harness.manage(harness.workspace, token: token)
            #expect(answer.status == 401)
            #expect(answer.code == "InvalidAuthenticationToken")
            #expect(answer.headers.first(name: "WWW-Authenticate")?.contains("invalid_token") == true)
            let headers = [("Authorization", "Bearer \(reading)"), ("Content-Type", "application/json")]
            let query = try await harness.send(.POST, "\(logs)/v1/workspaces/x/query", headers: headers, body: "{}")
            #expect(query.status == 403)
        }
    }

    @Test func theFleetHasAThousandEndpointsWithTwoDeploymentsEach() throws {
        let world = try WorldTests.world { $0.scenario = "fleet" }
        #expect(world.endpoints.count == 1_000)
        #expect(world.endpoints.allSatisfy { $0.deployments.count == 2 })
        #expect(world.endpoints.allSatisfy { Set($0.deployments.map(\.name)).count == 2 })
        let small = try WorldTests.world {
            $0.scenario = "fleet"
            $0.endpointCount = 20
            $0.deploymentsPerEndpoint = 3
        }
        #expect(small.endpoints.map(\.deployments.count) == Array(repeating: 3, count: 20))
        let single = try WorldTests.world { $0.deploymentsPerEndpoint = 1 }
        let shares = single.endpoints.map { $0.splits[0].shares }
        #expect(shares.allSatisfy { $0 == [100] || $0 == [0] })
    }
}
