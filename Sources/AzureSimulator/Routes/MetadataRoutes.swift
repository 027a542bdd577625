import HTTPTypes

/// The cloud as `GET /metadata/endpoints` describes it (API.md a): a list, or for newer versions one object.
struct MetadataRoutes: Sendable {
    let services: Services

    static let cloudName = "AmltopSimulator"

    func respond(to exchange: Exchange) -> Reply? {
        guard exchange.lowercasedPath == ["metadata", "endpoints"] else { return nil }
        guard exchange.method == .get else {
            return ServiceError(
                405,
                "MethodNotAllowed",
                "The requested resource does not support http method '\(exchange.method)'."
            ).reply
        }
        let isSingle = (exchange.query("api-version") ?? "") >= "2022-09-01"
        return Reply(200, isSingle ? cloud : [cloud])
    }

    private var cloud: JSON {
        let arm = services.names.arm
        return [
            "name": .string(Self.cloudName),
            "portal": "https://portal.azure.com",
            "authentication": [
                "loginEndpoint": .string(arm),
                "audiences": .array(services.audiences.published.map { .string($0) }),
                "tenant": "common",
                "identityProvider": "AAD",
            ],
            "resourceManager": .string(arm),
            "graph": "https://graph.windows.net/",
            "graphAudience": "https://graph.windows.net/",
            "microsoftGraphResourceId": "https://graph.microsoft.com/",
            "batch": "https://batch.core.windows.net/",
            "media": "https://rest.media.azure.net",
            "sqlManagement": "https://management.core.windows.net:8443/",
            "vmImageAliasDoc":
                "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/aliases.json",
            "gallery": "https://gallery.azure.com/",
            "activeDirectoryDataLake": "https://datalake.azure.net/",
            "logAnalyticsResourceId": .string(services.addresses.url(.logAnalytics)),
            "appInsightsResourceId": "https://api.applicationinsights.io",
            "suffixes": [
                "storage": .string(String(arm.dropFirst("https://".count))),
                "keyVaultDns": "vault.azure.net",
                "acrLoginServer": "azurecr.io",
                "sqlServerHostname": "database.windows.net",
            ],
        ]
    }
}
