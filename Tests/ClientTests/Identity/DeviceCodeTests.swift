import AzureCore
import AzureML
import Synchronization
import Testing

/// People who sign in with a browser, and what their sign-in leaves.
@Suite struct DeviceCodeTests {
    private func device(_ azure: SimulatedAzure) async throws -> (DeviceCodeCredential, AzureConnection) {
        let device = DeviceCodeCredential()
        return (device, try await azure.connection(device, variables: azure.variables))
    }

    @Test func theCodeIsToldAndTheWaitingGoesOnUntilItIsEntered() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            let told = Mutex<DeviceCode?>(nil)
            let signIn = Task { try await connection.signIn(with: device) { code in told.withLock { $0 = code } } }
            try await eventually { azure.exchanges(.token).count > 3 }
            let code = try #require(told.withLock { $0 })
            #expect(code.verificationURL == "\(azure.resourceManager)/devicelogin" && code.userCode.count == 9)
            #expect(!device.isSignedIn)
            try await azure.enter(code.userCode, "approve")
            try await signIn.value
            #expect(device.isSignedIn)
            // Pending answers are no failures, and none was too early.
            #expect(Set(azure.clock.waits) == [.seconds(5)])
            let token = try await connection.token(for: .resourceManager)
            #expect(token.claims?.identityType == .user && token.claims?.userName == "minji.kim@amltop.example")
            #expect(token.claims?.scopes == ["user_impersonation"])
        }
    }

    @Test func aRefusalInTheBrowserEndsIt() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            let error = await failure {
                try await connection.signIn(with: device) { try? await azure.enter($0.userCode, "decline") }
            }
            #expect(error?.kind == .signedOut(credential: "DeviceCodeCredential"))
            #expect(error?.code == "authorization_declined" && !device.isSignedIn)
        }
    }

    @Test func aCodeThatNobodyEntersLapses() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            // Nobody comes; each wait moves the time on.
            let error = await failure { try await connection.signIn(with: device) { _ in } }
            #expect(error?.code == "expired_token")
            #expect(azure.clock.now >= azure.clock.after(0) && !device.isSignedIn)
        }
    }

    @Test func whoeverAsksTooOftenIsToldToSlowDownAndDoes() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            let body = CredentialErrorTests.body("AADSTS70018", "slow_down")
            try await azure.order(.status(400, body: body), path: "/oauth2/v2.0/token", count: 1)
            let signIn = Task {
                try await connection.signIn(with: device) { try? await azure.enter($0.userCode, "approve") }
            }
            // Ten seconds are a long sleep for this clock.
            try await eventually { azure.exchanges(.token).count == 2 && azure.clock.sleeperCount > 0 }
            azure.clock.advance(by: 10)
            try await signIn.value
            #expect(device.isSignedIn)
        }
    }

    @Test func aStumbleOfTheIssuerWhileSomebodyTypesIsOvercome() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            try await azure.order(.status(502), path: "/oauth2/v2.0/token", count: 5)
            try await azure.signIn(connection, with: device)
            #expect(device.isSignedIn)
        }
    }

    @Test func oneSignInServesEveryAudience() async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(.deviceCode)
            var names: Set<String> = []
            for audience in TokenAudience.allCases {
                names.insert(try await connection.token(for: audience).claims?.userName ?? "")
            }
            #expect(names == ["minji.kim@amltop.example"])
            #expect(azure.arrived("arm POST /*/oauth2/v2.0/devicecode") == 1)
        }
    }

    @Test func aSignInThatIsRevokedIsForgotten() async throws {
        try await SimulatedAzure.with { azure in
            let device = DeviceCodeCredential()
            let connection = try await azure.connection(device, variables: azure.variables)
            try await azure.signIn(connection, with: device)
            let client = MachineLearningClient(workspace: azure.workspace(), connection: connection)
            _ = try await client.workspace()
            try await azure.order(.revokeTokens, path: "/workspaces/")
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .signedOut(credential: "DeviceCodeCredential") && error?.code == "AADSTS50173")
            #expect(!device.isSignedIn)
            let next = await failure { try await client.workspace() }
            let nobody = UnavailableCredential(name: "DeviceCodeCredential", reason: .notSignedIn)
            #expect(next?.kind == .noCredential([nobody]))
        }
    }

    @Test func cancellingStopsTheWaiting() async throws {
        try await SimulatedAzure.with { azure in
            let (device, connection) = try await device(azure)
            let signIn = Task { await failure { try await connection.signIn(with: device) { _ in } } }
            try await eventually { azure.exchanges(.token).count > 2 }
            signIn.cancel()
            #expect(await signIn.value?.kind == .cancelled)
            #expect(!device.isSignedIn)
        }
    }
}
