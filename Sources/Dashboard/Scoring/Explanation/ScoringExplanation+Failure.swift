internal import AzureCore
internal import AzureML
internal import TerminalUI

/// What it means that no answer came.
extension ScoringExplanation {
    mutating func explain(_ error: AzureError) {
        switch error.kind {
        case .timedOut: explainTimeout()
        case .cancelled:
            add(.cause, .meaningCancelled)
            step(.function(9), .stepAgain)
        case .unreachable(.closedEarly), .unreachable(.reset), .malformedAnswer(.truncated):
            add(.cause, .meaningLost)
            add(.warning, .meaningMayGoOn)
            step(.function(9), .stepAgain)
        case .unreachable(.proxyNeedsSignIn), .unreachable(.refusedByProxy):
            add(.cause, .meaningProxy)
            add(.note, .meaningNothingSent)
        case .unreachable: explainUnreachable()
        case .untrustedCertificate:
            add(.cause, .meaningCertificate)
            add(.note, .meaningNothingSent)
        case .insecureTransport:
            add(.cause, .meaningPlainHTTP)
            add(.note, .meaningNothingSent)
            step(.function(9), .stepConfirmPlain)
        case .tokenForOtherHost, .wrongAudience:
            add(.cause, .meaningOtherHost)
            add(.note, .meaningNothingSent)
            step(.tab, .stepCredential)
        case .readOnly:
            add(.cause, .meaningReadOnly)
            add(.note, .meaningNothingSent)
        case .malformedAnswer: add(.cause, .meaningMalformed)
        default:
            add(.cause, .meaningNoCredentialToSend)
            add(.note, .meaningNothingSent)
            step(.tab, .stepCredential)
        }
    }

    private mutating func explainTimeout() {
        add(.cause, .meaningTimedOut)
        if let limit = sent.requestTimeout {
            add(.note, sent.clientTimeout < limit ? .meaningGaveUpEarly : .meaningNoRefusal)
        }
        add(.warning, .meaningMayGoOn)
        step(.tab, .stepWaitLonger)
        step(logs(nil), .stepLog)
    }

    private mutating func explainUnreachable() {
        add(.cause, sent.isPublicAccessDisabled ? .meaningPrivateOnly : .meaningUnreachable)
        add(.note, .meaningNothingSent)
        step(.function(9), .stepAgain)
        step("amltop online-endpoint show -n \(CommandWord.name(sent.endpoint))", .stepNetwork)
    }
}
