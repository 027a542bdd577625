/// What the columns of `resources` hold: types and groups in lower case, ids as the resources' own answers spell them.
struct GraphCells: Sendable {
    let services: Services

    var world: World { services.world }
    private var names: ResourceNames { services.names }

    func id(_ resource: GraphResource) -> JSON {
        switch resource.kind {
        case .workspace: .string(names.workspace)
        case .logWorkspace: .string(names.logWorkspace)
        case .endpoint(let endpoint): .string(names.endpoint(endpoint))
        case .deployment(let deployment, let endpoint): .string(names.deployment(deployment, of: endpoint))
        }
    }

    /// Below another resource the last part of the id alone.
    func name(_ resource: GraphResource) -> JSON {
        switch resource.kind {
        case .workspace: .string(world.scenario.workspace)
        case .logWorkspace: .string(world.scenario.logWorkspace)
        case .endpoint(let endpoint): .string(endpoint.name)
        case .deployment(let deployment, _): .string(deployment.name)
        }
    }

    func type(_ resource: GraphResource) -> JSON {
        switch resource.kind {
        case .workspace: "microsoft.machinelearningservices/workspaces"
        case .logWorkspace: "microsoft.operationalinsights/workspaces"
        case .endpoint: "microsoft.machinelearningservices/workspaces/onlineendpoints"
        case .deployment: "microsoft.machinelearningservices/workspaces/onlineendpoints/deployments"
        }
    }

    func resourceGroup(_ resource: GraphResource) -> JSON {
        if case .logWorkspace = resource.kind { return .string(world.scenario.monitorGroup.lowercased()) }
        return .string(world.scenario.resourceGroup.lowercased())
    }

    func kind(_ resource: GraphResource) -> JSON {
        switch resource.kind {
        case .workspace: "Default"
        case .logWorkspace: ""
        case .endpoint(let endpoint), .deployment(_, let endpoint): json(resource).kind(endpoint)
        }
    }

    func sku(_ resource: GraphResource) -> JSON {
        if case .deployment(let deployment, _) = resource.kind { return json(resource).sku(deployment) }
        return workspace(resource)?.member("sku") ?? nil
    }

    func tags(_ resource: GraphResource) -> JSON {
        switch resource.kind {
        case .endpoint(let endpoint): json(resource).tags(endpoint)
        case .deployment: [:]
        case .workspace, .logWorkspace: workspace(resource)?.member("tags") ?? nil
        }
    }

    func identity(_ resource: GraphResource) -> JSON {
        if case .endpoint(let endpoint) = resource.kind { return json(resource).identity(endpoint) }
        return workspace(resource)?.member("identity") ?? nil
    }

    func properties(_ resource: GraphResource) -> JSON {
        let ticks = resource.readTicks
        switch resource.kind {
        case .endpoint(let endpoint):
            return json(resource).properties(endpoint, operation: world.operation(on: endpoint, at: ticks))
                .removing(GraphResource.missing(salt: endpoint.salt))
        case .deployment(let deployment, let endpoint):
            let operation = world.operation(on: deployment, of: endpoint, at: ticks)
            return json(resource).properties(deployment, operation: operation)
        case .workspace, .logWorkspace:
            return workspace(resource)?.member("properties") ?? nil
        }
    }

    /// Endpoints and deployments as they were when the graph read them.
    private func json(_ resource: GraphResource) -> EndpointJSON {
        EndpointJSON(names: names, ticks: resource.readTicks)
    }

    private func workspace(_ resource: GraphResource) -> JSON? {
        switch resource.kind {
        case .workspace: ResourceManagerRoutes(services: services).workspace
        case .logWorkspace: ResourceManagerRoutes(services: services).logWorkspace
        case .endpoint, .deployment: nil
        }
    }
}
