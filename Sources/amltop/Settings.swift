import ArgumentParser
import AzureCore
import AzureML
import Dashboard
import Glibc

/// Which workspace is meant: flags first, then the environment (DESIGN 3).
struct WorkspaceOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp(text(.optionSubscription)))
    var subscription: String?

    @Option(name: [.customShort("g"), .long], help: ArgumentHelp(text(.optionResourceGroup)))
    var resourceGroup: String?

    @Option(name: [.customShort("w"), .long], help: ArgumentHelp(text(.optionWorkspaceName)))
    var workspaceName: String?

    /// - Throws: `AzureError` that names every variable that is missing.
    func address(in environment: [String: String]) throws(AzureError) -> WorkspaceAddress {
        let subscription = subscription ?? environment.value("AZURE_SUBSCRIPTION_ID")
        let group = resourceGroup ?? environment.value("AZURE_DEFAULTS_GROUP")
        let workspace = workspaceName ?? environment.value("AZURE_DEFAULTS_WORKSPACE")
        guard let subscription, let group, let workspace else {
            let missing = [
                subscription == nil ? "AZURE_SUBSCRIPTION_ID" : nil, group == nil ? "AZURE_DEFAULTS_GROUP" : nil,
                workspace == nil ? "AZURE_DEFAULTS_WORKSPACE" : nil,
            ]
            throw AzureError(.configuration(.missing(variables: missing.compactMap(\.self))))
        }
        return WorkspaceAddress(subscriptionID: subscription, resourceGroup: group, name: workspace)
    }
}

extension [String: String] {
    /// The environment of this process.
    static var process: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let line = entry.pointee {
            let text = String(cString: line)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }

    /// A variable's value; an empty one counts as not set.
    func value(_ name: String) -> String? {
        guard let value = self[name], !value.isEmpty else { return nil }
        return value
    }
}
