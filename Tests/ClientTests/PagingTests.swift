import AzureCore
import AzureML
import Testing

/// Lists whose pages fail or lead astray.
@Suite struct PagingTests {
    private static func page(next link: String) -> String {
        """
        {"value":[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/\
        onlineEndpoints/e","name":"e","properties":{}}],"nextLink":"\(link)"}
        """
    }

    /// Reads a list page by page: the names so far, and how it ended.
    private func read(_ client: MachineLearningClient) async -> (names: [String], error: AzureError?) {
        var names: [String] = []
        do {
            for try await page in client.onlineEndpoints() { names += page.items.map(\.name) }
            return (names, nil)
        } catch {
            return (names, error as? AzureError)
        }
    }

    @Test func aLinkToAnotherHostGetsNoToken() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let body = Self.page(next: "https://evil.example/list?$skip=1")
            try await azure.order(.status(200, body: body), path: "/onlineEndpoints")
            let (names, error) = await read(client)
            #expect(names == ["e"] && error?.kind == .tokenForOtherHost(host: "evil.example"))
            #expect(azure.exchanges(.endpointsList).count == 1)
        }
    }

    @Test func aLinkToAnotherServiceOfThisHostGetsNoTokenEither() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let logs = try #require(client.connection.cloud.logAnalytics)
            let body = Self.page(next: logs + "/v1/list?$skip=1")
            try await azure.order(.status(200, body: body), path: "/onlineEndpoints")
            let (_, error) = await read(client)
            #expect(error?.kind == .tokenForOtherHost(host: "localhost"))
            #expect(azure.arrived("logs") == 0)
        }
    }

    @Test func aLinkWithoutEncryptionIsNotFollowed() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let body = Self.page(next: azure.resourceManager.replacing("https", with: "http"))
            try await azure.order(.status(200, body: body), path: "/onlineEndpoints")
            let (_, error) = await read(client)
            #expect(error?.kind == .insecureTransport(host: "localhost"))
        }
    }

    @Test func linksInACircleEnd() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let link =
                azure.resourceManager + client.address.id.text + "/onlineEndpoints?api-version=2024-10-01&$skip=1"
            try await azure.order(.status(200, body: Self.page(next: link)), path: "/onlineEndpoints", count: 0)
            let (names, error) = await read(client)
            #expect(names == ["e", "e"] && error?.kind == .malformedAnswer(.unexpectedShape(field: "nextLink")))
        }
    }

    @Test func aPageThatFailsEndsTheListWithAnError() async throws {
        try await SimulatedAzure.withClient(pageSize: 3) { azure, client in
            try await azure.order(.status(500), path: "skip=3", count: 0)
            let (names, error) = await read(client)
            #expect(names == ["fraud-scoring", "my-endpoint", "churn"])
            #expect(error?.kind == .serverError && error?.operation == .endpointsList)
            let all = await failure { try await client.onlineEndpoints().all() }
            #expect(all?.kind == .serverError)
            // Nothing of it is left behind for the next time.
            try await azure.clearFaults()
            #expect(try await client.onlineEndpoints().all().count == 11)
        }
    }

    @Test(arguments: [SimulatedFault.status(503), .reset, .halfBody, .status(429, headers: ["Retry-After": "1"])])
    func aPageThatStumblesIsReadOnce(_ fault: SimulatedFault) async throws {
        try await SimulatedAzure.withClient(pageSize: 3) { azure, client in
            try await azure.order(fault, path: "skip=3")
            let names = try await client.onlineEndpoints().all().map(\.name)
            #expect(names.count == 11 && Set(names).count == 11)
            #expect(azure.exchanges(.endpointsList).count == 5)
        }
    }

    @Test func aTokenThatIsRefusedBetweenPagesIsRenewed() async throws {
        try await SimulatedAzure.withClient(pageSize: 6) { azure, client in
            var count = 0
            for try await page in client.onlineEndpoints() {
                count += page.items.count
                azure.clock.setServer(ahead: 3700)
            }
            #expect(count == 11)
            #expect(azure.exchanges(.endpointsList).map(\.status) == [200, 401, 200])
        }
    }
}
