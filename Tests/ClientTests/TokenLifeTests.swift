import AzureCore
import AzureML
import Testing

/// How tokens are renewed, refused and kept from places they are not for.
@Suite struct TokenLifeTests {
    @Test func aLapsedTokenIsReplacedBeforeItIsSent() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            azure.clock.advance(by: 3600)
            _ = try await client.workspace()
            _ = try await client.workspace()
            #expect(azure.exchanges(.token).count == 2)
            #expect(azure.exchanges(.workspaceShow).map(\.status) == [200, 200, 200])
        }
    }

    @Test func inItsLastMinutesATokenIsRenewedBehind() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            let first = try #require(client.connection.cachedToken(for: .resourceManager))
            azure.clock.advance(by: 3599 - 200)
            _ = try await client.workspace()
            try await eventually { client.connection.cachedToken(for: .resourceManager)?.secret != first.secret }
            let second = try #require(client.connection.cachedToken(for: .resourceManager))
            #expect(second.expiresAt == azure.clock.after(3599))
            _ = try await client.workspace()
            #expect(azure.exchanges(.token).count == 2)
        }
    }

    @Test func aRenewalThatFailsCostsNothingYet() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            azure.clock.advance(by: 3599 - 200)
            try await azure.order(.status(400, body: Self.refusedSecret), path: "/oauth2/", count: 0)
            _ = try await client.workspace()
            try await eventually { client.connection.tokenStatus(of: .resourceManager).renewalFailure != nil }
            let failure = client.connection.tokenStatus(of: .resourceManager).renewalFailure
            #expect(failure?.kind == .signedOut(credential: "ClientSecretCredential"))
            // The old one still serves, and nobody is asked again for half a minute.
            _ = try await client.workspace()
            #expect(azure.exchanges(.token).count == 2)
            try await azure.clearFaults()
            azure.clock.advance(by: 31)
            _ = try await client.workspace()
            try await eventually { client.connection.tokenStatus(of: .resourceManager).renewalFailure == nil }
            #expect(azure.exchanges(.token).map(\.status) == [200, 400, 200])
        }
    }

    private static let refusedSecret = """
        {"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired.",\
        "error_codes":[7000222]}
        """

    @Test func aTokenThatLapsedByTheServersClockIsReplacedOnce() async throws {
        try await SimulatedAzure.withClient { azure, client in
            _ = try await client.workspace()
            azure.clock.setServer(ahead: 3700)
            #expect(try await client.workspace().name == "ws-fraud-krc")
            #expect(azure.exchanges(.workspaceShow).map(\.status) == [200, 401, 200])
            #expect(azure.exchanges(.token).count == 2)
        }
    }

    @Test func logAnalyticsCallsThatForbiddenAndIsUnderstood() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let now = azure.clock.now
            _ = try await client.trafficLog(in: workspace, from: now, to: nil)
            azure.clock.setServer(ahead: 3700)
            _ = try await client.trafficLog(in: workspace, from: now, to: nil)
            #expect(azure.exchanges(.trafficLogQuery).map(\.status) == [200, 403, 200])
        }
    }

    @Test func renewingByHandGivesAnotherToken() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let connection = client.connection
            let first = try await connection.token(for: .machineLearning)
            let second = try await connection.renewToken(for: .machineLearning)
            #expect(first.secret != second.secret && connection.cachedToken(for: .machineLearning) == second)
            #expect(second.claims?.audience == "https://ml.azure.com" && second.claims?.identityType == .app)
            #expect(second.claims?.tenantID == azure.variables["AZURE_TENANT_ID"])
            #expect(second.claims?.appID == azure.variables["AZURE_CLIENT_ID"])
        }
    }

    @Test(arguments: [TokenAudience.machineLearning, .logAnalytics])
    func aTokenForAnotherServiceNeverLeaves(_ audience: TokenAudience) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let url = try #require(HTTPURL(azure.resourceManager + client.address.id.text + "?api-version=2024-10-01"))
            let request = AzureRequest(.workspaceShow, url: url, audience: audience)
            let error = await failure { try await client.connection.send(request) }
            #expect(error?.kind == .tokenForOtherHost(host: "localhost"))
            #expect(azure.exchanges(.workspaceShow).isEmpty && azure.arrived("arm GET /subscriptions") == 0)
        }
    }

    @Test func aTokenNeverTravelsUnencrypted() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let uri = try #require(try await client.onlineEndpoint("edge-k8s").scoringURI)
            let url = try #require(HTTPURL(uri))
            #expect(!url.isEncrypted)
            let request = AzureRequest(OperationName("score"), url: url, audience: .resourceManager)
            let error = await failure { try await client.connection.send(request) }
            #expect(error?.kind == .insecureTransport(host: "localhost"))
            #expect(azure.arrived("kubernetes") == 0)
        }
    }
}
