import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import JSONValue
import TerminalUI

/// A small workspace at a fixed moment, for reducers and frames.
enum Samples {
    static let now = Date(timeIntervalSince1970: 1_764_000_000)
    static let workspace = WorkspaceAddress(subscriptionID: "s", resourceGroup: "rg-ml", name: "ws-fraud-krc")
    static let zone = ZoneOffset(seconds: 9 * 3_600, abbreviation: "KST")
    static let region = MetricScope(subscriptionID: "s", region: "koreacentral")
    static let logWorkspace = LogWorkspace(
        id: ResourceID("/subscriptions/s/resourceGroups/rg-ml/providers/Microsoft.OperationalInsights/workspaces/logs"),
        name: "logs",
        customerID: "c",
        location: nil
    )

    static let connection = ConnectionFacts(
        cloudName: "AzureCloud",
        workspace: workspace,
        hosts: [
            .resourceManager: "management.azure.com", .machineLearning: "ml.azure.com",
            .logAnalytics: "api.loganalytics.io",
        ]
    )

    static func id(_ endpoint: String) -> ResourceID {
        ResourceID(
            "/subscriptions/s/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws-fraud-krc"
                + "/onlineEndpoints/\(endpoint)"
        )
    }

    static func endpoint(
        _ name: String,
        _ authMode: AuthMode = .key,
        _ state: ProvisioningState = .succeeded,
        traffic: [String: Int] = ["blue": 100],
        mirror: [String: Int] = [:],
        operationURL: String? = nil,
        modifiedSecondsAgo: Double = 86_400 * 3
    ) -> OnlineEndpoint {
        OnlineEndpoint(
            id: id(name),
            name: name,
            location: "koreacentral",
            kind: "Managed",
            authMode: authMode,
            provisioningState: state,
            scoringURI: "https://\(name).koreacentral.inference.ml.azure.com/score",
            traffic: traffic,
            mirrorTraffic: mirror,
            tags: ["team": "fraud"],
            systemData: SystemData(
                createdBy: "A User",
                createdAt: now.addingTimeInterval(-86_400 * 40),
                lastModifiedAt: now.addingTimeInterval(-modifiedSecondsAgo)
            ),
            lastOperationURL: operationURL,
            raw: raw(name, authMode, traffic)
        )
    }

    private static func raw(_ name: String, _ authMode: AuthMode, _ traffic: [String: Int]) -> JSONValue {
        let shares = traffic.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .number(JSONNumber($0.value)))
        }
        return [
            "id": .string(id(name).text), "name": .string(name), "location": "koreacentral",
            "properties": [
                "authMode": .string(authMode.cliValue), "traffic": .object(JSONObject(shares)),
                "scoringUri": .string("https://\(name).koreacentral.inference.ml.azure.com/score"),
            ], "tags": ["team": "fraud", "cost/center": "42"], "kind": "Managed",
        ]
    }

    static func deployment(_ name: String, of endpoint: String, instances: Int = 1) -> OnlineDeployment {
        OnlineDeployment(
            id: id(endpoint).appending("deployments", name),
            name: name,
            endpointName: endpoint,
            computeType: "Managed",
            provisioningState: .succeeded,
            instanceType: "Standard_DS3_v2",
            instanceCount: instances,
            model: "/subscriptions/s/x/models/fraud/versions/3",
            maxConcurrentRequestsPerInstance: 4
        )
    }

    static let endpoints: [OnlineEndpoint] = [
        endpoint("churn", .key, .updating, modifiedSecondsAgo: 130),
        endpoint("fraud-scoring", .aadToken, traffic: ["blue": 90, "green": 10], mirror: ["shadow": 5]),
        endpoint("llm-gateway", .amlToken, .failed, traffic: ["v3": 100], operationURL: "https://x/operations/1"),
        endpoint("vision-batch", .key, traffic: [:]),
        endpoint("사기탐지-실시간", .key),
    ]

    static func row(_ number: Int, secondsAgo: Double, code: Int = 200, endpoint: String = "fraud-scoring")
        -> TrafficLogRow
    {
        TrafficLogRow(
            time: now.addingTimeInterval(-secondsAgo),
            endpointName: endpoint,
            deploymentName: "blue",
            method: "POST",
            path: "/score",
            responseCode: code,
            responseReason: code == 200 ? "" : "model_error",
            modelStatusCode: code == 424 ? 500 : code,
            userAgent: "batch-runner/1.9",
            requestID: "request-\(number)",
            totalMilliseconds: 80 + number,
            authType: "AADToken",
            identity: "1f3a0000-aaaa-bbbb-cccc-000000000001",
            resourceID: id(endpoint)
        )
    }

    /// A dashboard that has read all there is.
    static func state(_ size: Size) -> DashboardState {
        var walk = Walkthrough(state: DashboardState(workspace: workspace, size: size))
        walk.tick()
        walk.answerAll { answer(to: $0) }
        return walk.state
    }

    static func answer(to request: Request) -> Answer {
        switch request.source {
        case .connection: .connected(connection)
        case .token(let audience): .token(token(audience))
        case .workspace: .workspace(Workspace(id: workspace.id, name: workspace.name, location: "koreacentral"))
        case .endpoints: .endpoints(page: endpoints, isLast: true)
        case .fleet: .fleet(page: fleet, isLast: true)
        case .endpoint(let id): endpoints.first { $0.id == id }.map(Answer.endpoint) ?? .failed(missing)
        case .regionMetrics:
            .regionMetrics(
                Dictionary(uniqueKeysWithValues: endpoints.map { ($0.id, metrics(of: $0.name)) }),
                historyMinutes: 30
            )
        case .regionDeploymentMetrics: .regionDeploymentMetrics(deploymentMetrics)
        case .workspaces: .workspaces(workspaces)
        case .deployments(let id): .deployments(deployments(of: id.name))
        case .endpointMetrics(let id): .endpointMetrics(metrics(of: id.name))
        case .lastTraffic: .lastTraffic(nil)
        case .deploymentMetrics: .deploymentMetrics(utilisation)
        case .diagnosticSettings(let id): .diagnosticSettings(settings(of: id.name))
        case .endpointToken:
            .endpointToken(
                EndpointTokenFacts(
                    expiresAt: now.addingTimeInterval(192),
                    refreshAfter: now.addingTimeInterval(120)
                )
            )
        case .activity(let id): .keyActivity(keyActivity(of: id.name, from: request.from ?? now))
        case .lastOperation:
            .lastOperation(
                OperationStatus(status: "Failed", errorCode: "OutOfQuota", errorMessage: "Not enough quota.")
            )
        case .logWorkspace: .logWorkspace(logWorkspace)
        case .trafficLog:
            .trafficLog(
                (0..<40).map { row($0, secondsAgo: Double(120 + $0 * 3), code: $0 % 7 == 3 ? 424 : 200) },
                from: request.from ?? now
            )
        case .trafficAggregates:
            .trafficAggregates([
                TrafficAggregate(
                    endpointID: id("fraud-scoring"),
                    deploymentName: "blue",
                    requests: 7_604,
                    failures: 8,
                    clientErrors: 2
                ),
                TrafficAggregate(
                    endpointID: id("fraud-scoring"),
                    deploymentName: "green",
                    requests: 808,
                    failures: 1,
                    clientErrors: 0
                ),
            ])
        }
    }

    /// The keys of `churn` were made anew by somebody; those of the others are as old as their endpoints.
    static func keyActivity(of name: String, from start: Date) -> KeyActivity {
        let caller = ActivityEvent.Caller(
            name: "jisoo.park@contoso.com",
            displayName: "Jisoo Park",
            objectID: "oid-jisoo",
            appID: "c44b4083"
        )
        let rotation = KeyRegeneration(
            time: now.addingTimeInterval(-12.4 * 86_400),
            outcome: .succeeded,
            caller: caller
        )
        return KeyActivity(regenerations: name == "churn" ? [rotation] : [], readFrom: start)
    }

    private static let missing = AzureError(.notFound(.endpoint), status: 404)
    private static let utilisation = DeploymentMetrics(
        cpuPercent: 41,
        memoryPercent: 63,
        p95Milliseconds: 80,
        measuredAt: now
    )

    /// What Resource Graph tells of the same endpoints.
    static var fleet: [FleetResource] {
        endpoints.flatMap { endpoint in
            [fleetResource(endpoint)]
                + deployments(of: endpoint.name).map {
                    FleetResource(
                        id: $0.id,
                        name: $0.name,
                        kind: .deployment,
                        provisioningState: $0.provisioningState,
                        instanceType: $0.instanceType,
                        instanceCount: $0.instanceCount,
                        retrievedAt: now
                    )
                }
        }
    }

    static func fleetResource(_ endpoint: OnlineEndpoint, retrievedAt: Date = now) -> FleetResource {
        FleetResource(
            id: endpoint.id,
            name: endpoint.name,
            kind: .endpoint,
            location: endpoint.location,
            computeKind: endpoint.kind,
            authMode: endpoint.authMode,
            provisioningState: endpoint.provisioningState,
            traffic: endpoint.traffic,
            mirrorTraffic: endpoint.mirrorTraffic,
            tags: endpoint.tags,
            retrievedAt: retrievedAt
        )
    }

    private static var deploymentMetrics: [ResourceID: DeploymentMetrics] {
        let ids = endpoints.flatMap { deployments(of: $0.name).map(\.id) }
        return Dictionary(uniqueKeysWithValues: ids.map { ($0, utilisation) })
    }

    static let otherWorkspace = WorkspaceAddress(subscriptionID: "t", resourceGroup: "rg-lab", name: "ws-lab-krc")
    static let workspaces = WorkspaceListing(
        entries: [
            .init(address: otherWorkspace, subscriptionName: "Lab", location: "koreacentral"),
            .init(address: workspace, subscriptionName: "Production", location: "koreacentral"),
        ],
        refusals: [
            .init(
                subscriptionID: "u",
                subscriptionName: "Archive",
                error: AzureError(.forbidden(action: nil, scope: nil), operation: .workspacesList, status: 403)
            )
        ]
    )

    static func token(_ audience: TokenAudience, livesSeconds: Double = 3_481) -> TokenFacts {
        let claims = TokenClaims(
            objectID: "11111111-2222-3333-4444-555555555555",
            appID: "ci-bot",
            identityType: .app
        )
        return TokenFacts(expiresAt: now.addingTimeInterval(livesSeconds), refreshAt: nil, claims: claims)
    }

    private static func deployments(of endpoint: String) -> [OnlineDeployment] {
        guard endpoint == "fraud-scoring" else { return [deployment("blue", of: endpoint)] }
        return ["shadow", "green", "blue"].map { deployment($0, of: endpoint, instances: $0 == "blue" ? 2 : 1) }
    }

    private static func metrics(of endpoint: String) -> EndpointMetrics {
        let isIll = endpoint == "llm-gateway"
        return EndpointMetrics(
            requestsPerSecond: endpoint == "vision-batch" ? 0 : 132.4,
            errorShare: isIll ? 0.042 : 0.001,
            p95Milliseconds: isIll ? 1_234 : 84,
            requestsPerMinuteHistory: (0..<30).map { Double($0 % 9) },
            lastTrafficAt: now,
            measuredAt: now
        )
    }

    private static func settings(of endpoint: String) -> [DiagnosticSetting] {
        guard endpoint != "vision-batch" else { return [] }
        return [
            DiagnosticSetting(
                id: id(endpoint),
                name: "to-logs",
                workspaceID: logWorkspace.id,
                enabledCategories: ["AmlOnlineEndpointTrafficLog"],
                enabledCategoryGroups: []
            )
        ]
    }
}
