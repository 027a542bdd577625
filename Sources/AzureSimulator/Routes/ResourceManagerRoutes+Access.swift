/// Whether the caller may.
extension ResourceManagerRoutes {
    /// - Throws: `AuthorizationFailed` in Azure's words, before anything is said about whether the resource exists.
    func checkAccess(_ exchange: Exchange) throws(ServiceError) {
        guard let needed = ResourceAction(exchange), let caller = exchange.caller else { return }
        guard !services.access.allows(caller.oid, needed.action, at: needed.scope) else { return }
        throw .authorizationFailed(caller, action: needed.action, scope: needed.scope)
    }
}

extension ServiceError {
    static func authorizationFailed(_ caller: AccessClaims, action: String, scope: String) -> ServiceError {
        ServiceError(
            403,
            "AuthorizationFailed",
            "The client '\(caller.callerName)' with object id '\(caller.oid)' does not have authorization to perform action "
                + "'\(action)' over scope '\(scope)' or the scope is invalid. If access was recently granted, please refresh "
                + "your credentials."
        )
    }
}

extension AccessClaims {
    /// What Azure calls somebody: the address of a person, the id of an application.
    var callerName: String { upn ?? appid }
}
