/// Which host the tokens of an audience may go to.
struct TokenHosts: Sendable {
    let cloud: Cloud
    private let resourceManager: HTTPURL?
    private let logAnalytics: HTTPURL?

    init(cloud: Cloud) {
        self.cloud = cloud
        resourceManager = HTTPURL(cloud.resourceManager)
        logAnalytics = cloud.logAnalytics.flatMap(HTTPURL.init)
    }

    /// - Throws: `AzureError` of kind `.insecureTransport` or `.tokenForOtherHost`.
    func check(_ url: HTTPURL, isFor audience: TokenAudience) throws(AzureError) {
        guard url.isEncrypted else { throw AzureError(.insecureTransport(host: url.host), host: url.host) }
        guard let home = home(of: audience), url.isAt(home) else {
            throw AzureError(.tokenForOtherHost(host: url.host), host: url.host)
        }
    }

    /// Scoring hosts belong to endpoints, not to the cloud: nothing is sent there yet.
    private func home(of audience: TokenAudience) -> HTTPURL? {
        switch audience {
        case .resourceManager: resourceManager
        case .logAnalytics: logAnalytics
        case .machineLearning: nil
        }
    }
}

extension HTTPURL {
    /// The same origin, or a regional host below it: Resource Manager's links may point to one.
    fileprivate func isAt(_ home: HTTPURL) -> Bool {
        if origin == home.origin { return true }
        return isEncrypted == home.isEncrypted && port == home.port && home.host.contains(".")
            && host.hasSuffix("." + home.host)
    }
}
