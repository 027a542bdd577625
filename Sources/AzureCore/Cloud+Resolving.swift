import JSONValue

extension Cloud {
    /// The cloud the environment names.
    ///
    /// With `ARM_CLOUD_METADATA_URL` the entry of that list (or single entry) whose name `AZUREML_CURRENT_CLOUD` has, else
    /// the first; without it the named cloud, else the public one. `AZURE_AUTHORITY_HOST` replaces where to sign in.
    /// `GET {ARM_CLOUD_METADATA_URL}`, without a token.
    ///
    /// - Parameters:
    ///   - environment: Variables by name; an empty one counts as not set.
    ///   - pipeline: One without authorization.
    /// - Returns: The cloud, complete.
    /// - Throws: `AzureError`, of kind `.configuration` where a variable makes no sense.
    public static func resolve(environment: [String: String], pipeline: Pipeline) async throws -> Cloud {
        let environment = environment.filter { !$0.value.isEmpty }
        let wanted = environment["AZUREML_CURRENT_CLOUD"]
        var cloud: Cloud
        if let text = environment["ARM_CLOUD_METADATA_URL"] {
            cloud = try await Cloud(metadata: text, wanted: wanted, pipeline: pipeline)
        } else {
            cloud = try named(wanted)
        }
        if let authority = environment["AZURE_AUTHORITY_HOST"] {
            let url = authority.contains("://") ? authority : "https://" + authority
            guard HTTPURL(url) != nil else {
                throw AzureError(.configuration(.invalidURL(name: "AZURE_AUTHORITY_HOST", value: authority)))
            }
            cloud.loginEndpoint = url.withoutTrailingSlash
        }
        return cloud
    }

    private static func named(_ name: String?) throws(AzureError) -> Cloud {
        guard let name else { return azureCloud }
        guard let cloud = named.first(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw AzureError(.configuration(.unknownCloud(name)))
        }
        return cloud
    }

    private init(metadata text: String, wanted: String?, pipeline: Pipeline) async throws {
        guard let url = HTTPURL(text) else {
            throw AzureError(.configuration(.invalidURL(name: "ARM_CLOUD_METADATA_URL", value: text)))
        }
        // The answer decides where secrets go, so nobody on the way may change it.
        guard url.isEncrypted else { throw AzureError(.insecureTransport(host: url.host), operation: .cloudMetadata) }
        do {
            let answer = try await pipeline.send(AzureRequest(.cloudMetadata, url: url)).json()
            try self.init(clouds: answer.arrayValue ?? [answer], wanted: wanted)
        } catch {
            throw AzureError(wrapping: error, doing: .cloudMetadata, host: url.host)
        }
    }

    private init(clouds: [JSONValue], wanted: String?) throws(AzureError) {
        let entry =
            wanted.map { wanted in
                clouds.first { $0["name"]?.stringValue?.lowercased() == wanted.lowercased() }
            } ?? clouds.first
        guard let entry else {
            throw AzureError(
                .configuration(wanted.map { .unknownCloud($0) } ?? .incompleteCloudMetadata(field: "name"))
            )
        }
        try self.init(metadata: entry)
    }

    /// One entry of the metadata. What it leaves out is taken from the named cloud of that name, if there is one.
    init(metadata entry: JSONValue) throws(AzureError) {
        let name = entry["name"]?.stringValue ?? ""
        let known = Self.named.first { $0.name.lowercased() == name.lowercased() }
        let authentication = entry["authentication"]
        let audiences = authentication?["audiences"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let resourceManager = try Self.url(entry["resourceManager"], "resourceManager") ?? known?.resourceManager
        guard let resourceManager else {
            throw AzureError(.configuration(.incompleteCloudMetadata(field: "resourceManager")))
        }
        let login = try Self.url(authentication?["loginEndpoint"], "authentication.loginEndpoint")
        guard let login = login ?? known?.loginEndpoint else {
            throw AzureError(.configuration(.incompleteCloudMetadata(field: "authentication.loginEndpoint")))
        }
        let logs = try Self.url(entry["logAnalyticsResourceId"], "logAnalyticsResourceId")
        self.init(
            name: name,
            resourceManager: resourceManager,
            audiences: audiences.isEmpty ? known?.audiences ?? [resourceManager] : audiences,
            loginEndpoint: login,
            logAnalytics: logs ?? known?.logAnalytics,
            machineLearningAudience: known?.machineLearningAudience ?? Self.azureCloud.machineLearningAudience,
            storageSuffix: entry["suffixes"]?["storage"]?.stringValue ?? known?.storageSuffix
        )
    }

    private static func url(_ value: JSONValue?, _ field: String) throws(AzureError) -> String? {
        guard let text = value?.stringValue, !text.isEmpty else { return nil }
        guard HTTPURL(text) != nil else { throw AzureError(.configuration(.invalidURL(name: field, value: text))) }
        return text.withoutTrailingSlash
    }
}
