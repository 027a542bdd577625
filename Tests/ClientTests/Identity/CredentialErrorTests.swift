import AzureCore
import AzureML
import Testing

/// Every refusal of API.md b, for every way that asks Microsoft Entra: the kind, the number, the trace id.
@Suite struct CredentialErrorTests {
    /// Number, OAuth's word, HTTP status, and what it has to become.
    static let refusals: [(code: String, word: String, status: Int, isThrottled: Bool)] = [
        ("AADSTS7000215", "invalid_client", 401, false), ("AADSTS7000222", "invalid_client", 401, false),
        ("AADSTS700016", "unauthorized_client", 400, false), ("AADSTS700024", "invalid_client", 401, false),
        ("AADSTS700027", "invalid_client", 401, false), ("AADSTS700211", "invalid_client", 401, false),
        ("AADSTS500011", "invalid_resource", 400, false), ("AADSTS50001", "invalid_resource", 400, false),
        ("AADSTS70011", "invalid_scope", 400, false), ("AADSTS90002", "invalid_request", 400, false),
        ("AADSTS900144", "invalid_request", 400, false), ("AADSTS50076", "interaction_required", 400, false),
        ("AADSTS50079", "interaction_required", 400, false), ("AADSTS53003", "interaction_required", 400, false),
        ("AADSTS65001", "invalid_grant", 400, false), ("AADSTS70008", "invalid_grant", 400, false),
        ("AADSTS700082", "invalid_grant", 400, false), ("AADSTS50173", "invalid_grant", 400, false),
        ("AADSTS90055", "temporarily_unavailable", 429, true),
    ]

    static func body(_ code: String, _ word: String) -> String {
        """
        {"error":"\(word)","error_description":"\(code): Nope.\\r\\nTrace ID: 3d1f\\r\\nCorrelation ID: 2\\r\\n\
        Timestamp: 2025-05-01 05:00:00Z","error_codes":[\(code.dropFirst(6))],"trace_id":"3d1f"}
        """
    }

    @Test(arguments: SignInWay.ofEntra)
    func aRefusalIsTypedAndNamesItsNumber(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way, retry: .never)
            for refusal in Self.refusals {
                let body = Self.body(refusal.code, refusal.word)
                try await azure.order(.status(refusal.status, body: body), path: way.path, count: 0)
                let error = await failure { try await connection.renewToken(for: .resourceManager) }
                #expect(error?.code == refusal.code && error?.operation == .token && error?.requestID == "3d1f")
                #expect(error?.message == "\(refusal.code): Nope.")
                let kind: AzureError.Kind =
                    refusal.isThrottled ? .throttled(retryAfter: nil) : .signedOut(credential: way.credential)
                #expect(error?.kind == kind || refusal.word == "invalid_grant" && way == .deviceCode)
                try await azure.clearFaults()
                // What lapsed is dropped: somebody has to sign in again.
                if way == .deviceCode, refusal.word == "invalid_grant" { return }
            }
        }
    }

    @Test(arguments: SignInWay.ofEntra, [400, 503])
    func whatIsTemporaryIsAskedAgain(_ way: SignInWay, _ status: Int) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            let before = azure.exchanges(.token).count
            let body = Self.body("AADSTS90033", "temporarily_unavailable")
            try await azure.order(.status(status, body: body), path: way.path, count: 2)
            _ = try await connection.token(for: .machineLearning)
            #expect(azure.exchanges(.token).dropFirst(before).map(\.status) == [status, status, 200])
        }
    }

    @Test(arguments: SignInWay.ofEntra)
    func whatStaysTemporaryIsNotARefusal(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            let before = azure.exchanges(.token).count
            let body = Self.body("AADSTS90033", "temporarily_unavailable")
            try await azure.order(.status(400, body: body), path: way.path, count: 0)
            let error = await failure { try await connection.token(for: .machineLearning) }
            #expect(error?.kind == .badRequest && error?.code == "AADSTS90033")
            #expect(azure.exchanges(.token).count == before + 3)
        }
    }

    @Test(arguments: SignInWay.allCases)
    func noAnswerIsATimeout(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way, retry: .never)
            _ = try await connection.token(for: .resourceManager)
            try await azure.order(.drop, path: way.path, count: 0)
            let sleepers = azure.clock.sleeperCount
            let answer = Task { await failure { try await connection.token(for: .machineLearning) } }
            try await eventually { azure.clock.sleeperCount > sleepers }
            azure.clock.advance(by: 31)
            let error = await answer.value
            switch way {
            case .systemIdentity, .userIdentity:
                guard case .noCredential(let reasons)? = error?.kind else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(reasons.map(\.reason) == [.noManagedIdentityService(host: "localhost")])
            default: #expect(error?.kind == .timedOut(after: .seconds(30)))
            }
            // What was held before is still there.
            #expect(connection.cachedToken(for: .resourceManager) != nil)
        }
    }

    @Test(arguments: SignInWay.allCases)
    func aCallerThatIsCancelledLeavesAndTheOthersGetTheirToken(_ way: SignInWay) async throws {
        try await SimulatedAzure.with { azure in
            let connection = try await azure.connection(way)
            let before = azure.exchanges(.token).count
            try await azure.order(.delay(milliseconds: 20), path: way.path)
            let stays = Task { try await connection.token(for: .machineLearning) }
            let leaves = Task { await failure { try await connection.token(for: .machineLearning) } }
            leaves.cancel()
            let error = await leaves.value
            #expect(error == nil || error?.kind == .cancelled)
            #expect(try await stays.value.credential == way.credential)
            // The metadata service is looked for once before it is asked.
            let count = [.systemIdentity, .userIdentity].contains(way) ? 2 : 1
            #expect(azure.exchanges(.token).count == before + count)
        }
    }
}
