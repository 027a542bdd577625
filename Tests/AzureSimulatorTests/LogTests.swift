import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct LogTests {
    /// A query with a good token.
    static func query(
        _ harness: Harness,
        _ text: String,
        timespan: String? = nil,
        workspace: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        let url = try await harness.logsURL
        let token = try await harness.token(url)
        let body: JSON = ["query": .string(text), "timespan": .optional(timespan)]
        return try await harness.send(
            .POST,
            "\(url)/v1/workspaces/\(try await customer(harness, workspace))/query",
            headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")] + headers,
            body: body.text
        )
    }

    private static func customer(_ harness: Harness, _ given: String?) async throws -> String {
        if let given { return given }
        let token = try await harness.token()
        let settings = try await harness.manage(
            "\(harness.workspace)/onlineEndpoints/my-endpoint/providers/Microsoft.Insights/diagnosticSettings",
            token: token
        )
        let id = settings.json["value"][0]["properties"]["workspaceId"].string ?? ""
        return try await harness.manage(id, token: token).json["properties"]["customerId"].string ?? ""
    }

    @Test func theTableHasTheColumnsAndTypesOfItsReference() async throws {
        try await Harness.run { harness in
            let answer = try await Self.query(
                harness,
                "AmlOnlineEndpointTrafficLog | top 1 by TimeGenerated",
                timespan: "PT1H"
            )
            #expect(answer.status == 200)
            let table = answer.json["tables"][0]
            let types = Dictionary(
                table["columns"].items.map { ($0["name"].string ?? "", $0["type"].string ?? "") },
                uniquingKeysWith: { first, _ in first }
            )
            #expect(table["name"].string == "PrimaryResult")
            #expect(types["TimeGenerated"] == "datetime")
            #expect(types["ResponseCode"] == "int")
            #expect(types["_BilledSize"] == "real")
            let texts = [
                "Method", "Path", "Protocol", "ResponseCodeReason", "ModelStatusReason", "UserAgent", "XRequestId",
                "XMSClientRequestId", "EndpointName", "DeploymentName", "AuthType", "IdentityData", "Location",
                "AzureMLWorkspaceId", "AzureMLWorkspaceName", "TenantId", "_ResourceId", "_SubscriptionId",
                "OperationName",
                "SourceSystem", "Type", "_IsBillable",
            ]
            for name in texts { #expect(types[name] == "string", "\(name)") }
            let numbers = [
                "ModelStatusCode", "RequestPayloadSize", "ResponsePayloadSize", "TotalDurationMs", "RequestDurationMs",
                "ResponseDurationMs", "RequestThrottlingDelayMs", "ResponseThrottlingDelayMs",
            ]
            for name in numbers { #expect(types[name] == "int", "\(name)") }
            #expect(table["rows"][0].items.count == types.count)
        }
    }

    @Test func rowsArriveMinutesAfterTheirRequest() async throws {
        try await Harness.run { harness in
            let text =
                "AmlOnlineEndpointTrafficLog | where TimeGenerated <= datetime(2026-11-24T05:30:00Z) | summarize count(), max(TimeGenerated)"
            let before = try await Self.query(harness, text, timespan: "2026-11-24T05:00:00Z/P1D").json["tables"][0][
                "rows"
            ][0]
            let newest = CivilTime.ticks(iso: before[1].string ?? "") ?? 0
            #expect(harness.clock.ticks - newest >= 150 * CivilTime.ticksPerSecond)
            harness.clock.advance(seconds: 900)
            let later = try await Self.query(harness, text, timespan: "2026-11-24T05:00:00Z/P1D").json["tables"][0][
                "rows"
            ][0]
            #expect((later[0].int ?? 0) > (before[0].int ?? 0))
            let all = CivilTime.ticks(iso: later[1].string ?? "") ?? 0
            #expect(all > newest)
        }
    }

    @Test func onlyEndpointsThatLogHaveRows() async throws {
        try await Harness.run { harness in
            let text = "AmlOnlineEndpointTrafficLog | where TimeGenerated > ago(1d) | distinct EndpointName"
            let rows = try await Self.query(harness, text).json["tables"][0]["rows"].items.compactMap { $0[0].string }
            #expect(
                Set(rows).isSuperset(of: ["fraud-scoring", "my-endpoint", "llm-gateway", "demand-forecast", "edge-k8s"])
            )
            #expect(!rows.contains("kyc-ocr"))
            #expect(!rows.contains("vision-batch"))
            let token = try await harness.token()
            let settings = try await harness.manage(
                "\(harness.workspace)/onlineEndpoints/kyc-ocr/providers/Microsoft.Insights/diagnosticSettings",
                token: token
            )
            #expect(settings.status == 200)
            #expect(settings.json["value"].items.isEmpty)
        }
    }

    @Test func identityIsKnownForEntraTokensOnly() async throws {
        try await Harness.run { harness in
            let text =
                "AmlOnlineEndpointTrafficLog | where ResponseCode == 200 "
                + "| summarize known = countif(isnotempty(IdentityData)), all = count() by AuthType"
            let rows = try await Self.query(harness, text, timespan: "PT1H").json["tables"][0]["rows"].items
            for row in rows {
                #expect(row[1].int == (row[0].string == "AADToken" ? row[2].int : 0))
            }
            #expect(Set(rows.compactMap { $0[0].string }) == ["Key", "AMLToken", "AADToken"])
        }
    }

    @Test func errorsAreNestedAsTheServiceNestsThem() async throws {
        try await Harness.run { harness in
            let syntax = try await Self.query(harness, "AmlOnlineEndpointTrafficLog\n| frobnicate")
            #expect(syntax.status == 400)
            #expect(syntax.code == "BadArgumentError")
            let inner = syntax.json["error"]["innererror"]
            #expect(inner["code"].string == "SyntaxError")
            #expect(inner["innererror"]["code"].string == "SYN0002")
            #expect(inner["innererror"]["line"].int == 2)
            #expect(inner["innererror"]["pos"].int == 2)
            #expect(inner["innererror"]["token"].string == "frobnicate")
            for table in ["AmlOnlineEndpointTrafficLogs", "AmlOnlineEndpointConsoleLog"] {
                let semantic = try await Self.query(harness, "\(table) | take 1")
                #expect(semantic.status == 400)
                #expect(semantic.json["error"]["innererror"]["code"].string == "SemanticError")
                #expect(
                    semantic.json["error"]["innererror"]["innererror"]["message"].string?.contains("'\(table)'") == true
                )
            }
        }
    }

    @Test func aTokenThatIsNoGoodIsForbiddenHere() async throws {
        try await Harness.run { harness in
            let url = try await harness.logsURL
            func status(_ token: String?) async throws -> (Int, String?) {
                let answer = try await harness.send(
                    .POST,
                    "\(url)/v1/workspaces/x/query",
                    headers: [("Content-Type", "application/json")]
                        + (token.map { [("Authorization", "Bearer \($0)")] } ?? []),
                    body: "{\"query\":\"T\"}"
                )
                return (answer.status, answer.code)
            }
            let missing = try await status(nil)
            #expect(missing.0 == 401 && missing.1 == "AuthenticationFailed")
            let management = try await status(try await harness.token())
            #expect(management.0 == 403 && management.1 == "InvalidAuthenticationTokenAudience")
            let own = try await harness.token(url)
            let unknown = try await status(own)
            #expect(unknown.0 == 404 && unknown.1 == "WorkspaceNotFoundError")
            harness.clock.advance(seconds: 4_000)
            let stale = try await status(own)
            #expect(stale.0 == 403 && stale.1 == "InvalidAuthenticationToken")
        }
    }

    @Test func aBodyThatIsNoJSONIsAnsweredWithNothing() async throws {
        try await Harness.run { harness in
            let url = try await harness.logsURL
            let token = try await harness.token(url)
            let customer = try await Self.customer(harness, nil)
            let answer = try await harness.send(
                .POST,
                "\(url)/v1/workspaces/\(customer)/query",
                headers: [("Authorization", "Bearer \(token)")],
                body: "query=1"
            )
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
        }
    }

    @Test func statisticsComeOnlyWhenPreferred() async throws {
        try await Harness.run { harness in
            let text = "AmlOnlineEndpointTrafficLog | take 1"
            let plain = try await Self.query(harness, text, timespan: "PT1H")
            #expect(plain.json["statistics"].isNull)
            let more = try await Self.query(
                harness,
                text,
                timespan: "PT1H",
                headers: [("Prefer", "wait=30,include-statistics=true")]
            )
            #expect(more.json["statistics"]["query"]["executionTime"].double != nil)
        }
    }

    @Test func aQueryOfOneResourceSeesThatResourceOnly() async throws {
        try await Harness.run { harness in
            let url = try await harness.logsURL
            let token = try await harness.token(url)
            let query = Harness.escaped("AmlOnlineEndpointTrafficLog | distinct EndpointName")
            let answer = try await harness.send(
                .GET,
                "\(url)/v1\(harness.workspace)/onlineEndpoints/My-Endpoint/query?query=\(query)&timespan=PT2H",
                headers: [("Authorization", "Bearer \(token)")]
            )
            #expect(answer.json["tables"][0]["rows"].items.compactMap { $0[0].string } == ["my-endpoint"])
        }
    }
}
