/// An Azure cloud: where its services are, and what a token for each is asked for.
public struct Cloud: Hashable, Sendable {
    public var name: String
    /// Base URL of Azure Resource Manager, without a slash at the end.
    public var resourceManager: String
    /// What Resource Manager accepts as a token's audience; the first is the one asked for.
    public var audiences: [String]
    /// Base URL of Microsoft Entra, without a slash at the end.
    public var loginEndpoint: String
    /// Base URL of the Log Analytics query service, and the audience of its tokens; nil where the cloud names none.
    public var logAnalytics: String?
    /// The audience of data-plane tokens.
    public var machineLearningAudience: String
    /// `core.windows.net` in the public cloud.
    public var storageSuffix: String?

    public init(
        name: String,
        resourceManager: String,
        audiences: [String],
        loginEndpoint: String,
        logAnalytics: String?,
        machineLearningAudience: String = "https://ml.azure.com",
        storageSuffix: String? = nil
    ) {
        self.name = name
        self.resourceManager = resourceManager
        self.audiences = audiences
        self.loginEndpoint = loginEndpoint
        self.logAnalytics = logAnalytics
        self.machineLearningAudience = machineLearningAudience
        self.storageSuffix = storageSuffix
    }

    /// The resource a token of that audience is asked for; nil where the cloud lacks the service.
    public func resource(of audience: TokenAudience) -> String? {
        switch audience {
        case .resourceManager: audiences.first ?? resourceManager
        case .machineLearning: machineLearningAudience
        case .logAnalytics: logAnalytics
        }
    }
}

extension Cloud {
    /// Whether a token whose `aud` claim reads so may be for that audience.
    ///
    /// A slash at the end and case make no difference. What is no URL, such as the id of an application, cannot be told
    /// and is accepted.
    public func accepts(claim: String, for audience: TokenAudience) -> Bool {
        guard claim.contains("://") else { return true }
        let claim = claim.withoutTrailingSlash.lowercased()
        return accepted(for: audience).contains { $0.withoutTrailingSlash.lowercased() == claim }
    }
}

extension Cloud {
    public static let azureCloud = Cloud(
        name: "AzureCloud",
        resourceManager: "https://management.azure.com",
        audiences: ["https://management.azure.com", "https://management.core.windows.net/"],
        loginEndpoint: "https://login.microsoftonline.com",
        logAnalytics: "https://api.loganalytics.io",
        machineLearningAudience: "https://ml.azure.com",
        storageSuffix: "core.windows.net"
    )

    public static let azureUSGovernment = Cloud(
        name: "AzureUSGovernment",
        resourceManager: "https://management.usgovcloudapi.net",
        audiences: ["https://management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net/"],
        loginEndpoint: "https://login.microsoftonline.us",
        logAnalytics: "https://api.loganalytics.us",
        machineLearningAudience: "https://ml.azure.us",
        storageSuffix: "core.usgovcloudapi.net"
    )

    public static let azureChinaCloud = Cloud(
        name: "AzureChinaCloud",
        resourceManager: "https://management.chinacloudapi.cn",
        audiences: ["https://management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn/"],
        loginEndpoint: "https://login.chinacloudapi.cn",
        logAnalytics: "https://api.loganalytics.azure.cn",
        machineLearningAudience: "https://ml.azure.cn",
        storageSuffix: "core.chinacloudapi.cn"
    )

    /// The clouds known by name.
    public static let named = [azureCloud, azureUSGovernment, azureChinaCloud]
}
