import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// Faults that change the world a request meets rather than its answer.
@Suite struct ConditionTests {
    @Test(arguments: [
        ("revoke-tokens", "InvalidAuthenticationToken"), ("expire-tokens", "ExpiredAuthenticationToken"),
    ])
    func tokensIssuedSoFarAreRefusedAndNewOnesAreNot(kind: String, code: String) async throws {
        try await Harness.run { harness in
            let old = try await harness.token()
            #expect(try await harness.order("{\"kind\":\"\(kind)\"}").status == 201)
            for _ in 0..<2 {
                let answer = try await harness.manage(harness.workspace, token: old)
                #expect(answer.status == 401)
                #expect(answer.code == code)
            }
            // Within the same second: the clock has not moved.
            let new = try await harness.token()
            #expect(try await harness.manage(harness.workspace, token: new).status == 200)
            #expect(try await harness.manage(harness.workspace, token: old).status == 401)
        }
    }

    @Test func revocationReachesTheTokensOfEndpoints() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/pricing-kr"
            let uri = try await harness.manage(path, token: token).json["properties"]["scoringUri"].string ?? ""
            let own = try await harness.manage(path + "/token", token: token, method: .POST).json["accessToken"].string
            let headers = [("Authorization", "Bearer \(own ?? "")")]
            #expect(try await harness.send(.POST, uri, headers: headers, body: "[1]").status == 200)
            _ = try await harness.order(#"{"kind":"revoke-tokens"}"#, path: "score")
            let refused = try await harness.send(.POST, uri, headers: headers, body: "[1]")
            #expect(refused.status == 401)
            #expect(refused.text == "token_auth_access_denied")
        }
    }

    @Test func aStuckOperationNeverEndsUntilTheFaultIsCleared() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/churn"
            _ = try await harness.order(#"{"kind":"stuck-operation"}"#, count: 0)
            let before = try await harness.manage(path, token: token).json["properties"]
            #expect(before["provisioningState"].string == "Updating")
            let uri = before["properties"]["AzureAsyncOperationUri"].string ?? ""
            // Past the round's end, its rest, and into what would have been the next round.
            for seconds in [190.0, 400, 500] {
                harness.clock.advance(seconds: seconds)
                let status = try await harness.manage(uri, token: token)
                #expect(status.json["status"].string == "InProgress")
                #expect(status.headers.first(name: "Retry-After") == "5")
                #expect((status.json["percentComplete"].double ?? 100) < 100)
                let now = try await harness.manage(path, token: token).json["properties"]
                #expect(now["provisioningState"].string == "Updating")
                #expect(now["properties"]["AzureAsyncOperationUri"].string == uri)
            }
            let steady = try await harness.manage("\(harness.workspace)/onlineEndpoints/my-endpoint", token: token)
            #expect(steady.json["properties"]["provisioningState"].string == "Succeeded")
            #expect(try await harness.send(.DELETE, "\(harness.arm)/_simulator/faults").status == 204)
            harness.clock.advance(seconds: 60)
            let after = try await harness.manage(path, token: token).json["properties"]
            #expect(after["properties"]["AzureAsyncOperationUri"].string != uri)
        }
    }

    @Test func anOperationFailsWithTheCodeThatWasOrdered() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/churn"
            let uri = try await harness.manage(path, token: token).json["properties"]["properties"][
                "AzureAsyncOperationUri"
            ].string
            harness.clock.advance(seconds: 20)
            let fault = #"{"kind":"fail-operation","code":"ImageBuildFailure","message":"no space left"}"#
            _ = try await harness.order(fault, count: 0)
            let status = try await harness.manage(uri ?? "", token: token).json
            #expect(status["status"].string == "Failed")
            #expect(status["error"]["code"].string == "ImageBuildFailure")
            #expect(status["error"]["message"].string == "no space left")
            #expect(status["endTime"].string?.hasPrefix("2026-11-24T05:30:20") == true)
            let endpoint = try await harness.manage(path, token: token).json
            #expect(endpoint["properties"]["provisioningState"].string == "Failed")
            let steady = try await harness.manage("\(harness.workspace)/onlineEndpoints/my-endpoint", token: token)
            #expect(steady.json["properties"]["provisioningState"].string == "Succeeded")
        }
    }

    @Test func aSkewedClockDatesAnswersAndTokens() async throws {
        try await Harness.run { harness in
            _ = try await harness.order(#"{"kind":"clock-skew","seconds":3600}"#, count: 0)
            let answer = try await harness.signIn(harness.form("https://management.azure.com/"))
            #expect(answer.headers.first(name: "Date") == "Tue, 24 Nov 2026 06:30:00 GMT")
            let token = answer.json["access_token"].string ?? ""
            let claims = await harness.simulator.claims(of: token)
            #expect(claims?.exp == Int(harness.clock.now.timeIntervalSince1970) + 3_600 + 3_599)
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
            _ = try await harness.send(.DELETE, "\(harness.arm)/_simulator/faults")
            let right = try await harness.token()
            _ = try await harness.order(#"{"kind":"clock-skew","seconds":7200}"#, path: "workspaces", count: 1)
            let late = try await harness.manage(harness.workspace, token: right)
            #expect(late.code == "ExpiredAuthenticationToken")
            #expect(late.headers.first(name: "Date") == "Tue, 24 Nov 2026 07:30:00 GMT")
        }
    }

    @Test func conditionsAndTroublesMeetTheSameRequest() async throws {
        try await Harness.run { harness in
            let url = "\(harness.arm)/metadata/endpoints"
            _ = try await harness.order(#"{"kind":"clock-skew","seconds":-60}"#, count: 2)
            _ = try await harness.order(#"{"kind":"status","status":503}"#)
            let first = try await harness.send(.GET, url)
            #expect(first.status == 503)
            #expect(first.headers.first(name: "Date") == "Tue, 24 Nov 2026 05:29:00 GMT")
            let second = try await harness.send(.GET, url)
            #expect(second.status == 200)
            #expect(second.headers.first(name: "Date") == "Tue, 24 Nov 2026 05:29:00 GMT")
            let third = try await harness.send(.GET, url)
            #expect(third.headers.first(name: "Date") == "Tue, 24 Nov 2026 05:30:00 GMT")
        }
    }

    @Test(arguments: [
        (#"{"kind":"fail-operation"}"#, "fault.code"), (#"{"kind":"clock-skew"}"#, "fault.seconds"),
    ])
    func aConditionThatSaysTooLittleIsRefused(fault: String, part: String) async throws {
        try await Harness.run { harness in
            let answer = try await harness.order(fault)
            #expect(answer.status == 400)
            #expect(answer.json["error"]["message"].string?.contains(part) == true)
        }
    }
}
