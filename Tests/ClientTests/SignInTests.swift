import AzureCore
import AzureML
import Testing

/// Signing in that is refused: each says what is wrong, and nothing is tried twice.
@Suite struct SignInTests {
    private func refusal(_ changes: [String: String], code: String) async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(changing: changes)
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .signedOut(credential: "ClientSecretCredential"))
            #expect(error?.code == code && error?.operation == .token && error?.host == "localhost")
            #expect(error?.message?.hasPrefix(code) == true && error?.message?.contains("Trace ID") == false)
            #expect(azure.exchanges(.token).count == 1 && azure.exchanges(.workspaceShow).isEmpty)
        }
    }

    @Test func aWrongSecret() async throws {
        try await refusal(["AZURE_CLIENT_SECRET": "wrong"], code: "AADSTS7000215")
    }

    @Test func anUnknownApplication() async throws {
        try await refusal(["AZURE_CLIENT_ID": "00000000-0000-4000-8000-000000000000"], code: "AADSTS700016")
    }

    @Test func anUnknownTenant() async throws {
        try await refusal(["AZURE_TENANT_ID": "00000000-0000-4000-8000-000000000000"], code: "AADSTS90002")
    }

    @Test func aTenantThatDoesNotOwnTheSubscription() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(changing: ["AZURE_TENANT_ID": azure.guestTenantID])
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .unauthorized && error?.code == "InvalidAuthenticationTokenTenant")
            // A new token was tried, once.
            #expect(azure.exchanges(.workspaceShow).count == 2 && azure.exchanges(.token).count == 2)
        }
    }

    @Test func logAnalyticsForbidsThatTenant() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let workspace = try await client.logWorkspace()
            let guest = try await azure.client(changing: ["AZURE_TENANT_ID": azure.guestTenantID])
            let error = await failure { try await guest.trafficLog(in: workspace, from: azure.clock.now, to: nil) }
            #expect(error?.kind == .forbidden(action: nil, scope: nil) && error?.code == "InsufficientAccessError")
        }
    }

    @Test func noCredentialAtAll() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(changing: ["AZURE_CLIENT_SECRET": ""])
            let error = await failure { try await client.workspace() }
            let given = ["AMLTOP_ARM_TOKEN", "AMLTOP_ML_TOKEN", "AMLTOP_LOGS_TOKEN"]
            #expect(
                error?.kind
                    == .noCredential([
                        UnavailableCredential(name: "GivenToken", reason: .missingVariables(given)),
                        UnavailableCredential(
                            name: "ClientSecretCredential",
                            reason: .missingVariables(["AZURE_CLIENT_SECRET"])
                        ),
                        UnavailableCredential(
                            name: "ClientCertificateCredential",
                            reason: .missingVariables(["AZURE_CLIENT_CERTIFICATE_PATH"])
                        ),
                        UnavailableCredential(
                            name: "WorkloadIdentityCredential",
                            reason: .missingVariables(["AZURE_FEDERATED_TOKEN_FILE"])
                        ),
                        UnavailableCredential(
                            name: "ManagedIdentityCredential",
                            reason: .noManagedIdentityService(host: "127.0.0.1")
                        ),
                        UnavailableCredential(name: "AzureCliCredential", reason: .programNotFound("az")),
                    ])
            )
            #expect(azure.arrived("arm POST") == 0)
        }
    }

    @Test func aSignInThatIsDownIsNotARefusal() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(503), path: "/oauth2/", count: 0)
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .serverError && error?.operation == .token)
            try await azure.clearFaults()
            #expect(try await client.workspace().name == "ws-fraud-krc")
        }
    }

    @Test func aSignInThatStumblesIsTriedAgain() async throws {
        try await SimulatedAzure.withClient { azure, client in
            try await azure.order(.status(503), path: "/oauth2/")
            #expect(try await client.workspace().name == "ws-fraud-krc")
            #expect(azure.exchanges(.token).map(\.status) == [503, 200])
        }
    }
}

/// Tokens that somebody else got.
@Suite struct GivenTokenTests {
    private func text(of audience: TokenAudience, _ azure: SimulatedAzure) async throws -> String {
        try await azure.client().connection.token(for: audience).secret.reveal()
    }

    @Test func aGivenTokenIsUsedAsItIs() async throws {
        try await SimulatedAzure.with { azure in
            let token = try await text(of: .resourceManager, azure)
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": token, "AZURE_CLIENT_SECRET": ""])
            #expect(try await client.workspace().name == "ws-fraud-krc")
            #expect(azure.exchanges(.token).count == 1)
            let held = try #require(client.connection.cachedToken(for: .resourceManager))
            #expect(held.credential == "GivenToken" && !held.isRenewable)
            #expect(held.expiresAt == azure.clock.after(3599))
        }
    }

    @Test func eachAudienceHasItsOwn() async throws {
        try await SimulatedAzure.with { azure in
            let token = try await text(of: .resourceManager, azure)
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": token])
            let workspace = try await client.logWorkspace()
            // None is given for Log Analytics: the secret signs in there.
            _ = try await client.trafficLog(in: workspace, from: azure.clock.now, to: nil)
            let connection = client.connection
            #expect(connection.cachedToken(for: .logAnalytics)?.credential == "ClientSecretCredential")
            #expect(connection.cachedToken(for: .resourceManager)?.credential == "GivenToken")
        }
    }

    @Test func oneForAnotherServiceStaysAtHome() async throws {
        try await SimulatedAzure.with { azure in
            let token = try await text(of: .machineLearning, azure)
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": token, "AMLTOP_LOGS_TOKEN": token])
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .wrongAudience("https://ml.azure.com") && error?.status == nil)
            let logs = LogWorkspace(id: ResourceID("/x"), name: "x", customerID: "x")
            let other = await failure { try await client.trafficLog(in: logs, from: azure.clock.now, to: nil) }
            #expect(other?.kind == .wrongAudience("https://ml.azure.com"))
            #expect(azure.exchanges(.workspaceShow).isEmpty && azure.exchanges(.trafficLogQuery).isEmpty)
        }
    }

    @Test func whatTheServiceThinksOfTheAudienceIsBelieved() async throws {
        try await SimulatedAzure.with { azure in
            let token = try await text(of: .resourceManager, azure)
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": token])
            let body = """
                {"error":{"code":"InvalidAuthenticationTokenAudience","message":"The access token has been obtained for \
                wrong audience or resource 'https://management.azure.com/'. It should exactly match with one of the \
                allowed audiences 'https://management.usgovcloudapi.net/'."}}
                """
            try await azure.order(.status(401, body: body), path: "/workspaces/", count: 0)
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .wrongAudience("https://management.azure.com/") && error?.status == 401)
            // There is no other token to try.
            #expect(azure.exchanges(.workspaceShow).count == 1)
        }
    }

    @Test func oneThatHasLapsedIsNotSent() async throws {
        try await SimulatedAzure.with { azure in
            let token = try await text(of: .resourceManager, azure)
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": token])
            azure.clock.advance(by: 3600)
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .signedOut(credential: "GivenToken"))
            #expect(azure.exchanges(.workspaceShow).isEmpty)
        }
    }

    @Test func nonsenseIsUnauthorized() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(changing: ["AMLTOP_ARM_TOKEN": "nonsense"])
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .unauthorized && error?.code == "InvalidAuthenticationToken")
        }
    }
}
