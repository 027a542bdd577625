import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ScoringHeaderTests {
    @Test func anAnswerTellsWhoGaveItAndHowLongItTook() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let answer = try await harness.score(
                uri,
                key,
                headers: [("x-request-id", "mine"), ("x-ms-request-id", "theirs-1")],
                body: #"{"data":[[1]],"simulate":{"delay_ms":41.5}}"#
            )
            #expect(GUID.isValid(answer[header: "x-request-id"] ?? ""))
            #expect(answer[header: "x-ms-request-id"] == "theirs-1")
            #expect(answer[header: "azureml-model-deployment"] == "blue")
            #expect(answer[header: "azureml-model-session"] == "blue")
            #expect(answer[header: "x-ms-run-function-failed"] == "False")
            #expect(answer[header: "x-ms-run-fn-exec-ms"] == "41.5")
            #expect(answer[header: "ms-azureml-model-time"] == "42")
            #expect(answer[header: "x-ms-server-version"]?.hasPrefix("azmlinfsrv/") == true)
            #expect(answer[header: "Trailer"] == nil)
        }
    }

    @Test(arguments: [
        ("my-id_1", "my-id_1"), (String(repeating: "a", count: 41), String(repeating: "a", count: 40)),
        ("two words", nil), ("a.b", nil), ("a/b", nil),
    ])
    func onlyAGoodClientRequestIDIsEchoed(sent: String, echoed: String?) async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            for credential in [key, "nonsense"] {
                let answer = try await harness.score(uri, credential, headers: [("x-ms-client-request-id", sent)])
                #expect(answer[header: "x-ms-client-request-id"] == echoed)
            }
        }
    }

    @Test func aServerOfItsOwnHasNoneOfTheHeadersOfThePythonServer() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("llm-gateway")
            let body = #"{"messages":[{"role":"user","content":"hello"}]}"#
            let answer = try await harness.score(uri, token, body: body)
            #expect(answer.status == 200)
            #expect(answer[header: "x-ms-server-version"] == nil)
            #expect(answer[header: "x-ms-run-function-failed"] == nil)
            #expect(answer[header: "azureml-model-deployment"] == "blue")
        }
    }

    @Test func theModelTakesItsTime() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let before = harness.clock.now
            let answer = try await harness.score(uri, key)
            let passed = harness.clock.now.timeIntervalSince(before) * 1_000
            let told = Double(answer[header: "x-ms-run-fn-exec-ms"] ?? "") ?? 0
            #expect(abs(passed - told) < 0.1)
            #expect(told > 28 * 0.3 && told < 28 * 3)
        }
    }

    @Test func aSlowModelIsGivenUpAtItsTimeout() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let before = harness.clock.now
            let answer = try await harness.score(uri, key, body: #"{"data":[[1]],"simulate":{"delay_ms":60000}}"#)
            #expect(answer.status == 408)
            #expect(abs(harness.clock.now.timeIntervalSince(before) - 5) < 0.001)
        }
    }

    @Test func theSchemaComesInBothVersions() async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door("my-endpoint")
            let base = uri.replacing("/score", with: "/swagger.json")
            func document(_ query: String) async throws -> JSON {
                let answer = try await harness.send(.GET, base + query, headers: [("Authorization", "Bearer \(key)")])
                #expect(answer.status == 200)
                return answer.json
            }
            for query in ["", "?version=2"] {
                let second = try await document(query)
                #expect(second["swagger"].string == "2.0")
                #expect(second["paths"]["/score"]["post"]["parameters"][0]["in"].string == "body")
                #expect(!second["definitions"]["ServiceInput"]["example"]["data"].items.isEmpty)
            }
            let third = try await document("?version=3")
            #expect(third["openapi"].string?.hasPrefix("3.0") == true)
            let media = third["paths"]["/score"]["post"]["requestBody"]["content"]["application/json"]
            #expect(media["schema"]["$ref"].string == "#/components/schemas/ServiceInput")
            #expect(!third["components"]["schemas"]["ServiceInput"]["properties"]["data"].isNull)
            #expect(try await document("?version=3.1")["openapi"].string?.hasPrefix("3.1") == true)
            #expect(try await harness.send(.GET, base).status == 401)
        }
    }

    @Test func aModelWithoutASchemaSaysSo() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("llm-gateway")
            let url = uri.replacing("/score", with: "/swagger.json")
            let answer = try await harness.send(.GET, url, headers: [("Authorization", "Bearer \(token)")])
            #expect(answer.status == 404)
            #expect(answer.json["message"].string?.isEmpty == false)
        }
    }

    @Test(arguments: ["my-endpoint", "demand-forecast", "doc-embed"])
    func theExampleOfASchemaIsAnswered(endpoint: String) async throws {
        try await Harness.run { harness in
            let (uri, key) = try await harness.door(endpoint)
            let url = uri.replacing("/score", with: "/swagger.json")
            let document = try await harness.send(.GET, url, headers: [("Authorization", "Bearer \(key)")]).json
            let example = document["definitions"]["ServiceInput"]["example"].text
            #expect(try await harness.score(uri, key, body: example).status == 200)
        }
    }
}
