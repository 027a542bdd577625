import AzureCore
import AzureML
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Answers that are errors. The limit ends a wait for a clock that nobody moves.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    private static let churn = "/onlineEndpoints/churn"

    @Test func a401IsAnsweredWithANewToken() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(401), path: Self.churn)
            #expect(try await client.onlineEndpoint("churn").name == "churn")
            #expect(azure.exchanges(.endpointShow).map(\.status) == [401, 200])
            #expect(azure.exchanges(.token).count == 2)
        }
    }

    @Test func aSecond401IsTheAnswer() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(401), path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .unauthorized && error?.status == 401 && error?.code == "AuthenticationFailed")
            #expect(azure.exchanges(.endpointShow).count == 2)
        }
    }

    @Test func a403NamesTheActionAndTheScope() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let action = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read"
            let scope = client.id(of: "churn").text
            let body = """
                {"error":{"code":"AuthorizationFailed","message":"The client 'ci-bot' with object id \
                '9b1d0c4e-0000-4000-8000-000000000000' does not have authorization to perform action '\(action)' over \
                scope '\(scope)' or the scope is invalid. If access was recently granted, please refresh your \
                credentials."}}
                """
            try await azure.order(.status(403, body: body), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .forbidden(action: action, scope: scope))
            #expect(error?.code == "AuthorizationFailed" && error?.operation == .endpointShow)
            // Rights do not come by asking again, and the token was fine.
            #expect(azure.exchanges(.endpointShow).count == 1 && azure.exchanges(.token).count == 1)
        }
    }

    @Test func a404OfAnyOtherWordingIsKnownByWhatWasAskedFor() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(404, body: ""), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .notFound(.endpoint) && error?.message == nil)
        }
    }

    @Test func a409IsAConflict() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(409), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .conflict && azure.exchanges(.endpointShow).count == 1)
        }
    }

    @Test(arguments: [
        (["Retry-After": "2"], 2000), (["retry-after-ms": "1500"], 1500), (["x-ms-retry-after-ms": "700"], 700),
        (["Retry-After": "Thu, 01 May 2025 05:00:03 GMT"], 3000),
    ])
    func aShortThrottlingIsSatOut(_ headers: [String: String], _ milliseconds: Int) async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(429, headers: headers), path: Self.churn)
            #expect(try await client.onlineEndpoint("churn").name == "churn")
            let tries = azure.exchanges(.endpointShow)
            #expect(tries.map(\.status) == [429, 200] && tries.map(\.attempt) == [1, 2])
            #expect(azure.clock.waits == [.milliseconds(milliseconds)])
            #expect(tries.first?.retryAfter == .milliseconds(milliseconds))
            #expect(tries.first?.failure == .throttled(retryAfter: .milliseconds(milliseconds)))
        }
    }

    @Test(arguments: ["120", "Thu, 01 May 2025 05:02:00 GMT"])
    func aLongThrottlingIsToldAtOnce(_ text: String) async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(429, headers: ["Retry-After": text]), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .throttled(retryAfter: .seconds(120)) && error?.status == 429)
            #expect(azure.exchanges(.endpointShow).count == 1 && azure.clock.waits.isEmpty)
        }
    }

    @Test func aThrottlingThatDoesNotEndIsToldAfterThreeTries() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(429, headers: ["Retry-After": "1"]), path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .throttled(retryAfter: .seconds(1)))
            #expect(azure.exchanges(.endpointShow).count == 3)
        }
    }

    /// As many requests as it takes to empty the bucket and more, few at a time: one that waits long for a connection
    /// counts as timed out.
    private func crowd(of client: MachineLearningClient) async throws {
        for _ in 0..<40 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try await client.workspace() } }
                try await group.waitForAll()
            }
        }
    }

    @Test func aSpentBudgetIsWaitedFor() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await crowd(of: client)
            #expect(azure.exchanges(.workspaceShow).map(\.status) == Array(repeating: 200, count: 400))
            #expect(!azure.clock.waits.isEmpty)
            let status = client.connection.budget.status(of: .read, in: client.address.subscriptionID)
            #expect(status.remaining < 50 && status.waiting == 0 && status.closedUntil == nil)
        }
    }

    @Test func whatSomebodyElseSpentIsLearnedFromTheFirstAnswer() async throws {
        try await SimulatedAzure.withClient { azure, other in
            try await crowd(of: other)
            let client = try await azure.client()
            #expect(client.connection.budget.status(of: .read, in: client.address.subscriptionID).remaining == 250)
            _ = try await client.workspace()
            #expect(client.connection.budget.status(of: .read, in: client.address.subscriptionID).remaining < 100)
            try await crowd(of: client)
            #expect(azure.exchanges(.workspaceShow).allSatisfy { $0.status == 200 })
        }
    }

    @Test(arguments: [500, 502, 503, 504])
    func aServiceThatStumblesIsTriedAgain(_ status: Int) async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(status), path: Self.churn, count: 2)
            #expect(try await client.onlineEndpoint("churn").name == "churn")
            #expect(azure.exchanges(.endpointShow).map(\.status) == [status, status, 200])
            #expect(azure.clock.waits == [.milliseconds(400), .milliseconds(800)])
        }
    }

    @Test func aServiceThatIsDownIsToldAfterThreeTries() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(503), path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .serverError && error?.status == 503 && error?.code == "ServiceUnavailable")
            #expect(azure.exchanges(.endpointShow).count == 3)
            // The rest goes on living.
            #expect(try await client.onlineEndpoint("my-endpoint").name == "my-endpoint")
        }
    }

    @Test func logQueriesAreTriedAgainToo() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            try await azure.order(.status(503), path: "/v1/workspaces/")
            _ = try await client.trafficLog(in: workspace, from: azure.clock.now, to: nil)
            #expect(azure.exchanges(.trafficLogQuery).map(\.status) == [503, 200])
        }
    }

    @Test func whoeverWantsNoSecondTryGetsNone() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(retry: .never)
            try await azure.order(.status(503), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .serverError && azure.exchanges(.endpointShow).count == 1)
        }
    }
}
