import FoundationEssentials

/// The table `AmlOnlineEndpointTrafficLog` (API.md g.1): one row for each scoring request of an endpoint that logs.
struct TrafficLogTable: Sendable {
    static let name = "AmlOnlineEndpointTrafficLog"
    /// `retentionInDays` of the workspace.
    private static let retentionMinutes: Int64 = 30 * 1_440

    let world: World
    let names: ResourceNames
    let fields: [KustoField]

    init(names: ResourceNames) {
        world = names.world
        self.names = names
        fields = Self.fields(names)
    }

    /// Hands the rows that have arrived by `now` to `body`, newest minute first, until it wants no more.
    ///
    /// - Parameters:
    ///   - bounds: Which rows can matter.
    ///   - now: In tenths of a microsecond since 1970.
    ///   - only: The one endpoint to look at; `nil` looks at all.
    ///   - body: Takes a row; answers whether it wants another.
    func scan(_ bounds: KustoBounds, now: Int64, only: SimulatedEndpoint?, _ body: (KustoRow) -> Bool) {
        let source = TrafficSource(world: world)
        let newest = min(bounds.highest, now)
        let oldest = max(source.firstMinute, TrafficModel.minute(of: now) - Self.retentionMinutes)
        let first = max(oldest, TrafficModel.minute(of: max(bounds.lowest, 0)))
        var minute = TrafficModel.minute(of: newest)
        let endpoints = world.endpoints.filter { endpoint in
            endpoint.logging != .off && (only.map { $0.index == endpoint.index } ?? true)
                && (bounds.endpoints?.contains(endpoint.name.lowercased()) ?? true)
        }
        var rows: [TrafficRow] = []
        while minute >= first {
            for endpoint in endpoints {
                rows.removeAll(keepingCapacity: true)
                source.append(endpoint, minute: minute, to: &rows)
                for row in rows.reversed() where row.arrivalTicks <= now {
                    guard row.ticks >= bounds.lowest, row.ticks <= bounds.highest else { continue }
                    if !body(.traffic(endpoint: endpoint.index, row)) { return }
                }
            }
            minute -= 1
        }
    }

    private typealias Getter = @Sendable (SimulatedEndpoint, TrafficRow) -> KustoValue

    private static func fields(_ names: ResourceNames) -> [KustoField] {
        let world = names.world
        let (endpoints, callers) = (world.endpoints, world.callers)
        // Texts that many rows share are made once.
        let ids = endpoints.map { KustoValue.string(names.endpoint($0).lowercased()) }
        let agents = callers.map { KustoValue.string($0.userAgent) }
        func field(_ name: String, _ type: KustoType, _ get: @escaping Getter) -> KustoField {
            KustoField(name: name, type: type) { row in
                guard case .traffic(let index, let row) = row else { return .null }
                return get(endpoints[index], row)
            }
        }
        func fixed(_ name: String, _ text: String) -> KustoField {
            let value = KustoValue.string(text)
            return field(name, .string) { _, _ in value }
        }
        func number(_ name: String, _ get: @escaping @Sendable (TrafficRow) -> Int32?) -> KustoField {
            field(name, .int) { _, row in get(row).map { .long(Int64($0)) } ?? .null }
        }
        return [
            fixed("TenantId", world.customerID),
            field("TimeGenerated", .datetime) { _, row in .datetime(row.ticks) },
            fixed("OperationName", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action"),
            fixed("Location", world.scenario.location),
            fixed("AzureMLWorkspaceId", world.workspaceID),
            fixed("AzureMLWorkspaceName", world.scenario.workspace),
            field("EndpointName", .string) { endpoint, _ in .string(endpoint.name) },
            field("DeploymentName", .string) { endpoint, row in
                .string(row.deployment < 0 ? "" : endpoint.deployments[Int(row.deployment)].name)
            },
            field("Method", .string) { _, row in .string(row.served?.facts.method ?? "POST") },
            field("Path", .string) { _, row in .string(row.served?.facts.path ?? "/score") },
            fixed("Protocol", "HTTP/1.1"),
            number("ResponseCode") { $0.responseCode },
            field("ResponseCodeReason", .string) { endpoint, row in
                .string(
                    row.served?.facts.responseCodeReason
                        ?? row.outcome.reason(authMode: endpoint.specification.authMode)
                )
            },
            number("ModelStatusCode") { $0.modelStatusCode },
            field("ModelStatusReason", .string) { _, row in
                .string(row.served?.facts.modelStatusReason ?? row.outcome.modelStatusReason)
            },
            number("RequestPayloadSize") { $0.requestBytes },
            number("ResponsePayloadSize") { $0.responseBytes },
            field("UserAgent", .string) { _, row in
                row.served.map { .string($0.facts.userAgent) } ?? agents[Int(row.caller)]
            },
            field("XRequestId", .string) { _, row in .string(row.requestID) },
            field("XMSClientRequestId", .string) { _, row in
                .string(row.clientRequestID(callers[Int(row.caller)]))
            },
            number("TotalDurationMs") { $0.totalMilliseconds },
            number("RequestDurationMs") { $0.requestMilliseconds },
            number("ResponseDurationMs") { $0.responseMilliseconds },
            number("RequestThrottlingDelayMs") { $0.served?.facts.requestThrottlingDelay ?? 0 },
            number("ResponseThrottlingDelayMs") { $0.served?.facts.responseThrottlingDelay ?? 0 },
            field("AuthType", .string) { endpoint, _ in .string(endpoint.specification.authMode) },
            field("IdentityData", .string) { endpoint, row in
                if let served = row.served { return .string(served.facts.identity) }
                // Keys and Azure ML tokens do not say whose they are; a refused token is not believed.
                let isKnown = endpoint.specification.authMode == "AADToken" && row.outcome != .unauthorized
                return .string(isKnown ? callers[Int(row.caller)].objectID : "")
            },
            fixed("SourceSystem", "Azure"),
            fixed("Type", name),
            field("_ResourceId", .string) { endpoint, _ in ids[endpoint.index] },
            fixed("_SubscriptionId", world.subscriptionID),
            field("_BilledSize", .real) { _, row in .real(Double(820 + row.random % 90)) },
            fixed("_IsBillable", "True"),
        ]
    }
}
