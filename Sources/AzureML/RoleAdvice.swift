/// Which built-in role to ask for.
public enum RoleAdvice {
    /// The least of the well-known roles that grants an action; nil where none of them does.
    public static func role(granting action: String) -> String? {
        let action = action.lowercased()
        if action.hasPrefix("microsoft.authorization/") {
            return action.hasSuffix("/read") ? "Reader" : "User Access Administrator"
        }
        if action.hasPrefix("microsoft.operationalinsights/"), action.hasSuffix("/read") {
            return "Log Analytics Reader"
        }
        if action.hasPrefix("microsoft.insights/") {
            return action.hasSuffix("/read") ? "Monitoring Reader" : "Monitoring Contributor"
        }
        if action.hasSuffix("/read") { return "Reader" }
        let workspace = "microsoft.machinelearningservices/workspaces/"
        guard action.hasPrefix(workspace) else { return "Contributor" }
        // The workspace itself and the keys of computes are more than a data scientist gets.
        let rest = action.dropFirst(workspace.count)
        let isBeyond = !rest.contains("/") || rest.hasPrefix("computes/") || rest == "listkeys/action"
        return isBeyond ? "Contributor" : "AzureML Data Scientist"
    }
}
