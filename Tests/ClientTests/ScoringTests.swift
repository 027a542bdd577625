import AzureCore
import AzureML
import HTTPTypes
import Synchronization
import Testing

/// Payloads that really travel, over HTTPS, to an Azure that checks who sends them.
@Suite struct ScoringOverHTTPSTests {
    private func request(of name: String, _ client: MachineLearningClient) async throws -> ScoringRequest {
        let uri = try #require(try await client.onlineEndpoint(name).scoringURI)
        return ScoringRequest(uri: uri, body: Array(#"{"data": [[1, 2]]}"#.utf8))
    }

    @Test(arguments: [
        ("my-endpoint", "blue", ScoringCredential.primary), ("my-endpoint", "blue", .secondary),
        ("pricing-kr", "v12", .amlToken), ("fraud-scoring", "green", .entra),
    ])
    func everyCredentialIsLetInWhereItBelongs(
        _ name: String,
        _ deployment: String,
        _ choice: ScoringCredential
    ) async throws {
        try await SimulatedAzure.withClient { azure, client in
            var request = try await request(of: name, client)
            for pin in [nil, deployment] {
                request.deployment = pin
                let answer = try await client.score(request, of: name, with: choice, clientRequestID: "mine_1")
                #expect(answer.status == 200 && answer.clientRequestID == "mine_1")
                #expect(pin == nil || answer.deployment == pin)
                #expect(answer.headerFields[try #require(HTTPField.Name("x-ms-client-request-id"))] == "mine_1")
                #expect(answer.timings.secure != nil && !answer.timings.isReused)
                #expect(answer.sentByteCount == request.body.count)
            }
            #expect(azure.exchanges(.scoring).count == 2)
        }
    }

    @Test func withoutACredentialTheRefusalIsAnAnswer() async throws {
        try await SimulatedAzure.withClient { _, client in
            let request = try await request(of: "my-endpoint", client)
            let answer = try await client.score(request, credential: .none)
            #expect(answer.status == 401 && !answer.acceptsCredential)
            #expect(String(decoding: answer.body, as: UTF8.self) == "key_auth_bad_header_forbidden")
        }
    }

    @Test func aTokenIsAskedForOnceWhileItIsGoodAndRenewedWhenItIsNot() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let request = try await request(of: "pricing-kr", client)
            for _ in 0..<3 {
                #expect(try await client.score(request, of: "pricing-kr", with: .amlToken).status == 200)
            }
            #expect(azure.exchanges(.endpointToken).count == 1)
            azure.clock.advance(by: 3601)
            #expect(try await client.score(request, of: "pricing-kr", with: .amlToken).status == 200)
            #expect(azure.exchanges(.endpointToken).count == 2)
        }
    }

    @Test func whatHappensIsTold() async throws {
        try await SimulatedAzure.withClient { _, client in
            let request = try await request(of: "fraud-scoring", client)
            let events = Mutex<[TransferProgress]>([])
            let expiry = Mutex(false)
            let answer = try await client.score(
                request,
                of: "fraud-scoring",
                with: .entra,
                onCredential: { expiresAt in expiry.withLock { $0 = expiresAt != nil } },
                onProgress: { event in events.withLock { $0.append(event) } }
            )
            let told = events.withLock { $0 }
            #expect(Array(told.prefix(4)) == [.resolved, .connected, .secured, .sent])
            #expect(told.contains { if case .head(200, _) = $0 { true } else { false } })
            #expect(told.last == .part(answer.body) && expiry.withLock { $0 })
        }
    }

    @Test func aSeriesKeepsItsConnectionsAndTakesTurns() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let request = try await request(of: "fraud-scoring", client)
            let series = ScoringSeries(lanes: ["blue", "green"], countPerLane: 15, parallel: 2)
            let report = try await client.scoreSeries(request, of: "fraud-scoring", with: .entra, plan: series) { _ in }
            #expect(report.state == .finished && report.endedCount == 30)
            #expect(report.lanes[0].statistics.countsByDeployment == ["blue": 15])
            #expect(report.lanes[1].statistics.countsByDeployment == ["green": 15])
            #expect(report.lanes.allSatisfy { $0.lastAnswer?.timings.isReused == true })
        }
    }

    @Test func theSchemaIsRead() async throws {
        try await SimulatedAzure.withClient { _, client in
            let endpoint = try await client.onlineEndpoint("my-endpoint")
            let access = try await client.scoringCredential(.primary, of: "my-endpoint")
            let document = try await client.swagger(of: endpoint, credential: access.credential)
            #expect(BodySkeleton.body(from: document, path: "/score") != nil)
            let error = await failure { try await client.swagger(of: endpoint, credential: .none) }
            #expect(error?.kind == .unauthorized)
        }
    }
}
