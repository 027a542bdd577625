internal import AzureCore
internal import AzureML

/// What a person who was refused needs to know: what is missing, where, for whom, and which role has it.
extension Wording {
    /// Who has no role that allows it, and where; the action is in the headline. Nil where the service does not say.
    func whoIsRefused(_ error: AzureError) -> String? {
        guard case .forbidden(_?, let scope?) = error.kind, let who = error.deniedIdentity else { return nil }
        guard let id = who.objectID, id.lowercased() != who.name.lowercased() else {
            return texts.text(.errorForbiddenWho, ["who": who.name, "scope": scope])
        }
        return texts.text(.errorForbiddenWhoWithID, ["who": who.name, "id": id, "scope": scope])
    }

    /// The role to ask for.
    func roleToAskFor(_ error: AzureError) -> String? {
        guard case .forbidden(let action?, _) = error.kind, let role = RoleAdvice.role(granting: action) else {
            return nil
        }
        return texts.text(.errorNextForbiddenRole, ["role": role])
    }
}
