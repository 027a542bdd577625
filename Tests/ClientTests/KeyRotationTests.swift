import AzureCore
import AzureML
import AzureSimulator
import FoundationEssentials
import Testing

/// A rotation as the client core does it, step by step, and who is not let.
@Suite struct KeyRotationTests {
    private static let name = "my-endpoint"

    /// Follows an operation to its end; time goes on while it waits.
    private func follow(
        _ start: OperationHandle,
        _ client: MachineLearningClient,
        _ azure: SimulatedAzure
    ) async throws -> OperationStep {
        var handle = start
        for _ in 0..<20 {
            let step = try await client.step(of: handle)
            guard case .running(let next) = step else { return step }
            azure.clock.advance(by: Double(next.wait.components.seconds))
            handle = next
        }
        return .running(handle)
    }

    private func probe(
        _ client: MachineLearningClient,
        _ key: Secret,
        _ endpoint: String = Self.name
    ) async throws -> ScoringAnswer {
        let uri = try await client.onlineEndpoint(endpoint).scoringURI ?? ""
        let request = ScoringRequest(uri: uri, body: Array(#"{"data": [[1, 2]]}"#.utf8), allowsPlainHTTP: true)
        return try await client.score(request, credential: .key(key))
    }

    @Test(arguments: KeySlot.allCases)
    func aNewKeyWorksTheOtherStaysAndTheOldOneIsDead(_ slot: KeySlot) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let id = client.id(of: Self.name)
            let before = try await client.keys(of: Self.name)
            let handle = try await client.regenerateKeys(of: Self.name, slot: slot)
            #expect(handle.statusURL != nil && handle.resultURL != nil && handle.wait == .seconds(10))
            #expect(try await client.onlineEndpoint(Self.name).provisioningState == .updating)
            #expect(try await follow(handle, client, azure) == .done)
            let after = try await client.keys(of: Self.name)
            let old = before.fingerprints(of: id)
            let new = after.fingerprints(of: id)
            #expect(old[slot] != new[slot] && old[slot.other] == new[slot.other])
            #expect(try await probe(client, after[slot]).status == 200)
            #expect(try await probe(client, after[slot.other]).status == 200)
            let refused = try await probe(client, before[slot])
            #expect(refused.status == 401 && !refused.acceptsCredential)
            #expect(String(decoding: refused.body, as: UTF8.self) == "key_auth_access_denied")
            let events = try await client.activity(of: id, since: azure.clock.now.addingTimeInterval(-3_600))
            let regenerations = KeyRegeneration.regenerations(in: events)
            #expect(regenerations.map(\.outcome) == [.succeeded])
            #expect(regenerations.first?.caller.appID == azure.variables["AZURE_CLIENT_ID"])
        }
    }

    @Test func anotherProcessFollowsByLocationAlone() async throws {
        try await SimulatedAzure.withClient { azure, client in
            var handle = try await client.regenerateKeys(of: Self.name, slot: .primary)
            handle.statusURL = nil
            let other = try await azure.client()
            #expect(try await follow(handle, other, azure) == .done)
        }
    }

    @Test func theSecondOneIsToldThatAnotherOperationRuns() async throws {
        try await SimulatedAzure.withClient { _, client in
            _ = try await client.regenerateKeys(of: Self.name, slot: .primary)
            let error = await failure { try await client.regenerateKeys(of: Self.name, slot: .secondary) }
            #expect(error?.kind == .conflict && error?.operation == .endpointRegenerateKeys)
        }
    }

    @Test func whatTheWorldBeganWithIsInTheLogWithItsNames() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let events = try await client.activity(of: client.id(of: "churn"), since: .distantPast)
            let regenerations = KeyRegeneration.regenerations(in: events)
            #expect(regenerations.map(\.caller.label) == ["Jisoo Park", "Minji Kim"])
            let days = regenerations.first.map { azure.clock.now.timeIntervalSince($0.time) / 86_400 } ?? 0
            #expect((12..<13).contains(days))
        }
    }

    @Test func aReaderIsToldWhatIsMissingWhereAndForWhom() async throws {
        try await SimulatedAzure.withClient(changing: { $0.principal = .reader }) { azure, client in
            let all = try await client.onlineEndpoints().all()
            #expect(!all.isEmpty)
            let endpoint = client.id(of: Self.name)
            let actions = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/"
            for (action, error) in [
                ("listKeys/action", await failure { try await client.keys(of: Self.name) }),
                (
                    "regenerateKeys/action",
                    await failure { try await client.regenerateKeys(of: Self.name, slot: .primary) }
                ),
            ] {
                #expect(error?.kind == .forbidden(action: actions + action, scope: endpoint.text))
                #expect(error?.deniedIdentity?.name == azure.variables["AZURE_CLIENT_ID"])
                #expect(error?.deniedIdentity?.objectID?.isEmpty == false)
            }
        }
    }

    @Test func aTokenOfTheControlPlaneNeverReachesTheScoringURI() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let uri = try await client.onlineEndpoint("fraud-scoring").scoringURI ?? ""
            let request = ScoringRequest(uri: uri, body: Array("[1]".utf8))
            let wrong = try await client.connection.token(for: .resourceManager)
            let error = await failure { try await client.score(request, credential: .entra(wrong)) }
            #expect(error?.kind == .wrongAudience("https://management.azure.com/"))
            #expect(azure.exchanges(.scoring).isEmpty)
            let right = try await client.connection.token(for: .machineLearning)
            #expect(try await client.score(request, credential: .entra(right)).status == 200)
        }
    }
}
