import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import TerminalUI

/// A large workspace for measurements: the same in every run.
struct Fleet {
    static let now = Date(timeIntervalSince1970: 1_764_000_000)
    static let zone = ZoneOffset(seconds: 9 * 3_600, abbreviation: "KST")
    static let address = WorkspaceAddress(subscriptionID: "s", resourceGroup: "rg-ml", name: "ws-fleet")
    static let logWorkspace = LogWorkspace(
        id: ResourceID("/subscriptions/s/resourceGroups/rg-ml/providers/Microsoft.OperationalInsights/workspaces/logs"),
        name: "logs",
        customerID: "c"
    )

    let endpoints: [OnlineEndpoint]
    /// Newest first, one hour of them.
    let rows: [TrafficLogRow]

    init(endpointCount: Int, rowCount: Int) {
        endpoints = (0..<endpointCount).map(Self.endpoint)
        rows = Self.rows(rowCount, overSeconds: 3_590, newestAge: 60, salt: 0)
    }

    /// A dashboard that has read all of it.
    func dashboard(_ size: Size) -> DashboardState {
        var state = DashboardState(workspace: Self.address, size: size)
        var open = update(&state, .tick(now: Self.now, zone: Self.zone))
        while !open.isEmpty {
            let effect = open.removeFirst()
            guard case .fetch(let request) = effect else { continue }
            open += update(&state, .answered(request: request.number, answer(to: request)))
        }
        return state
    }

    /// Rows of the time that ends `newestAge` seconds ago; `salt` tells two calls apart.
    static func rows(_ count: Int, overSeconds span: Double, newestAge: Double, salt: UInt64) -> [TrafficLogRow] {
        var random = Random(state: 42 &+ salt)
        return (0..<count).map { index in
            let endpoint = Int(random.next() % 1_000)
            let name = name(endpoint)
            let code = random.next() % 20 == 0 ? 424 : random.next() % 30 == 0 ? 503 : 200
            return TrafficLogRow(
                time: now.addingTimeInterval(-newestAge - span * Double(index) / Double(count)),
                endpointName: name,
                deploymentName: random.next() % 4 == 0 ? "green" : "blue",
                method: "POST",
                path: "/score",
                responseCode: code,
                responseReason: code == 200 ? "" : "model_error",
                modelStatusCode: code == 424 ? 500 : code,
                userAgent: agents[Int(random.next() % UInt64(agents.count))],
                requestID: identifier(&random),
                clientRequestID: identifier(&random),
                totalMilliseconds: Int(random.next() % 1_000),
                authType: "AADToken",
                identity: "1f3a0000-aaaa-bbbb-cccc-00000000000\(random.next() % 10)",
                resourceID: id(name)
            )
        }
    }

    private func answer(to request: Request) -> Answer {
        switch request.source {
        case .connection:
            .connected(ConnectionFacts(cloudName: "AzureCloud", workspace: Self.address, hosts: [:]))
        case .token: .token(TokenFacts(expiresAt: Self.now.addingTimeInterval(3_000), refreshAt: nil, claims: nil))
        case .workspace: .workspace(Workspace(id: Self.address.id, name: "ws-fleet", location: "koreacentral"))
        case .endpoints: .endpoints(page: endpoints, isLast: true)
        case .deployments(let id): .deployments(["blue", "green"].map { Self.deployment($0, of: id) })
        case .endpointMetrics: .endpointMetrics(Self.metrics)
        case .lastTraffic: .lastTraffic(nil)
        case .deploymentMetrics:
            .deploymentMetrics(
                DeploymentMetrics(cpuPercent: 41, memoryPercent: 63, p95Milliseconds: 80, measuredAt: Self.now)
            )
        case .diagnosticSettings(let id): .diagnosticSettings([Self.setting(of: id)])
        case .endpointToken:
            .endpointToken(EndpointTokenFacts(expiresAt: Self.now.addingTimeInterval(2_000), refreshAfter: nil))
        case .activity: .keyActivity(KeyActivity(regenerations: [], readFrom: request.from ?? Self.now))
        case .lastOperation: .lastOperation(OperationStatus(status: "Failed", errorCode: "OutOfQuota"))
        case .logWorkspace: .logWorkspace(Self.logWorkspace)
        case .trafficLog: .trafficLog(rows, from: Self.now.addingTimeInterval(-3_600))
        case .trafficAggregates: .trafficAggregates(endpoints.map(Self.aggregate))
        case .fleet, .endpoint, .regionMetrics, .regionDeploymentMetrics, .workspaces:
            .failed(AzureError(.notFound(.other)))
        }
    }
}

extension Fleet {
    private static let agents = ["batch-runner/1.9", "python-requests/2.32", "azure-ai-ml/1.2", "Java/17", "curl/8.1"]

    private static func name(_ index: Int) -> String { "endpoint-\(1_000 + index)" }

    private static func id(_ name: String) -> ResourceID {
        ResourceID(
            "/subscriptions/s/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws-fleet"
                + "/onlineEndpoints/\(name)"
        )
    }

    private static func endpoint(_ index: Int) -> OnlineEndpoint {
        let name = name(index)
        return OnlineEndpoint(
            id: id(name),
            name: name,
            location: "koreacentral",
            kind: "Managed",
            authMode: [.key, .aadToken, .amlToken][index % 3],
            provisioningState: index % 50 == 7 ? .failed : .succeeded,
            traffic: ["blue": 90, "green": 10],
            tags: ["team": "team-\(index % 17)"],
            systemData: SystemData(createdAt: now.addingTimeInterval(-86_400 * 40)),
            lastOperationURL: index % 50 == 7 ? "https://x/operations/\(index)" : nil
        )
    }

    private static func deployment(_ name: String, of endpoint: ResourceID) -> OnlineDeployment {
        OnlineDeployment(
            id: endpoint.appending("deployments", name),
            name: name,
            endpointName: endpoint.name,
            provisioningState: .succeeded,
            instanceType: "Standard_DS3_v2",
            instanceCount: 2,
            model: "/subscriptions/s/x/models/fraud/versions/3",
            maxConcurrentRequestsPerInstance: 4
        )
    }

    private static let metrics = EndpointMetrics(
        requestsPerSecond: 132.4,
        errorShare: 0.042,
        p95Milliseconds: 84,
        requestsPerMinuteHistory: (0..<30).map { Double($0 % 9) },
        lastTrafficAt: now,
        measuredAt: now
    )

    private static func setting(of endpoint: ResourceID) -> DiagnosticSetting {
        DiagnosticSetting(
            id: endpoint,
            name: "to-logs",
            workspaceID: logWorkspace.id,
            enabledCategories: ["AmlOnlineEndpointTrafficLog"],
            enabledCategoryGroups: []
        )
    }

    private static func aggregate(_ endpoint: OnlineEndpoint) -> TrafficAggregate {
        TrafficAggregate(
            endpointID: endpoint.id,
            deploymentName: "blue",
            requests: 100,
            failures: 1,
            clientErrors: 0
        )
    }

    private static func identifier(_ random: inout Random) -> String {
        func hex(_ value: UInt64, _ digits: Int) -> String {
            let text = String(value & (1 << UInt64(4 * digits) &- 1), radix: 16)
            return String(repeating: "0", count: digits - text.count) + text
        }
        let (high, low) = (random.next(), random.next())
        return [hex(high >> 32, 8), hex(high >> 16, 4), hex(high, 4), hex(low >> 48, 4), hex(low, 12)]
            .joined(separator: "-")
    }
}

/// SplitMix64: short, and the same everywhere.
struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
