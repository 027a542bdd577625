import HTTPTypes

/// Role definitions, role assignments and one's own permissions, to be read (API.md h).
struct AuthorizationRoutes: Sendable {
    let services: Services
    let exchange: Exchange
    /// Where: `/subscriptions/…`, without `/providers/Microsoft.Authorization`.
    private let scope: String
    /// What stands behind that.
    private let rest: [String]

    /// `nil` where the path is none of these.
    init?(services: Services, exchange: Exchange) {
        let lower = exchange.lowercasedPath
        guard let index = lower.lastIndex(of: "microsoft.authorization"), index > 1, lower[index - 1] == "providers"
        else {
            return nil
        }
        self.services = services
        self.exchange = exchange
        scope = "/" + exchange.path[..<(index - 1)].joined(separator: "/")
        rest = Array(lower[(index + 1)...])
    }

    func reply() throws(ServiceError) -> Reply {
        switch (rest.first, rest.count) {
        case ("roledefinitions", 1): return list(try definitions().map(json))
        case ("roledefinitions", 2):
            guard let role = services.access.roles.first(where: { $0.id == rest[1] }) else {
                throw missing(
                    "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '\(rest[1])' does not exist."
                )
            }
            return Reply(200, json(role))
        case ("roleassignments", 1): return list(try assignments().map(json))
        case ("roleassignments", 2):
            guard let assignment = services.access.assignments.first(where: { $0.id == rest[1] }) else {
                throw missing("RoleAssignmentNotFound", "The role assignment '\(rest[1])' is not found.")
            }
            return Reply(200, json(assignment))
        case ("permissions", 1): return list(permissions())
        case ("denyassignments", 1): return list([])
        default:
            throw missing(
                "InvalidResourceType",
                "The resource type could not be found in the namespace "
                    + "'Microsoft.Authorization'."
            )
        }
    }

    private func list(_ items: [JSON]) -> Reply { Reply(200, ["value": .array(items), "nextLink": nil]) }

    private func missing(_ code: String, _ message: String) -> ServiceError { ServiceError(404, code, message) }

    /// `type eq 'BuiltInRole'`, `roleName eq 'Reader'`, `atScopeAndBelow()`, joined by `and`.
    private func definitions() throws(ServiceError) -> [RoleDefinition] {
        var roles = services.access.roles.filter { role in
            role.isBuiltIn || role.scopes.contains { $0.isScope(over: scope) || scope.isScope(over: $0) }
        }
        for (field, value) in try conditions() {
            switch field {
            case "type": roles = roles.filter { ($0.isBuiltIn ? "builtinrole" : "customrole") == value.lowercased() }
            case "rolename": roles = roles.filter { $0.name.lowercased() == value.lowercased() }
            case "atscopeandbelow()": break
            default: throw badFilter
            }
        }
        return roles
    }

    /// `atScope()`, `principalId eq '…'`, `assignedTo('…')`; without a filter everything at the scope, above and below it.
    private func assignments() throws(ServiceError) -> [AccessControl.Assignment] {
        var found = services.access.assignments.filter {
            $0.scope.isScope(over: scope) || scope.isScope(over: $0.scope)
        }
        for (field, value) in try conditions() {
            switch field {
            case "atscope()": found = found.filter { $0.scope.isScope(over: scope) }
            case "principalid", "assignedto": found = found.filter { $0.principalID == value.lowercased() }
            default: throw badFilter
            }
        }
        return found
    }

    private func conditions() throws(ServiceError) -> [(field: String, value: String)] {
        guard let filter = exchange.query("$filter"), !filter.isEmpty else { return [] }
        var conditions: [(field: String, value: String)] = []
        for part in filter.split(separator: " and ") {
            if part.hasSuffix("()") {
                conditions.append((part.lowercased(), ""))
            } else if let value = part.quoted {
                let field = part.prefix { $0 != " " && $0 != "(" }
                conditions.append((field.lowercased(), value))
            } else {
                throw badFilter
            }
        }
        return conditions
    }

    private var badFilter: ServiceError {
        ServiceError(400, "UnsupportedQuery", "The filter '\(exchange.query("$filter") ?? "")' is not supported.")
    }

    /// What the caller may, one element for each assignment.
    private func permissions() -> [JSON] {
        guard let caller = exchange.caller else { return [] }
        return services.access.assignments(of: caller.oid).filter { $0.scope.isScope(over: scope) }
            .flatMap(\.role.permissions).map(json)
    }

    private func json(_ permission: RoleDefinition.Permission) -> JSON {
        func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
        return [
            "actions": list(permission.actions), "notActions": list(permission.notActions),
            "dataActions": list(permission.dataActions), "notDataActions": list(permission.notDataActions),
        ]
    }

    private func json(_ role: RoleDefinition) -> JSON {
        [
            "id": .string(definitionID(role)), "type": "Microsoft.Authorization/roleDefinitions",
            "name": .string(role.id),
            "properties": [
                "roleName": .string(role.name), "type": role.isBuiltIn ? "BuiltInRole" : "CustomRole",
                "description": .string(role.description),
                "assignableScopes": .array(role.scopes.map { .string($0) }),
                "permissions": .array(role.permissions.map(json)),
                "createdOn": .string(created), "updatedOn": .string(created), "createdBy": nil, "updatedBy": nil,
            ],
        ]
    }

    private func json(_ assignment: AccessControl.Assignment) -> JSON {
        [
            "id": .string("\(assignment.scope)/providers/Microsoft.Authorization/roleAssignments/\(assignment.id)"),
            "type": "Microsoft.Authorization/roleAssignments", "name": .string(assignment.id),
            "properties": [
                "roleDefinitionId": .string(definitionID(assignment.role)),
                "principalId": .string(assignment.principalID), "principalType": .string(assignment.principalType),
                "scope": .string(assignment.scope), "condition": nil, "conditionVersion": nil,
                "createdOn": .string(created), "updatedOn": .string(created), "createdBy": nil, "updatedBy": nil,
                "delegatedManagedIdentityResourceId": nil, "description": nil,
            ],
        ]
    }

    private func definitionID(_ role: RoleDefinition) -> String {
        "\(services.names.subscription)/providers/Microsoft.Authorization/roleDefinitions/\(role.id)"
    }

    /// All of it is as old as the workspace.
    private var created: String {
        CivilTime(ticks: services.world.bornTicks - 500 * 864_000_000_000).iso7
    }
}

extension Substring {
    /// The text between its first two apostrophes.
    fileprivate var quoted: String? {
        let parts = split(separator: "'", omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }
}
