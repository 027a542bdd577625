public import AzureCore

/// What authenticates a payload at a scoring URI.
public enum EndpointCredential: Hashable, Sendable {
    /// Of an endpoint whose auth mode is `key`.
    case key(Secret)
    /// Of an endpoint whose auth mode is `aml_token`: what `POST …/token` gave.
    case amlToken(Secret)
    /// Of an endpoint whose auth mode is `aad_token`: a Microsoft Entra token for the cloud's data plane.
    case entra(AccessToken)
    /// Nothing: to see the request refused.
    case none

    /// Nil for none.
    var secret: Secret? {
        switch self {
        case .key(let secret), .amlToken(let secret): secret
        case .entra(let token): token.secret
        case .none: nil
        }
    }

    /// Refuses what reads as a token for somebody else: a scoring URI is no place for a token of the control plane, whatever
    /// it was taken for. What cannot be read, as a key, says nothing about itself and is let through.
    ///
    /// - Throws: `AzureError` of kind `.wrongAudience` with the audience the token names.
    func check(in cloud: Cloud) throws(AzureError) {
        guard let audience = secret?.withText(TokenClaims.decode)?.audience else { return }
        let isWrong =
            switch self {
            case .entra: !cloud.accepts(claim: audience, for: .machineLearning)
            // The audience of an Azure ML token is the service's own affair.
            case .key, .amlToken, .none: audience.contains("://") && cloud.isOfControlPlane(claim: audience)
            }
        if isWrong { throw cloud.wrongAudience(audience, offeredTo: .machineLearning) }
    }
}

extension Cloud {
    fileprivate func isOfControlPlane(claim: String) -> Bool {
        [TokenAudience.resourceManager, .logAnalytics].contains { accepts(claim: claim, for: $0) }
    }
}
