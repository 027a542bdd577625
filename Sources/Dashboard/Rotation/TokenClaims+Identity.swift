package import AzureCore

extension TokenClaims {
    /// Who it is, for the journal: name, kind and object id. Hostile: neutralise before showing.
    package var identityLine: String {
        let name = displayName ?? userName ?? appID ?? objectID ?? "?"
        let kind = identityType == .app ? " (app)" : ""
        guard let objectID, objectID != name else { return name + kind }
        return "\(name)\(kind) \(objectID)"
    }
}
