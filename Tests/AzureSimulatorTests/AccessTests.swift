import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ActionPatternTests {
    @Test(arguments: [
        ("*", "Microsoft.X/a/read"), ("*/read", "microsoft.x/a/b/READ"), ("Microsoft.X/*", "Microsoft.X/a/b/action"),
        ("Microsoft.X/*/read", "Microsoft.X/a/b/read"), ("Microsoft.X/a/*/b/*/c", "Microsoft.X/a/1/b/2/b/3/c"),
        ("Microsoft.X/a/read", "Microsoft.X/a/read"),
    ])
    func takes(_ pattern: String, _ action: String) {
        #expect(ActionPattern(pattern).matches(action.lowercased()))
    }

    @Test(arguments: [
        ("*/read", "Microsoft.X/a/write"), ("Microsoft.X/*/read", "Microsoft.X/read"),
        ("Microsoft.X/a/read", "Microsoft.X/a/reads"), ("Microsoft.X/a", "Microsoft.X/ab"),
        ("Microsoft.X/a*a", "Microsoft.X/a"), ("", "a"),
    ])
    func leaves(_ pattern: String, _ action: String) {
        #expect(!ActionPattern(pattern).matches(action.lowercased()))
    }

    @Test func anExceptionHoldsForItsOwnEntryAlone() {
        let narrow = RoleDefinition.Permission(actions: ["A/*"], notActions: ["A/b/write"])
        let wide = RoleDefinition.Permission(actions: ["A/b/*"])
        #expect(!narrow.allows("A/b/write") && narrow.allows("A/b/read"))
        let role = RoleDefinition(id: "r", name: "r", description: "", permissions: [narrow, wide])
        #expect(role.allows("A/b/write"))
    }

    @Test func theDataScientistMayDoAllThereIsToEndpointsAndNotChangeTheWorkspace() {
        let endpoints = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
        let role = RoleDefinition.dataScientist
        for action in ["read", "write", "delete", "listKeys/action", "regenerateKeys/action", "score/action"] {
            #expect(role.allows("\(endpoints)/\(action)"))
        }
        #expect(!role.allows("Microsoft.MachineLearningServices/workspaces/write"))
        #expect(!role.allows("Microsoft.MachineLearningServices/workspaces/computes/listKeys/action"))
        #expect(!role.allows("Microsoft.Insights/metrics/read"))
    }
}

@Suite struct AccessTests {
    private static let endpoints = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"

    /// A request and the action it needs.
    struct Request: Sendable, CustomStringConvertible {
        let method: HTTPMethod
        /// Below the workspace.
        let path: String
        let action: String
        var description: String { "\(method) \(path)" }
    }

    static let reads = [
        Request(method: .GET, path: "", action: "Microsoft.MachineLearningServices/workspaces/read"),
        Request(method: .GET, path: "/onlineEndpoints", action: endpoints + "/read"),
        Request(method: .GET, path: "/onlineEndpoints/my-endpoint", action: endpoints + "/read"),
        Request(
            method: .GET,
            path: "/onlineEndpoints/my-endpoint/deployments",
            action: endpoints + "/deployments/read"
        ),
    ]
    static let insights = [
        Request(
            method: .GET,
            path: "/onlineEndpoints/my-endpoint/providers/Microsoft.Insights/metrics?metricnames=RequestsPerMinute",
            action: "Microsoft.Insights/metrics/read"
        ),
        Request(
            method: .GET,
            path: "/onlineEndpoints/my-endpoint/providers/Microsoft.Insights/diagnosticSettings",
            action: "Microsoft.Insights/diagnosticSettings/read"
        ),
    ]
    static let secrets = [
        Request(method: .POST, path: "/onlineEndpoints/my-endpoint/listKeys", action: endpoints + "/listKeys/action"),
        Request(
            method: .POST,
            path: "/onlineEndpoints/my-endpoint/regenerateKeys",
            action: endpoints + "/regenerateKeys/action"
        ),
        Request(
            method: .POST,
            path: "/onlineEndpoints/my-endpoint/deployments/blue/getLogs",
            action: endpoints + "/deployments/getLogs/action"
        ),
    ]
    static let token = Request(
        method: .POST,
        path: "/onlineEndpoints/pricing-kr/token",
        action: endpoints + "/token/action"
    )

    private func answer(_ request: Request, as principal: SimulatorPrincipal) async throws -> (Answer, Harness) {
        try await Harness.run({ $0.principal = principal }) { harness in
            let token = try await harness.token()
            let body = request.method == .POST ? #"{"keyType":"Primary"}"# : nil
            let path = harness.workspace + request.path
            return (try await harness.manage(path, token: token, method: request.method, body: body), harness)
        }
    }

    private func expectRefusal(_ request: Request, as principal: SimulatorPrincipal) async throws {
        try await Harness.run({ $0.principal = principal }) { harness in
            let token = try await harness.token()
            let claims = try #require(await harness.simulator.claims(of: token))
            let path = harness.workspace + request.path
            let answer = try await harness.manage(path, token: token, method: request.method)
            #expect(answer.status == 403 && answer.code == "AuthorizationFailed")
            let scope = request.scope(below: harness.workspace)
            #expect(
                answer.json["error"]["message"].string
                    == "The client '\(claims.appid)' with object id '\(claims.oid)' does not have authorization to perform "
                    + "action '\(request.action)' over scope '\(scope)' or the scope is invalid. If access was recently "
                    + "granted, please refresh your credentials."
            )
        }
    }

    @Test(arguments: reads + insights + secrets + [token])
    func theOwnerMayEverything(_ request: Request) async throws {
        let (answer, _) = try await answer(request, as: .owner)
        #expect((200...202).contains(answer.status), "\(answer.text)")
    }

    @Test(arguments: reads + insights)
    func theReaderReads(_ request: Request) async throws {
        let (answer, _) = try await answer(request, as: .reader)
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test(arguments: secrets + [token])
    func theReaderGetsNoSecretsAndChangesNothing(_ request: Request) async throws {
        try await expectRefusal(request, as: .reader)
    }

    @Test(arguments: reads + [token])
    func theScorerSeesTheEndpointsAndGetsTokens(_ request: Request) async throws {
        let (answer, _) = try await answer(request, as: .scorer)
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test(arguments: insights + secrets)
    func theScorerSeesNothingElse(_ request: Request) async throws {
        try await expectRefusal(request, as: .scorer)
    }

    @Test func whatDoesNotExistIsForbiddenBeforeItIsMissing() async throws {
        try await Harness.run({ $0.principal = .scorer }) { harness in
            let token = try await harness.token()
            let groups = try await harness.manage("\(harness.subscription)/resourceGroups/nowhere", token: token)
            #expect(groups.status == 403)
            #expect(
                groups.json["error"]["message"].string?.contains(
                    "'Microsoft.Resources/subscriptions/resourceGroups/read'"
                )
                    == true
            )
            #expect(try await harness.manage("/subscriptions/x/resourceGroups/y", token: token).status == 404)
        }
    }

    @Test(arguments: SimulatorPrincipal.allCases)
    func whoeverMayScoreScoresWithAMicrosoftEntraToken(_ principal: SimulatorPrincipal) async throws {
        try await Harness.run({ $0.principal = principal }) { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/fraud-scoring"
            let uri = try await harness.manage(path, token: token).json["properties"]["scoringUri"].string ?? ""
            let data = try await harness.token("https://ml.azure.com")
            let answer = try await harness.send(.POST, uri, headers: [("Authorization", "Bearer \(data)")], body: "[1]")
            #expect(answer.status == (principal == .reader ? 401 : 200))
            if principal == .reader { #expect(answer.text == "aad_token_auth_access_denied") }
        }
    }

    @Test(arguments: [(SimulatorPrincipal.owner, 200), (.reader, 200), (.scorer, 403)])
    func theLogIsReadByWhoMayReadIt(_ principal: SimulatorPrincipal, _ status: Int) async throws {
        try await Harness.run({ $0.principal = principal }) { harness in
            let logs = try await harness.logsURL
            let token = try await harness.token(logs)
            let owner = try await Harness.run { owner in
                try await owner.manage(
                    "\(owner.subscription)/resourceGroups/rg-monitor/providers/Microsoft.OperationalInsights/workspaces/"
                        + "law-ml-krc",
                    token: try await owner.token()
                ).json["properties"]["customerId"].string ?? ""
            }
            let answer = try await harness.send(
                .POST,
                "\(logs)/v1/workspaces/\(owner)/query",
                headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")],
                body: #"{"query":"AmlOnlineEndpointTrafficLog | count"}"#
            )
            #expect(answer.status == status)
            if status == 403 { #expect(answer.code == "InsufficientAccessError") }
        }
    }

    @Test func theGraphShowsWhatMayBeRead() async throws {
        func types(_ principal: SimulatorPrincipal) async throws -> Set<String> {
            try await Harness.run({ $0.principal = principal }) { harness in
                let answer = try await harness.manage(
                    "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
                    token: try await harness.token(),
                    method: .POST,
                    body: #"{"query":"resources | distinct type"}"#
                )
                return Set(answer.json["data"].items.compactMap { $0["type"].string })
            }
        }
        let all = try await types(.owner)
        #expect(all.count == 4)
        #expect(try await types(.reader) == all)
        #expect(try await types(.scorer) == all.filter { $0.hasPrefix("microsoft.machinelearningservices") })
    }
}

extension AccessTests.Request {
    /// An extension is allowed at what it extends, an action at its resource, a list at what it is in.
    fileprivate func scope(below workspace: String) -> String {
        let path = path.split(separator: "?").first.map(String.init) ?? ""
        if let range = path.firstRange(of: "/providers/") { return workspace + path[..<range.lowerBound] }
        guard method == .POST, let slash = path.lastIndex(of: "/") else { return workspace + path }
        return workspace + path[..<slash]
    }
}

/// What of all this can be read.
@Suite struct AuthorizationRouteTests {
    private func read(_ path: String, as principal: SimulatorPrincipal = .owner) async throws -> (JSON, Int) {
        try await Harness.run({ $0.principal = principal }) { harness in
            let scope = path.replacing("{ws}", with: harness.workspace).replacing("{s}", with: harness.subscription)
            let version = scope.contains("?") ? "&" : "?"
            let answer = try await harness.manage(
                "\(scope)\(version)api-version=2022-04-01",
                token: try await harness.token()
            )
            return (answer.json, answer.status)
        }
    }

    @Test func definitionsAreFoundByNameWithAzuresIds() async throws {
        let name = Harness.escaped("roleName eq 'AzureML Data Scientist'")
        let (json, _) = try await read("{s}/providers/Microsoft.Authorization/roleDefinitions?$filter=\(name)")
        #expect(json["value"].items.compactMap { $0["name"].string } == ["f6c7c914-8db3-469d-8ca1-694a8f32e121"])
        #expect(json["value"][0]["properties"]["type"].string == "BuiltInRole")
        let custom = Harness.escaped("type eq 'CustomRole'")
        let (others, _) = try await read("{ws}/providers/Microsoft.Authorization/roleDefinitions?$filter=\(custom)")
        #expect(others["value"].items.compactMap { $0["properties"]["roleName"].string } == ["Online Endpoint Scorer"])
    }

    @Test func assignmentsAtAnEndpointAreThoseOfTheScopesAbove() async throws {
        let scope = "{ws}/onlineEndpoints/my-endpoint/providers/Microsoft.Authorization/roleAssignments"
        let (json, _) = try await read("\(scope)?$filter=\(Harness.escaped("atScope()"))")
        #expect(json["value"].items.count == 3)
        let (wrong, status) = try await read("\(scope)?$filter=\(Harness.escaped("foo eq 'x'"))")
        #expect(status == 400 && wrong["error"]["code"].string == "UnsupportedQuery")
    }

    @Test func everybodyReadsTheirOwnPermissionsAndFewTheRoles() async throws {
        let own = "{ws}/onlineEndpoints/my-endpoint/providers/Microsoft.Authorization/permissions"
        let (json, status) = try await read(own, as: .scorer)
        #expect(status == 200 && json["value"].items.count == 1)
        #expect(json["value"][0]["notActions"].items.compactMap(\.string).contains { $0.hasSuffix("/listKeys/action") })
        let (_, refused) = try await read("{ws}/providers/Microsoft.Authorization/roleAssignments", as: .scorer)
        #expect(refused == 403)
    }
}
