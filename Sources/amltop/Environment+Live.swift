import AzureCore
import AzureML
import Dashboard

extension Environment {
    /// The real world, through the client core.
    static func live(_ azure: LiveAzure) -> Environment {
        Environment(
            connect: { try await azure.connect() },
            heldToken: { azure.heldToken(for: $0).map(TokenFacts.init) },
            token: { audience, isRenewal in
                let connection = try await azure.connection()
                let token =
                    isRenewal
                    ? try await connection.renewToken(for: audience) : try await connection.token(for: audience)
                return TokenFacts(token)
            },
            workspace: { try await azure.client().workspace() },
            endpoints: { page in
                for try await next in try await azure.client().onlineEndpoints() { page(next.items, next.isLast) }
            },
            deployments: { endpoint in
                var deployments: [OnlineDeployment] = []
                for try await page in try await azure.client().onlineDeployments(of: endpoint.name) {
                    deployments += page.items
                }
                return deployments
            },
            endpointMetrics: { try await azure.client().endpointMetrics(of: $0) },
            lastTraffic: { try await azure.client().lastTraffic(of: $0) },
            deploymentMetrics: { try await azure.client().deploymentMetrics(of: $0) },
            diagnosticSettings: { try await azure.client().diagnosticSettings(of: $0) },
            endpointToken: {
                let token = try await azure.client().token(of: $0.name)
                return EndpointTokenFacts(expiresAt: token.expiresAt, refreshAfter: token.refreshAfter)
            },
            operationStatus: { try await azure.client().operationStatus(at: $0) },
            logWorkspace: { try await azure.client().logWorkspace($0) },
            trafficLog: { workspace, start, page in
                var pager = try await azure.client().trafficLogPages(
                    in: workspace,
                    from: start,
                    limit: RecentTraffic.capacity
                )
                while let next = try await pager.next() { page(next) }
            },
            trafficAggregates: { try await azure.client().trafficAggregates(in: $0, from: $1) }
        )
    }
}
