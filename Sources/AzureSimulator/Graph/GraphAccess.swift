/// Which rows of Resource Graph somebody sees: those of resources they may read.
struct GraphAccess: Sendable {
    private let services: Services
    private let user: String
    /// By subscription: what is allowed for all resources of a kind at once, by a role at the workspace or above it.
    private let whole: [String: Whole]

    private struct Whole: Sendable {
        let access: AccessControl
        let names: ResourceNames
        let workspace: Bool
        let logWorkspace: Bool
        let endpoints: Bool
        let deployments: Bool
    }

    private static let workspace = "Microsoft.MachineLearningServices/workspaces"

    init(services: Services, user: String) {
        self.services = services
        self.user = user
        var whole: [String: Whole] = [:]
        for world in [services.world] + services.world.neighbours {
            let names = services.within(subscription: world.subscriptionID).names
            let access = AccessControl(names: names)
            func allows(_ type: String, at scope: String) -> Bool { access.allows(user, type + "/read", at: scope) }
            whole[world.subscriptionID] = Whole(
                access: access,
                names: names,
                workspace: allows(Self.workspace, at: names.workspace),
                logWorkspace: allows("Microsoft.OperationalInsights/workspaces", at: names.logWorkspace),
                endpoints: allows(Self.workspace + "/onlineEndpoints", at: names.workspace),
                deployments: allows(Self.workspace + "/onlineEndpoints/deployments", at: names.workspace)
            )
        }
        self.whole = whole
    }

    func shows(_ kind: GraphResource.Kind, of subscriptionID: String) -> Bool {
        guard let whole = whole[subscriptionID] else { return false }
        switch kind {
        case .workspace: return whole.workspace
        case .logWorkspace: return whole.logWorkspace
        case .endpoint(let endpoint):
            let action = Self.workspace + "/onlineEndpoints/read"
            return whole.endpoints || whole.access.allows(user, action, at: whole.names.endpoint(endpoint))
        case .deployment(let deployment, let endpoint):
            let action = Self.workspace + "/onlineEndpoints/deployments/read"
            let scope = whole.names.deployment(deployment, of: endpoint)
            return whole.deployments || whole.access.allows(user, action, at: scope)
        }
    }
}
