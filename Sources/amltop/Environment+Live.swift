import AzureCore
import AzureML
import Dashboard

extension Environment {
    /// The real world, through the client core.
    static func live(
        _ azure: LiveAzure,
        priority: RequestPriority = .essential,
        workspace: WorkspaceAddress? = nil
    ) -> Environment {
        let client: @Sendable () async throws -> MachineLearningClient = {
            try await azure.client(priority: priority, workspace: workspace)
        }
        var environment = Environment(
            adapted: { live(azure, priority: $0, workspace: $1) },
            budget: { azure.budget(in: $0) },
            connect: { try await azure.connect() },
            heldToken: { azure.heldToken(for: $0).map(TokenFacts.init) },
            token: { audience, isRenewal in
                let connection = try await azure.connection()
                let token =
                    isRenewal
                    ? try await connection.renewToken(for: audience) : try await connection.token(for: audience)
                return TokenFacts(token)
            },
            workspace: { try await client().workspace() },
            endpoints: { page in
                for try await next in try await client().onlineEndpoints() { page(next.items, next.isLast) }
            },
            fleet: { page in
                let client = try await client()
                let pages = client.fleet(in: [client.address.subscriptionID], workspace: client.address)
                for try await next in pages { page(next.items, next.isLast) }
            },
            endpoint: { try await client().onlineEndpoint($0.name) },
            regionMetrics: { try await client().endpointMetrics(in: $0, historyMinutes: $1, seriesLimit: $2) },
            regionDeploymentMetrics: { try await client().deploymentMetrics(in: $0, seriesLimit: $1) },
            workspaces: { try await client().workspaceListing() },
            deployments: { endpoint in
                var deployments: [OnlineDeployment] = []
                for try await page in try await client().onlineDeployments(of: endpoint.name) {
                    deployments += page.items
                }
                return deployments
            },
            endpointMetrics: { try await client().endpointMetrics(of: $0) },
            lastTraffic: { try await client().lastTraffic(of: $0) },
            deploymentMetrics: { try await client().deploymentMetrics(of: $0) },
            diagnosticSettings: { try await client().diagnosticSettings(of: $0) },
            endpointToken: {
                let token = try await client().token(of: $0.name)
                return EndpointTokenFacts(expiresAt: token.expiresAt, refreshAfter: token.refreshAfter)
            },
            operationStatus: { try await client().operationStatus(at: $0) },
            logWorkspace: { try await client().logWorkspace($0) },
            trafficLog: { workspace, start, page in
                var pager = try await client().trafficLogPages(
                    in: workspace,
                    from: start,
                    limit: RecentTraffic.capacity
                )
                while let next = try await pager.next() { page(next) }
            },
            trafficAggregates: { try await client().trafficAggregates(in: $0, from: $1) },
            activity: ActivityReading(
                regenerations: {
                    KeyRegeneration.regenerations(in: try await client().activity(of: $0, since: $1))
                }
            )
        )
        environment.signIn = .live(azure)
        environment.secrets = .live(azure, client: client)
        environment.scoring = .live(clock: azure.clock, client: client)
        return environment
    }

    /// The same world, in which keys can be rotated and a journal is kept.
    func with(_ store: JournalStore, _ azure: LiveAzure, clock: TimeSource = .system) -> Environment {
        var environment = self
        let desk = RotationDesk(
            azure: azure,
            history: store.history,
            claims: store.claims,
            time: clock,
            environment: .process
        )
        environment.rotation = RotationActions(desk)
        environment.journal = store.actions
        environment.scoring.history = ScoringActions.HistoryActions(keptIn: store.history)
        return environment
    }
}
