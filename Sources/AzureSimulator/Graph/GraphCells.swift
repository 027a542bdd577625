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

    /// A member of the resource as it was when the graph read it.
    func whole(_ resource: GraphResource, _ member: String) -> JSON {
        let json = EndpointJSON(names: names, ticks: resource.readTicks)
        let whole: JSON =
            switch resource.kind {
            case .workspace: ResourceManagerRoutes(services: services).workspace
            case .logWorkspace: ResourceManagerRoutes(services: services).logWorkspace
            case .endpoint(let endpoint): json.endpoint(endpoint)
            case .deployment(let deployment, let endpoint): json.deployment(deployment, of: endpoint)
            }
        return whole.member(member) ?? nil
    }

    func properties(_ resource: GraphResource) -> JSON {
        let properties = whole(resource, "properties")
        guard case .endpoint(let endpoint) = resource.kind else { return properties }
        return properties.removing(GraphResource.missing(salt: endpoint.salt))
    }
}
