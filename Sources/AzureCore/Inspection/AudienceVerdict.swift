/// Whether a token would be taken at one of the places where tokens are used.
public struct AudienceVerdict: Hashable, Sendable {
    public enum Finding: Hashable, Sendable {
        case fits
        case doesNotFit
        /// The audience is the id of an application, or there is none: only the service knows.
        case unknown
    }

    public var use: TokenAudience
    public var finding: Finding
    /// What is accepted there, the first being what is asked for.
    public var accepted: [String]
}

/// Where an audience belongs.
public struct AudienceHome: Hashable, Sendable {
    public var use: TokenAudience
    /// The cloud, where it is another than the one at hand.
    public var otherCloud: String?

    public init(use: TokenAudience, otherCloud: String? = nil) {
        self.use = use
        self.otherCloud = otherCloud
    }
}

extension Cloud {
    /// What a token's `aud` may be for a use, with or without a slash at the end.
    public func accepted(for use: TokenAudience) -> [String] {
        let all: [String?] =
            switch use {
            case .resourceManager: audiences + [resourceManager]
            case .machineLearning: [machineLearningAudience]
            case .logAnalytics:
                [logAnalytics, name == Self.azureCloud.name ? "https://api.loganalytics.azure.com" : nil]
            }
        var seen: Set<String> = []
        return all.compactMap(\.self).filter { seen.insert($0.withoutTrailingSlash.lowercased()).inserted }
    }

    /// How a token with these audiences fares at each place of this cloud.
    public func verdicts(on audiences: [String]) -> [AudienceVerdict] {
        TokenAudience.allCases.map { use in
            AudienceVerdict(use: use, finding: finding(audiences, for: use), accepted: accepted(for: use))
        }
    }

    private func finding(_ audiences: [String], for use: TokenAudience) -> AudienceVerdict.Finding {
        let addresses = audiences.filter { $0.contains("://") }
        if addresses.contains(where: { accepts(claim: $0, for: use) }) { return .fits }
        return addresses.count == audiences.count && !audiences.isEmpty ? .doesNotFit : .unknown
    }

    /// Where a token with that audience belongs, here or in another of the named clouds; nil for any other service.
    public func home(ofClaim claim: String) -> AudienceHome? {
        guard claim.contains("://") else { return nil }
        for cloud in [self] + Self.named where cloud == self || cloud.name != name {
            guard let use = TokenAudience.allCases.first(where: { cloud.accepts(claim: claim, for: $0) }) else {
                continue
            }
            return AudienceHome(use: use, otherCloud: cloud == self ? nil : cloud.name)
        }
        return nil
    }

    /// Refuses a token that says it is for another service than the one it is about to be sent to.
    ///
    /// What cannot be read, and what names an application instead of an address, is let through: only the service knows.
    ///
    /// - Parameters:
    ///   - token: What is about to be sent.
    ///   - use: Where to.
    /// - Throws: `AzureError` of kind `.wrongAudience`, with what the token is for and where it belongs.
    public func check(_ token: AccessToken, isFor use: TokenAudience) throws(AzureError) {
        guard let claim = token.claims?.audience, !accepts(claim: claim, for: use) else { return }
        throw wrongAudience(claim, offeredTo: use)
    }

    /// The refusal of a token that names `claim` as its audience.
    public func wrongAudience(_ claim: String, offeredTo use: TokenAudience) -> AzureError {
        var error = AzureError(.wrongAudience(claim))
        error.misuse = AzureError.Misuse(offeredTo: use, wanted: resource(of: use), home: home(ofClaim: claim))
        return error
    }
}
