import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ScoringTests {
    @Test(arguments: ["my-endpoint", "pricing-kr", "fraud-scoring", "edge-k8s"])
    func theRightCredentialOpensEveryModeAndNoOtherDoes(name: String) async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door(name)
            let good = try await harness.score(uri, credential)
            #expect(good.status == 200, "\(good.text)")
            #expect(good.json.items.count == 2)
            #expect(good.headers.first(name: "azureml-model-deployment") != nil)
            #expect(GUID.isValid(good.headers.first(name: "x-request-id") ?? ""))
            let management = try await harness.token()
            for wrong in [nil, "nonsense", management] {
                let refused = try await harness.score(uri, wrong)
                #expect(refused.status == 401)
                #expect(refused.headers.first(name: "Content-Type")?.hasPrefix("text/plain") == true)
            }
        }
    }

    @Test func anotherEndpointsCredentialDoesNotOpen() async throws {
        try await Harness.run { harness in
            let (_, key) = try await harness.door("churn")
            let (uri, _) = try await harness.door("my-endpoint")
            let answer = try await harness.score(uri, key)
            #expect(answer.status == 401)
            #expect(answer.text == "key_auth_access_denied")
        }
    }

    @Test func tokensLapse() async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door("pricing-kr")
            harness.clock.advance(seconds: 7_199)
            #expect(try await harness.score(uri, token).status == 200)
            harness.clock.advance(seconds: 1)
            #expect(try await harness.score(uri, token).status == 401)
        }
    }

    @Test func trafficDecidesUnlessADeploymentIsNamed() async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door("doc-embed")
            var counts: [String: Int] = [:]
            for _ in 0..<60 {
                let answer = try await harness.score(uri, credential)
                counts[answer.headers.first(name: "azureml-model-deployment") ?? "", default: 0] += 1
            }
            #expect(Set(counts.keys) == ["e5-small", "e5-large"])
            #expect(counts.values.allSatisfy { $0 > 8 })
            let named = try await harness.score(
                uri,
                credential,
                headers: [("azureml-model-deployment", "e5-large")]
            )
            #expect(named.headers.first(name: "azureml-model-deployment") == "e5-large")
            let unknown = try await harness.score(uri, credential, headers: [("azureml-model-deployment", "x")])
            #expect(unknown.status == 404)
        }
    }

    @Test func withoutTrafficOnlyANamedDeploymentAnswers() async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door("vision-batch")
            #expect(try await harness.score(uri, credential).status == 404)
            let named = try await harness.score(uri, credential, headers: [("azureml-model-deployment", "yolo")])
            #expect(named.status == 200)
        }
    }

    @Test func aModelThatFailsIsA424WithItsOwnStatus() async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door("my-endpoint")
            let answer = try await harness.score(uri, credential, body: "no json")
            #expect(answer.status == 424)
            #expect(answer.headers.first(name: "ms-azureml-model-error-statuscode") == "500")
            #expect(answer.headers.first(name: "ms-azureml-model-error-reason") == "model_error")
            let (gateway, token) = try await harness.door("llm-gateway")
            let failed = try await harness.score(
                gateway,
                token,
                headers: [("azureml-model-deployment", "canary")]
            )
            #expect(failed.status == 424)
            #expect(failed.headers.first(name: "ms-azureml-model-error-reason") == "model_not_ready")
        }
    }
}
