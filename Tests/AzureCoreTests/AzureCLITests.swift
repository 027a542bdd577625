@testable import AzureCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct AzureCLITests {
    private let time = ManualTime()

    private func token(
        _ environment: [String: String],
        resource: String = "https://management.azure.com",
        tenant: String? = nil,
        time: TimeSource? = nil
    ) async throws -> AccessToken {
        let credential = AzureCLICredential(
            environment: environment,
            tenantID: tenant,
            time: time ?? self.time.source
        )
        let manual = self.time
        return try await credential.token(
            for: TokenRequest(audience: .resourceManager, resource: resource, cloud: .azureCloud),
            pipeline: Pipeline(transport: FakeTransport([AzureResponse()])),
            now: { manual.now }
        )
    }

    private func reason(_ body: () async throws -> AccessToken) async -> UnavailableCredential.Reason? {
        let error = await #expect(throws: CredentialUnavailable.self) { try await body() }
        #expect(error?.credential.name == "AzureCliCredential")
        return error?.credential.reason
    }

    @Test func theProgramIsAskedInAzuresWordsAndLearnsNoSecret() async throws {
        let script = """
            echo "$@" > "$NOTES/arguments"; pwd > "$NOTES/folder"; env > "$NOTES/environment"; cat > "$NOTES/input"
            echo '{"accessToken":"t-1","expires_on":1746113586,"expiresOn":"1999-01-01 00:00:00.000000"}'
            """
        try await FakeAzureCLI.with(script) { az in
            let secrets = ["AZURE_CLIENT_SECRET": "canary", "AMLTOP_ARM_TOKEN": "canary", "AZURE_CONFIG_DIR": "/c"]
            let token = try await token(az.environment(secrets), tenant: "contoso.example")
            #expect(token.secret == Secret("t-1") && token.credential == "AzureCliCredential" && token.isRenewable)
            #expect(token.expiresAt == Date(timeIntervalSince1970: 1_746_113_586))
            #expect(
                try az.note("arguments") == "account get-access-token --output json --resource "
                    + "https://management.azure.com --tenant contoso.example\n"
            )
            #expect(try az.note("folder") == "/\n")
            #expect(try az.note("input").isEmpty)
            let seen = try az.note("environment")
            #expect(seen.contains("AZURE_CORE_NO_COLOR=true\n") && seen.contains("AZURE_CONFIG_DIR=/c\n"))
            #expect(!seen.contains("canary"))
        }
    }

    @Test func anOlderProgramSaysTheTimeOnTheWall() async throws {
        let expected = "2025-05-01 15:33:06.000000"
        try await FakeAzureCLI.with(#"echo '{"accessToken":"t","expiresOn":"\#(expected)"}'"#) { az in
            let expiry = try #require(try await token(az.environment()).expiresAt)
            #expect(Self.wallClock(expiry) == "2025-05-01T15:33:06Z")
        }
    }

    /// What a clock on the wall of this machine shows at a moment, as if it were UTC.
    private static func wallClock(_ date: Date) -> String {
        let offset = TimeZone.current.secondsFromGMT(for: date)
        return ISO8601.text(date.addingTimeInterval(Double(offset)))
    }

    @Test(
        arguments: [
            ("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1", .notLoggedIn),
            ("echo \"ERROR: run az account set\" >&2; exit 1", .notLoggedIn),
            (
                "echo 'AADSTS700082: expired. Run az login' >&2; exit 1",
                .programFailed(exitCode: 1, message: "AADSTS700082: expired. Run az login")
            ),
            ("exit 127", .programNotFound("az")), ("kill -9 $$", .programFailed(exitCode: -9, message: "")),
            ("echo garbage", .malformedOutput), ("true", .malformedOutput), ("echo '{}'", .malformedOutput),
            (#"echo '{"accessToken":""}'"#, .malformedOutput), ("yes | head -c 900000", .malformedOutput),
            (#"echo '{"accessToken":"t","expires_on":1746109985}'"#, .lapsedToken),
        ] as [(String, UnavailableCredential.Reason)]
    )
    func whateverIsTheMatterItIsUnavailable(_ script: String, _ expected: UnavailableCredential.Reason) async throws {
        try await FakeAzureCLI.with(script) { az in
            #expect(await reason { try await token(az.environment()) } == expected)
        }
    }

    @Test func aTokenAmongTheWordsOfAFailureIsCovered() async throws {
        let script =
            #"echo 'bad: {"accessToken": "eyJcanary", "x": 1} eyJ\#(String(repeating: "c", count: 60))' >&2; exit 2"#
        try await FakeAzureCLI.with(script) { az in
            let reason = await reason { try await token(az.environment()) }
            guard case .programFailed(2, let message) = reason else { return #expect(Bool(false), "\(reason as Any)") }
            #expect(message == #"bad: {"accessToken": "••••••••", "x": 1} ••••••••"#)
        }
    }

    @Test func withoutTheProgramItIsSaidSo() async {
        #expect(await reason { try await token(["PATH": "/nowhere:relative:"]) } == .programNotFound("az"))
        #expect(await reason { try await token([:]) } == .programNotFound("az"))
    }

    @Test(arguments: ["--help", "https://a b", "https://a;rm", "", "https://ä"])
    func whatIsNoResourceNeverReachesTheProgram(_ resource: String) async throws {
        try await FakeAzureCLI.with("touch \"$NOTES/ran\"") { az in
            let reason = await reason { try await token(az.environment(), resource: resource) }
            #expect(reason == .unsuitableRequest("resource"))
            #expect(!FileManager.default.fileExists(atPath: az.folder + "/ran"))
        }
    }

    @Test func aProgramThatTakesTooLongIsEndedWithAllItStarted() async throws {
        try await FakeAzureCLI.with("sleep 600 & echo $! > \"$NOTES/child\"; wait") { az in
            // The clock stands until the program is known to run.
            let impatient = TimeSource(
                now: { Date() },
                sleep: { duration in
                    #expect(duration == .seconds(10))
                    _ = await eventually { (try? az.note("child"))?.isEmpty == false }
                }
            )
            let reason = await reason { try await token(az.environment(), time: impatient) }
            #expect(reason == .timedOut(after: .seconds(10)))
            let child = try az.note("child").trimmingSpace
            #expect(await eventually { !Self.runs(child) })
        }
    }

    private static func runs(_ process: String) -> Bool {
        guard let facts = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !facts.contains(") Z ")
    }

    @Test func theChainTellsWhoWonAndWhyTheOthersDidNot() async throws {
        try await FakeAzureCLI.with(#"echo '{"accessToken":"from-az","expires_on":1746113586}'"#) { az in
            let chain = CredentialChain.standard(environment: az.environment(), time: time.source)
            let time = time
            let token = try await chain.token(
                for: TokenRequest(audience: .logAnalytics, resource: "https://api.example", cloud: .azureCloud),
                pipeline: Pipeline(transport: Self.nobody),
                now: { time.now }
            )
            #expect(token.secret == Secret("from-az"))
            #expect(chain.winner(for: .logAnalytics) == "AzureCliCredential")
            #expect(chain.reasons(for: .logAnalytics).map(\.name) == Self.beforeTheCLI)
            #expect(chain.reasons(for: .resourceManager).isEmpty)
        }
    }

    /// Every host is out of reach: no test asks a real one for a managed identity.
    private static let nobody = FakeTransport { _, _ in throw AzureError(.unreachable(.noRoute)) }
    private static let principal = ["ClientSecretCredential", "ClientCertificateCredential"]
    private static let cloud = ["WorkloadIdentityCredential", "ManagedIdentityCredential"]
    private static let beforeTheCLI = ["GivenToken"] + principal + cloud

    @Test(
        arguments: [
            ("dev", ["GivenToken", "AzureCliCredential"] + principal + cloud),
            ("PROD", beforeTheCLI + ["AzureCliCredential"]),
            ("AzureCliCredential", ["GivenToken", "AzureCliCredential"] + principal + cloud),
            ("environmentcredential", ["GivenToken"] + principal + cloud + ["AzureCliCredential"]),
            (
                "WorkloadIdentityCredential",
                ["GivenToken", "WorkloadIdentityCredential"] + principal
                    + ["ManagedIdentityCredential", "AzureCliCredential"]
            ),
            (
                "managedidentitycredential",
                ["GivenToken", "ManagedIdentityCredential"] + principal
                    + ["WorkloadIdentityCredential", "AzureCliCredential"]
            ),
        ])
    func aVariableNarrowsTheChain(_ word: String, _ expected: [String]) async {
        let chain = CredentialChain.standard(environment: ["AZURE_TOKEN_CREDENTIALS": word], time: time.source)
        let reasons = await reasons(of: chain)
        #expect(reasons.map(\.name) == expected)
        #expect(reasons.last?.reason == .excluded(byVariable: "AZURE_TOKEN_CREDENTIALS"))
    }

    @Test(
        arguments: [
            "VisualStudioCodeCredential", "AzurePowerShellCredential", "AzureDeveloperCliCredential",
            "InteractiveBrowserCredential", "nonsense",
        ])
    func aCredentialWeDoNotHaveIsNamed(_ word: String) async {
        let environment = ["AZURE_TOKEN_CREDENTIALS": word]
        let reasons = await reasons(of: CredentialChain.standard(environment: environment, time: time.source))
        #expect(reasons.last == UnavailableCredential(name: word, reason: .notSupported))
        #expect(reasons.count == 7)
    }

    private func reasons(of chain: CredentialChain) async -> [UnavailableCredential] {
        let time = time
        let error = await #expect(throws: AzureError.self) {
            try await chain.token(
                for: TokenRequest(audience: .resourceManager, resource: "https://a.example", cloud: .azureCloud),
                pipeline: Pipeline(transport: Self.nobody),
                now: { time.now }
            )
        }
        guard case .noCredential(let reasons) = error?.kind else { return [] }
        return reasons
    }
}
