/// The ids and addresses of the world's resources.
struct ResourceNames: Sendable {
    let world: World
    let addresses: OriginAddresses

    var arm: String { addresses.url(.resourceManager) }
    var subscription: String { "/subscriptions/\(world.subscriptionID)" }
    var group: String { "\(subscription)/resourceGroups/\(world.scenario.resourceGroup)" }
    var workspace: String {
        "\(group)/providers/Microsoft.MachineLearningServices/workspaces/\(world.scenario.workspace)"
    }
    var logWorkspace: String {
        "\(subscription)/resourceGroups/\(world.scenario.monitorGroup)/providers/Microsoft.OperationalInsights/workspaces/"
            + world.scenario.logWorkspace
    }

    /// As in API answers. Every third endpoint comes back with another spelling of the group, as Azure's do
    /// (but never of the word `resourceGroups`, which the official SDK finds by its case).
    func endpoint(_ endpoint: SimulatedEndpoint) -> String {
        endpoint.index % 3 == 2
            ? "\(subscription)/resourceGroups/\(world.scenario.resourceGroup.uppercased())/providers/"
                + "Microsoft.MachineLearningServices/workspaces/\(world.scenario.workspace)/onlineEndpoints/\(endpoint.name)"
            : "\(workspace)/onlineEndpoints/\(endpoint.name)"
    }

    func deployment(_ deployment: SimulatedDeployment, of endpoint: SimulatedEndpoint) -> String {
        "\(self.endpoint(endpoint))/deployments/\(deployment.name)"
    }

    func resource(_ resource: InsightsRoutes.Resource) -> String {
        switch resource {
        case .endpoint(let endpoint): self.endpoint(endpoint)
        case .deployment(let deployment, let endpoint): self.deployment(deployment, of: endpoint)
        }
    }

    func operationStatus(_ id: String) -> String {
        "\(arm)\(operationPath)/mfeOperationsStatus/\(id)?api-version=2022-02-01-preview"
    }

    func operationResult(_ id: String) -> String {
        "\(arm)\(operationPath)/mfeOperationResults/\(id)?api-version=2022-02-01-preview"
    }

    var operationPath: String {
        "\(subscription)/providers/Microsoft.MachineLearningServices/locations/\(world.scenario.location)"
    }

    /// Without the last segment: `…/score` and `…/swagger.json` hang below it.
    func scoringBase(_ endpoint: SimulatedEndpoint) -> String {
        endpoint.isKubernetes
            ? "\(addresses.url(.kubernetesScoring))/api/v1/endpoint/\(endpoint.name)"
            : "\(addresses.url(.scoring))/\(endpoint.name)"
    }
}
