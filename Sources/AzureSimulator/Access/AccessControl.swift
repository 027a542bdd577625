/// Who may do what where: role assignments, inherited from the scopes above (API.md h).
struct AccessControl: Sendable {
    struct Assignment: Sendable {
        /// The GUID it is known by.
        let id: String
        let role: RoleDefinition
        let principalID: String
        /// `ServicePrincipal`, `User` or `Group`.
        let principalType: String
        let scope: String
    }

    /// What something was refused for.
    struct Refusal: Error, Sendable {
        let action: String
        let scope: String
    }

    let assignments: [Assignment]
    let customRoles: [RoleDefinition]
    private let world: World

    init(names: ResourceNames) {
        world = names.world
        let scorer = Self.scorerRole(names)
        customRoles = [scorer]
        assignments = [
            Self.assignment(.owner, .owner, at: names.subscription, world),
            Self.assignment(.reader, .reader, at: names.subscription, world),
            Self.assignment(.scorer, scorer, at: names.workspace, world),
        ]
    }

    var roles: [RoleDefinition] { RoleDefinition.builtIn + customRoles }

    /// The assignments of somebody. Whoever is none of the three applications, such as a person or a managed identity, does
    /// what the application does whose credentials are handed out.
    func assignments(of objectID: String) -> [Assignment] {
        let own = assignments.filter { $0.principalID == objectID }
        return own.isEmpty ? assignments.filter { $0.principalID == world.principalID } : own
    }

    /// Whether one of the roles of somebody, at the scope or above it, allows the action.
    func allows(_ objectID: String, _ action: String, at scope: String) -> Bool {
        assignments(of: objectID).contains { $0.scope.isScope(over: scope) && $0.role.allows(action) }
    }

    private static func assignment(
        _ principal: SimulatorPrincipal,
        _ role: RoleDefinition,
        at scope: String,
        _ world: World
    ) -> Assignment {
        var random = SeededRandom(world.seed, UInt64(name: "assignment"), UInt64(name: principal.rawValue))
        return Assignment(
            id: GUID.text(&random),
            role: role,
            principalID: world.application(of: principal).objectID,
            principalType: "ServicePrincipal",
            scope: scope
        )
    }

    /// The custom role that lets an application call endpoints and nothing else.
    private static func scorerRole(_ names: ResourceNames) -> RoleDefinition {
        var random = SeededRandom(names.world.seed, UInt64(name: "role"), UInt64(name: "scorer"))
        let endpoints = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
        return RoleDefinition(
            id: GUID.text(&random),
            name: "Online Endpoint Scorer",
            description: "Can see the online endpoints of a workspace and call them, but not read their keys.",
            isBuiltIn: false,
            scopes: [names.workspace],
            permissions: [
                RoleDefinition.Permission(
                    actions: ["Microsoft.MachineLearningServices/workspaces/read", endpoints + "/*"],
                    notActions: [
                        endpoints + "/write", endpoints + "/delete", endpoints + "/*/write", endpoints + "/*/delete",
                        endpoints + "/listKeys/action", endpoints + "/regenerateKeys/action",
                        endpoints + "/deployments/getLogs/action",
                    ]
                )
            ]
        )
    }
}

extension String {
    /// Whether it is the scope of an id or one above it.
    func isScope(over id: String) -> Bool {
        let own = lowercased()
        let other = id.lowercased()
        return own == "/" || own == other || other.hasPrefix(own + "/")
    }
}
