import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// What the log and the metrics say of requests that were really made.
@Suite struct ServedRequestTests {
    /// The row of one request, its columns by name; nothing where there is none.
    private static func row(_ harness: Harness, _ requestID: String) async throws -> JSON {
        let answer = try await LogTests.query(
            harness,
            "AmlOnlineEndpointTrafficLog | where TimeGenerated > ago(1h) | where XRequestId == '\(requestID)'"
        )
        let table = answer.json["tables"][0]
        #expect(table["rows"].items.count <= 1)
        guard !table["rows"].items.isEmpty else { return .null }
        return .object(
            zip(table["columns"].items, table["rows"][0].items).map { ($0["name"].string ?? "", $1) }
        )
    }

    private static let delaySeconds = Double(ServedRequests.ingestionTicks / CivilTime.ticksPerSecond)

    @Test func aRequestBecomesARowSecondsAfterIt() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let startedAt = harness.clock.now
            let agent = String(repeating: "agent/1.0 ", count: 9)
            let body = #"{"data":[[1,2]],"simulate":{"delay_ms":250}}"#
            let answer = try await harness.score(
                uri,
                key,
                headers: [
                    ("User-Agent", agent), ("x-ms-client-request-id", "form-1"), ("azureml-model-deployment", "blue"),
                ],
                body: body
            )
            let id = answer[header: "x-request-id"] ?? ""
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: Self.delaySeconds - 0.1)
            #expect(try await Self.row(harness, id).isNull)
            harness.clock.advance(seconds: 0.1)
            let row = try await Self.row(harness, id)
            #expect(CivilTime.ticks(iso: row["TimeGenerated"].string ?? "") == startedAt.ticks)
            #expect(row["Method"].string == "POST")
            #expect(row["Path"].string == "/score")
            #expect(row["Protocol"].string == "HTTP/1.1")
            #expect(row["ResponseCode"].int == 200)
            #expect(row["ResponseCodeReason"].string == "OK")
            #expect(row["ModelStatusCode"].int == 200)
            #expect(row["ModelStatusReason"].string == "OK")
            #expect(row["RequestPayloadSize"].int == body.utf8.count)
            #expect(row["ResponsePayloadSize"].int == answer.body.count)
            #expect(row["UserAgent"].string == String(agent.prefix(70)))
            #expect(row["XMSClientRequestId"].string == "form-1")
            #expect(row["TotalDurationMs"].int == 250)
            #expect(row["RequestDurationMs"].int == 0)
            #expect(row["ResponseDurationMs"].int == 250)
            #expect(row["RequestThrottlingDelayMs"].int == 0)
            #expect(row["ResponseThrottlingDelayMs"].int == 0)
            #expect(row["EndpointName"].string == "my-endpoint")
            #expect(row["DeploymentName"].string == "blue")
            #expect(row["AuthType"].string == "Key")
            #expect(row["IdentityData"].string == "")
            #expect(row["_ResourceId"].string?.hasSuffix("/onlineendpoints/my-endpoint") == true)
        }
    }

    @Test(
        arguments: [
            ("401", "pricing-kr", "nonsense", "{}", 401, nil, "token_auth_access_denied", ""),
            ("404", "vision-batch", nil, "{}", 404, nil, "no_deployment", ""),
            (
                "408", "my-endpoint", nil, #"{"data":[1],"simulate":{"delay_ms":9000}}"#, 408, nil,
                "upstream request timeout", "blue"
            ),
            ("424", "my-endpoint", nil, #"{"x":1}"#, 424, 400, "model_error", "blue"),
            (
                "429", "my-endpoint", nil, #"{"simulate":{"front_door":429}}"#, 429, nil, "too_many_pending_request",
                "blue"
            ),
            ("500", "my-endpoint", nil, #"{"simulate":{"front_door":500}}"#, 500, nil, "internal_server_error", "blue"),
            ("502", "edge-k8s", nil, #"{"simulate":{"raise":"x"}}"#, 502, nil, "bad_gateway", "shelf-v3"),
        ] as [(String, String, String?, String, Int, Int?, String, String)]
    )
    func aRowSaysHowItEnded(
        name: String,
        endpoint: String,
        wrong: String?,
        body: String,
        status: Int,
        model: Int?,
        reason: String,
        deployment: String
    ) async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door(endpoint)
            let answer = try await harness.score(uri, wrong ?? credential, body: body)
            #expect(answer.status == status)
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: Self.delaySeconds)
            let row = try await Self.row(harness, answer[header: "x-request-id"] ?? "")
            #expect(row["ResponseCode"].int == status)
            #expect(row["ResponseCodeReason"].string == reason)
            #expect(row["ModelStatusCode"].int == model)
            #expect(row["DeploymentName"].string == deployment)
            if status == 408 { #expect(row["TotalDurationMs"].int == 5_000) }
            if model == nil { #expect(row["ResponseDurationMs"].int == 0) }
        }
    }

    @Test func aMicrosoftEntraTokenLeavesItsObjectID() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("fraud-scoring")
            let claims = try #require(await harness.simulator.claims(of: token))
            let answer = try await harness.score(uri, token)
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: Self.delaySeconds)
            let row = try await Self.row(harness, answer[header: "x-request-id"] ?? "")
            #expect(row["AuthType"].string == "AADToken")
            #expect(row["IdentityData"].string == claims.oid)
        }
    }

    @Test func withoutADiagnosticSettingThereIsNoRow() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("kyc-ocr")
            let body = #"{"input_data":{"columns":["image"],"data":["AAAA"]}}"#
            let answer = try await harness.score(uri, token, body: body)
            #expect(answer.status == 200)
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: 60)
            #expect(try await Self.row(harness, answer[header: "x-request-id"] ?? "").isNull)
        }
    }

    @Test func theSchemaIsNoRow() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let url = uri.replacing("/score", with: "/swagger.json")
            let answer = try await harness.send(.GET, url, headers: [("Authorization", "Bearer \(key)")])
            harness.clock.advance(seconds: 60)
            #expect(try await Self.row(harness, answer[header: "x-request-id"] ?? "").isNull)
        }
    }

    @Test func requestsCountInTheMetricsOfEndpointAndDeployment() async throws {
        try await Harness.run { harness in
            // Nobody else calls this one.
            let (uri, key) = try await harness.door("vision-batch")
            for _ in 0..<3 {
                let answer = try await harness.score(uri, key, headers: [("azureml-model-deployment", "yolo")])
                #expect(answer.status == 200)
            }
            _ = try await harness.score(uri, "nonsense")
            try await harness.waitForLog(of: 4)
            harness.clock.advance(seconds: 180)
            let token = try await harness.token()
            func sum(_ path: String, _ filter: String) async throws -> Double {
                let query =
                    "metricnames=RequestsPerMinute&timespan=PT10M&interval=PT1M&aggregation=average&api-version=2024-02-01"
                let answer = try await harness.manage(
                    "\(harness.workspace)/onlineEndpoints/\(path)/providers/Microsoft.Insights/metrics?\(query)\(filter)",
                    token: token
                )
                let series = answer.json["value"][0]["timeseries"].items
                return series.flatMap { $0["data"].items.compactMap { $0["average"].double } }.reduce(0, +)
            }
            #expect(try await sum("vision-batch", "") == 4)
            let refused = Harness.escaped("statusCode eq '401'")
            #expect(try await sum("vision-batch", "&$filter=\(refused)") == 1)
            #expect(try await sum("vision-batch/deployments/yolo", "") == 3)
        }
    }

    @Test func theContainersLogHasItsLine() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("vision-batch")
            _ = try await harness.score(uri, key, headers: [("azureml-model-deployment", "yolo")])
            try await harness.waitForLog(of: 1)
            harness.clock.advance(seconds: 1)
            let answer = try await harness.manage(
                "\(harness.workspace)/onlineEndpoints/vision-batch/deployments/yolo/getLogs",
                token: try await harness.token(),
                method: .POST,
                body: #"{"containerType":"InferenceServer","tail":5}"#
            )
            #expect(answer.json["content"].string?.contains("azmlinfsrv - POST /score 200 ") == true)
        }
    }

    @Test(arguments: [("my-endpoint", "blue"), ("edge-k8s", "shelf-v3")])
    func whatAScriptRaisesIsInTheContainersLog(endpoint: String, deployment: String) async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door(endpoint)
            let body = #"{"data":[[1]],"simulate":{"raise":"KeyError: 'weekday'"}}"#
            // One of three instances is shown: that none of so many was asked of it happens once in thirty billion runs.
            for _ in 0..<60 { _ = try await harness.score(uri, key, body: body) }
            try await harness.waitForLog(of: 60)
            harness.clock.advance(seconds: 1)
            let answer = try await harness.manage(
                "\(harness.workspace)/onlineEndpoints/\(endpoint)/deployments/\(deployment)/getLogs",
                token: try await harness.token(),
                method: .POST,
                body: #"{"containerType":"InferenceServer","tail":100}"#
            )
            let content = answer.json["content"].string ?? ""
            #expect(content.contains("KeyError: 'weekday'\n"))
            #expect(content.contains("azmlinfsrv - POST /score 500 "))
        }
    }

    @Test func onlyTheNewestAreKept() {
        let served = ServedRequests(capacity: 10)
        for number in 0..<25 {
            let facts = ServedRequest.Facts(
                startTicks: Int64(number / 10) * TrafficModel.ticksPerMinute + Int64(number),
                method: "POST",
                path: "/score",
                requestID: "\(number)"
            )
            served.note(ServedRequest(facts), of: number % 2 == 0 ? "even" : "odd", endTicks: facts.startTicks)
        }
        #expect(served.count == 10)
        let kept = (0...2).flatMap { minute in
            ["even", "odd"].flatMap { served.rows(of: $0, minute: Int64(minute)).map(\.requestID) }
        }
        #expect(Set(kept) == Set((15..<25).map { "\($0)" }))
    }
}
