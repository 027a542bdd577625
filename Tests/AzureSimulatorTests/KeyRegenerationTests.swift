import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct KeyRegenerationTests {
    private struct Door {
        let harness: Harness
        let token: String
        let path: String
        let uri: String

        init(_ harness: Harness, _ name: String = "my-endpoint") async throws {
            self.harness = harness
            token = try await harness.token()
            path = "\(harness.workspace)/onlineEndpoints/\(name)"
            uri = try await harness.manage(path, token: token).json["properties"]["scoringUri"].string ?? ""
        }

        func regenerate(_ body: String) async throws -> Answer {
            try await harness.manage(path + "/regenerateKeys", token: token, method: .POST, body: body)
        }

        func keys() async throws -> (primary: String, secondary: String) {
            let json = try await harness.manage(path + "/listKeys", token: token, method: .POST).json
            return (json["primaryKey"].string ?? "", json["secondaryKey"].string ?? "")
        }

        func score(_ key: String) async throws -> Answer {
            try await harness.send(.POST, uri, headers: [("Authorization", "Bearer \(key)")], body: "[1]")
        }

        func get(_ url: String?) async throws -> Answer { try await harness.manage(url ?? "", token: token) }

        func state() async throws -> String? {
            try await harness.manage(path, token: token).json["properties"]["provisioningState"].string
        }
    }

    @Test(arguments: ["Primary", "secondary"])
    func aNewKeyIsMadeByAnOperationAndTheOtherStays(_ slot: String) async throws {
        try await Harness.run { harness in
            let door = try await Door(harness)
            let before = try await door.keys()
            let started = try await door.regenerate("{\"keyType\":\"\(slot)\"}")
            #expect(started.status == 202 && started.body.isEmpty)
            #expect(started.headers.first(name: "Retry-After") == "10")
            let location = started.headers.first(name: "Location")
            let status = started.headers.first(name: "Azure-AsyncOperation")
            #expect(try await door.keys() == before)
            #expect(try await door.state() == "Updating")
            let pending = try await door.get(location)
            #expect(pending.status == 202 && pending.headers.first(name: "Location") == location)
            let running = try await door.get(status)
            #expect(running.json["status"].string == "InProgress" && running.headers.first(name: "Retry-After") == "5")
            harness.clock.advance(seconds: 12)
            #expect(try await door.get(status).json["status"].string == "Succeeded")
            let done = try await door.get(location)
            #expect(done.status == 200 && done.body.isEmpty)
            #expect(try await door.state() == "Succeeded")
            let after = try await door.keys()
            let isPrimary = slot == "Primary"
            #expect(
                (after.primary != before.primary) == isPrimary && (after.secondary != before.secondary) == !isPrimary
            )
            let (old, new) =
                isPrimary ? (before.primary, after.primary) : (before.secondary, after.secondary)
            #expect(try await door.score(new).status == 200)
            let refused = try await door.score(old)
            #expect(refused.status == 401 && refused.text == "key_auth_access_denied")
            #expect(new.count >= 32)
        }
    }

    @Test func theResourceNamesTheOperationWhileItIsTheNewest() async throws {
        try await Harness.run { harness in
            let door = try await Door(harness)
            let status = try await door.regenerate(#"{"keyType":"Primary"}"#).headers.first(
                name: "Azure-AsyncOperation"
            )
            let resource = try await door.get(door.path).json["properties"]["properties"]
            #expect(resource["AzureAsyncOperationUri"].string == status)
        }
    }

    @Test func anotherOperationIsInTheWay() async throws {
        try await Harness.run { harness in
            let door = try await Door(harness)
            #expect(try await door.regenerate(#"{"keyType":"Primary"}"#).status == 202)
            let second = try await door.regenerate(#"{"keyType":"Secondary"}"#)
            #expect(second.status == 409)
            #expect(second.json["error"]["message"].string?.contains("Already running method") == true)
            harness.clock.advance(seconds: 12)
            #expect(try await door.regenerate(#"{"keyType":"Secondary"}"#).status == 202)
            // One whose deployments are being rolled out.
            let busy = try await Door(harness, "churn")
            #expect(try await busy.regenerate(#"{"keyType":"Primary"}"#).status == 409)
        }
    }

    @Test func oldKeysMayHoldForAWhile() async throws {
        try await Harness.run({ $0.keyGraceSeconds = 30 }) { harness in
            let door = try await Door(harness)
            let old = try await door.keys().primary
            _ = try await door.regenerate(#"{"keyType":"Primary"}"#)
            harness.clock.advance(seconds: 12)
            let new = try await door.keys().primary
            #expect(try await door.score(old).status == 200)
            #expect(try await door.score(new).status == 200)
            harness.clock.advance(seconds: 29)
            #expect(try await door.score(old).status == 200)
            harness.clock.advance(seconds: 1)
            #expect(try await door.score(old).status == 401)
            #expect(try await door.score(new).status == 200)
        }
    }

    @Test func aValueOfOnesOwnIsTakenUnlessItIsTheOneInForce() async throws {
        try await Harness.run({ $0.operationSeconds = 0 }) { harness in
            let door = try await Door(harness)
            let own = String(repeating: "k", count: 40)
            let started = try await door.regenerate("{\"keyType\":\"Primary\",\"keyValue\":\"\(own)\"}")
            #expect(started.status == 202 && started.headers.first(name: "Retry-After") == "0")
            #expect(try await door.keys().primary == own)
            harness.clock.advance(seconds: 1)
            _ = try await door.regenerate("{\"keyType\":\"Primary\",\"keyValue\":\"\(own)\"}")
            #expect(try await door.keys().primary != own)
        }
    }

    @Test(arguments: ["", "{}", #"{"keyType":"Tertiary"}"#, #"{"keyType":3}"#, #"{"keyType":"Primary","keyValue":""}"#])
    func whatIsNoOrderIsRefused(_ body: String) async throws {
        try await Harness.run { harness in
            let answer = try await Door(harness).regenerate(body)
            #expect(answer.status == 400 && answer.code == "UserError")
        }
    }

    @Test(arguments: ["fraud-scoring", "pricing-kr"])
    func anEndpointWithoutKeysRefuses(_ name: String) async throws {
        try await Harness.run { harness in
            let answer = try await Door(harness, name).regenerate(#"{"keyType":"Primary"}"#)
            #expect(answer.status == 400)
            #expect(answer.json["error"]["message"].string?.contains("auth mode") == true)
        }
    }

    @Test func aFailedOperationLeavesTheKeyAndStaysFailed() async throws {
        try await Harness.run { harness in
            let door = try await Door(harness)
            let before = try await door.keys()
            let status = try await door.regenerate(#"{"keyType":"Primary"}"#).headers.first(
                name: "Azure-AsyncOperation"
            )
            _ = try await harness.order(
                #"{"kind":"fail-operation","code":"Boom","message":"no"}"#,
                path: "mfeOperationsStatus"
            )
            harness.clock.advance(seconds: 2)
            let failed = try await door.get(status)
            #expect(failed.json["status"].string == "Failed" && failed.json["error"]["code"].string == "Boom")
            harness.clock.advance(seconds: 60)
            #expect(try await door.get(status).json["status"].string == "Failed")
            #expect(try await door.keys() == before)
            #expect(try await door.state() == "Succeeded")
        }
    }

    @Test func aStuckOperationHoldsTheKeyBackUntilTheFaultIsGone() async throws {
        try await Harness.run { harness in
            let door = try await Door(harness)
            let before = try await door.keys()
            _ = try await harness.order(#"{"kind":"stuck-operation"}"#, count: 0)
            let status = try await door.regenerate(#"{"keyType":"Primary"}"#).headers.first(
                name: "Azure-AsyncOperation"
            )
            harness.clock.advance(seconds: 600)
            #expect(try await door.get(status).json["status"].string == "InProgress")
            #expect(try await door.keys() == before)
            #expect(try await door.regenerate(#"{"keyType":"Primary"}"#).status == 409)
            _ = try await harness.send(.DELETE, "\(harness.arm)/_simulator/faults")
            #expect(try await door.get(status).json["status"].string == "Succeeded")
            #expect(try await door.keys().primary != before.primary)
        }
    }

    @Test func keysOfAKubernetesEndpointAreMadeAnewToo() async throws {
        try await Harness.run({ $0.operationSeconds = 1 }) { harness in
            let door = try await Door(harness, "edge-k8s")
            #expect(door.uri.hasPrefix("http://"))
            let old = try await door.keys().secondary
            _ = try await door.regenerate(#"{"keyType":"Secondary"}"#)
            harness.clock.advance(seconds: 1)
            let new = try await door.keys().secondary
            #expect(try await door.score(old).status == 401)
            #expect(try await door.score(new).status == 200)
        }
    }
}
