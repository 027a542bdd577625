import AzureCore
import AzureML
import Testing

/// Azure ML tokens, which only endpoints of one auth mode give.
@Suite struct EndpointTokenTests {
    @Test func aTokenSaysWhenItLapsesAndWhenToRenewIt() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let token = try await client.token(of: "llm-gateway")
            #expect(!token.token.isEmpty)
            #expect(token.refreshAfter == azure.clock.after(3600))
            #expect(token.expiresAt == azure.clock.after(7200))
        }
    }

    @Test func aLaterOneLivesLonger() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let first = try await client.token(of: "pricing-kr")
            azure.clock.advance(by: 3601)
            let second = try await client.token(of: "pricing-kr")
            #expect(second.token != first.token)
            #expect(try #require(second.expiresAt) > #require(first.expiresAt))
        }
    }

    @Test(arguments: ["my-endpoint", "fraud-scoring"])
    func endpointsOfOtherModesRefuse(_ name: String) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let error = await failure { try await client.token(of: name) }
            #expect(error?.kind == .badRequest && error?.status == 400 && error?.code == "UserError")
            #expect(error?.operation == .endpointToken)
            #expect(azure.exchanges(.endpointToken).count == 1)
        }
    }

    @Test func aTokenCountsAgainstTheWrites() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.token(of: "llm-gateway")
            let facts = try #require(azure.exchanges(.endpointToken).first)
            #expect(facts.remainingWrites == 199 && facts.remainingReads == nil)
        }
    }
}
