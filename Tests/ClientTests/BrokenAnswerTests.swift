import AzureCore
import AzureML
import Testing

/// Answers that are none, come late, or break off.
@Suite struct BrokenAnswerTests {
    private static let churn = "/onlineEndpoints/churn"
    private static let page = "<html><head><title>Proxy</title></head><body>Please sign in</body></html>"

    @Test func aPageForABrowserIsNotJSON() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(200, body: Self.page), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .malformedAnswer(.notJSON(contentType: "text/html")))
            #expect(error?.status == 200 && error?.operation == .endpointShow && error?.host == "localhost")
        }
    }

    @Test func aPageForABrowserIsNoMessageEither() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(502, body: Self.page), path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .serverError && error?.code == nil && error?.message == nil)
        }
    }

    @Test func anEmptyAnswer() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(200, body: ""), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .malformedAnswer(.empty))
        }
    }

    @Test(arguments: ["[]", #"{"value":{}}"#, #"{"id":null,"name":7}"#])
    func jsonOfAnotherShapeNamesWhatIsMissing(_ body: String) async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(200, body: body), path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "name")))
            #expect(error?.operation == .endpointShow)
        }
    }

    @Test func jsonThatBreaksOff() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.malformedJSON, path: Self.churn)
            let error = await failure { try await client.onlineEndpoint("churn") }
            // Where it breaks off depends on the length of the answer.
            let kinds: [AzureError.MalformedAnswer] = [
                .truncated, .notJSON(contentType: "application/json; charset=utf-8"),
            ]
            #expect(kinds.contains { error?.kind == .malformedAnswer($0) })
            #expect(azure.exchanges(.endpointShow).count == 1)
        }
    }

    @Test func rowsThatBreakOffAreNoRows() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            try await azure.order(.malformedJSON, path: "/v1/workspaces/")
            let error = await failure {
                try await client.trafficLog(in: workspace, from: azure.clock.after(-600), to: nil)
            }
            guard case .malformedAnswer = error?.kind else {
                Issue.record("not malformed but \(String(describing: error))")
                return
            }
        }
    }

    @Test func halfABodyIsAskedForAgain() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.halfBody, path: Self.churn)
            #expect(try await client.onlineEndpoint("churn").name == "churn")
            let tries = azure.exchanges(.endpointShow)
            #expect(tries.map(\.failure) == [.unreachable(.closedEarly), nil])
        }
    }

    @Test func halfABodyForEverIsAConnectionThatClosesEarly() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.halfBody, path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .unreachable(.closedEarly) && azure.exchanges(.endpointShow).count == 3)
        }
    }

    @Test func aResetIsTriedAgain() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            try await azure.order(.reset, path: Self.churn)
            #expect(try await client.onlineEndpoint("churn").name == "churn")
            #expect(azure.exchanges(.endpointShow).count == 2)
        }
    }

    @Test func resetsForEverAreToldAfterThreeTries() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.reset, path: Self.churn, count: 0)
            let error = await failure { try await client.onlineEndpoint("churn") }
            #expect(error?.kind == .unreachable(.reset) && error?.operation == .endpointShow)
            #expect(azure.exchanges(.endpointShow).count == 3)
            try await azure.clearFaults()
            #expect(try await client.onlineEndpoint("churn").name == "churn")
        }
    }
}

/// Answers that take their time. The limit ends a wait for a clock that nobody moves.
@Suite(.timeLimit(.minutes(1))) struct SlowAnswerTests {
    private static let show =
        "arm GET /subscriptions/*/resourcegroups/*/providers/microsoft.machinelearningservices/workspaces/*/onlineendpoints/*"

    /// Starts a call and waits until it hangs with its deadline running; with it hang `sleeping` answers of the service.
    private func hanging(
        _ azure: SimulatedAzure,
        _ client: MachineLearningClient,
        _ fault: SimulatedFault,
        sleeping: Int
    ) async throws -> Task<OnlineEndpoint, any Error> {
        _ = try await client.workspace()
        try await azure.order(fault, path: "/onlineEndpoints/churn")
        let call = Task { try await client.onlineEndpoint("churn") }
        try await eventually { azure.arrived(Self.show) == 1 && azure.clock.sleeperCount == 1 + sleeping }
        return call
    }

    @Test func noAnswerEndsWithTheDeadline() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let call = try await hanging(azure, client, .drop, sleeping: 0)
            azure.clock.advance(by: 31)
            let error = await failure { try await call.value }
            #expect(error?.kind == .timedOut(after: .seconds(30)) && error?.operation == .endpointShow)
            let tries = azure.exchanges(.endpointShow)
            #expect(tries.map(\.failure) == [.timedOut(after: .seconds(30))] && tries.map(\.status) == [nil])
        }
    }

    @Test func aSlowAnswerInTimeIsAnAnswer() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let call = try await hanging(azure, client, .delay(milliseconds: 10_000), sleeping: 1)
            azure.clock.advance(by: 12)
            #expect(try await call.value.name == "churn")
            #expect(azure.exchanges(.endpointShow).map(\.duration) == [.seconds(12)])
        }
    }

    @Test func anAnswerAfterTheDeadlineIsNone() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let call = try await hanging(azure, client, .delay(milliseconds: 60_000), sleeping: 1)
            azure.clock.advance(by: 31)
            let error = await failure { try await call.value }
            #expect(error?.kind == .timedOut(after: .seconds(30)))
            // The next call is none the worse for it.
            #expect(try await client.onlineEndpoint("churn").name == "churn")
        }
    }

    @Test func aCancelledCallEndsAtOnce() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let call = try await hanging(azure, client, .drop, sleeping: 0)
            call.cancel()
            let error = await failure { try await call.value }
            #expect(error?.kind == .cancelled && error?.operation == .endpointShow)
            #expect(azure.exchanges(.endpointShow).map(\.failure) == [.cancelled])
            #expect(azure.clock.sleeperCount == 0)
        }
    }

    @Test func whoeverWaitsForASlowSignInMayLeave() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.delay(milliseconds: 10_000), path: "/oauth2/")
            let impatient = Task { try await client.workspace() }
            let patient = Task { try await client.onlineEndpoint("churn") }
            // The deadline of the sign-in and the sign-in itself.
            try await eventually { azure.clock.sleeperCount == 2 }
            impatient.cancel()
            let error = await failure { try await impatient.value }
            #expect(error?.kind == .cancelled)
            azure.clock.advance(by: 11)
            #expect(try await patient.value.name == "churn")
            #expect(azure.exchanges(.token).count == 1)
        }
    }
}
