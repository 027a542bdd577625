public import AzureCore
public import JSONValue

/// The request that makes a new key, for whoever wants to see it before it is sent.
public struct RegenerateKeysRequest: Hashable, Sendable {
    public var endpoint: ResourceID
    public var slot: KeySlot

    public init(endpoint: ResourceID, slot: KeySlot) {
        self.endpoint = endpoint
        self.slot = slot
    }

    public var method: String { "POST" }

    /// Where it goes, given the cloud's address of Resource Manager.
    public func url(_ resourceManager: String) -> String {
        let base = resourceManager.hasSuffix("/") ? String(resourceManager.dropLast()) : resourceManager
        return "\(base)\(endpoint.text)/regenerateKeys?api-version=\(MachineLearningClient.apiVersion)"
    }

    /// The key type alone: the service makes the value.
    public var body: JSONValue { ["keyType": .string(slot.restValue)] }

    /// The line of the Azure CLI that does the same.
    public var azureCLILine: String {
        var words = [
            "az", "ml", "online-endpoint", "regenerate-keys", "-n", endpoint.name, "--key-type", slot.cliValue,
        ]
        if let group = endpoint.resourceGroup { words += ["-g", group] }
        if let workspace = endpoint.workspaceName { words += ["-w", workspace] }
        if let subscription = endpoint.subscriptionID { words += ["--subscription", subscription] }
        return words.joined(separator: " ")
    }

    /// `{"requests": [{"method", "url", "body"}], "az": "…"}`.
    public func dryRun(_ resourceManager: String) -> JSONValue {
        [
            "requests": [["method": .string(method), "url": .string(url(resourceManager)), "body": body]],
            "az": .string(azureCLILine),
        ]
    }
}
