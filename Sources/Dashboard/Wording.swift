package import AzureCore

/// Turns an error's kind and facts into what failed, why, and what to do next.
package struct Wording: Sendable {
    package var texts: Catalogue

    package init(texts: Catalogue) {
        self.texts = texts
    }

    /// What failed and why, in one line: "Couldn't list the endpoints: throttled, wait 3 s (TooManyRequests)".
    package func headline(_ error: AzureError) -> String {
        if case .configuration(.missing) = error.kind {
            return texts.text(.errorConfiguration, ["why": why(error)])
        }
        let what = texts[dynamic: "operation.\(error.operation?.rawValue ?? "other")"] ?? texts[.operationOther]
        return texts.text(.errorCouldNot, ["what": what, "why": why(error)])
    }

    /// Why alone, for a pane whose title tells what.
    package func why(_ error: AzureError) -> String {
        let text = reason(error)
        guard let code = error.code, !code.isEmpty else { return text }
        return texts.text(.errorCode, ["text": text, "code": code])
    }

    /// What to do about it; nil where nothing sensible can be said.
    package func nextStep(_ error: AzureError) -> String? {
        next(error).map { texts[$0] }
    }

    /// The key that helps, and what has to be done before it.
    func key(_ error: AzureError) -> TextKey {
        switch error.kind {
        case .signedOut, .noCredential, .unauthorized, .wrongAudience: .troubleKeySignIn
        default: .troubleKeyRetry
        }
    }

    /// All of it in one line for a terminal without a screen.
    package func line(_ error: AzureError) -> String {
        var parts = [headline(error) + "."]
        if let message = serviceMessage(error) { parts.append(message) }
        if let next = nextStep(error) { parts.append(next) }
        if let id = error.requestID { parts.append(texts.text(.errorRequestID, ["id": id])) }
        return parts.joined(separator: " ")
    }

    /// The service's own words, where they tell more than the kind does; the innermost first.
    package func serviceMessage(_ error: AzureError) -> String? {
        let message = error.innerDetails.last?.message ?? error.message
        guard let message, !message.isEmpty else { return nil }
        switch error.kind {
        case .badRequest, .conflict, .forbidden, .operationFailed, .signedOut, .serverError, .unauthorized:
            return message.split(whereSeparator: \.isNewline).first.map(String.init)
        default:
            return nil
        }
    }

    private func reason(_ error: AzureError) -> String {
        let host = error.host ?? texts[.valueUnknown]
        switch error.kind {
        case .signedOut: return texts[.errorWhySignedOut]
        case .noCredential(let links):
            let reasons = links.map(whyNot).joined(separator: "; ")
            return reasons.isEmpty
                ? texts[.errorWhyNoCredential]
                : texts.text(.errorWhyNoCredentialLinks, ["reasons": reasons])
        case .unauthorized: return texts[.errorWhyUnauthorized]
        case .wrongAudience(let audience?): return texts.text(.errorWhyWrongAudienceNamed, ["audience": audience])
        case .wrongAudience(nil): return texts[.errorWhyWrongAudience]
        case .forbidden(let action?, _): return texts.text(.errorWhyForbiddenAction, ["action": action])
        case .forbidden: return texts[.errorWhyForbidden]
        case .notFound(let thing): return texts[missing(thing)]
        case .throttled(let wait?):
            return texts.text(.errorWhyThrottledWait, ["time": texts.span(wait.seconds.rounded(.up))])
        case .throttled(nil): return texts[.errorWhyThrottled]
        case .conflict: return texts[.errorWhyConflict]
        case .badRequest: return texts[.errorWhyBadRequest]
        case .serverError:
            return texts.text(.errorWhyServerError, ["status": error.status.map(String.init) ?? "5xx"])
        case .unreachable(let problem): return texts.text(unreachable(problem), ["host": host])
        case .untrustedCertificate(let problem): return certificate(problem, host: host)
        case .timedOut(let time): return texts.text(.errorWhyTimedOut, ["time": texts.span(time.seconds)])
        case .malformedAnswer(let problem): return malformed(problem, host: host)
        case .cancelled: return texts[.errorWhyCancelled]
        case .operationFailed(let status): return texts.text(.errorWhyOperationFailed, ["status": status])
        case .tokenForOtherHost(let host): return texts.text(.errorWhyOtherHost, ["host": host])
        case .insecureTransport(let host): return texts.text(.errorWhyInsecure, ["host": host])
        case .readOnly(let method): return texts.text(.errorWhyReadOnly, ["method": method])
        case .configuration(let problem): return configuration(problem)
        }
    }

    /// Why one link of the chain of credentials had nothing to give.
    private func whyNot(_ link: UnavailableCredential) -> String {
        let key: TextKey
        var detail = ""
        switch link.reason {
        case .missingVariables(let names): (key, detail) = (.credentialWhyMissing, names.joined(separator: ", "))
        case .programNotFound(let name), .couldNotStart(let name): (key, detail) = (.credentialWhyNoProgram, name)
        case .notLoggedIn: key = .credentialWhyNotLoggedIn
        case .excluded(let variable): (key, detail) = (.credentialWhyExcluded, variable)
        case .timedOut: key = .credentialWhyTimedOut
        case .programFailed(_, let message):
            (key, detail) = (
                .credentialWhyFailed, message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            )
        case .malformedOutput, .lapsedToken: key = .credentialWhyNoToken
        case .notForAudience, .notSupported, .unsuitableRequest: key = .credentialWhyUnsuited
        }
        return texts.text(key, ["name": link.name, "detail": detail])
    }

    private func missing(_ thing: AzureError.NotFoundThing?) -> TextKey {
        switch thing {
        case .subscription: .errorWhyNotFoundSubscription
        case .resourceGroup: .errorWhyNotFoundResourceGroup
        case .workspace: .errorWhyNotFoundWorkspace
        case .endpoint: .errorWhyNotFoundEndpoint
        case .deployment: .errorWhyNotFoundDeployment
        case .other, nil: .errorWhyNotFound
        }
    }

    private func unreachable(_ problem: AzureError.Unreachable) -> TextKey {
        switch problem {
        case .nameNotFound: .errorWhyNameNotFound
        case .refused: .errorWhyRefused
        case .reset: .errorWhyReset
        case .noRoute: .errorWhyNoRoute
        case .closedEarly: .errorWhyClosedEarly
        case .proxyNeedsSignIn: .errorWhyProxySignIn
        case .refusedByProxy: .errorWhyProxyRefused
        case .other: .errorWhyUnreachable
        }
    }

    private func certificate(_ problem: AzureError.CertificateProblem, host: String) -> String {
        switch problem {
        case .expired: texts.text(.errorWhyCertificateExpired, ["host": host])
        case .nameMismatch: texts.text(.errorWhyCertificateName, ["host": host])
        case .unreadableTrustFile(let path): texts.text(.errorWhyCertificateFile, ["path": path])
        case .unknownAuthority, .other: texts.text(.errorWhyCertificate, ["host": host])
        }
    }

    private func malformed(_ problem: AzureError.MalformedAnswer, host: String) -> String {
        switch problem {
        case .notJSON(let type):
            texts.text(.errorWhyNotJSON, ["host": host, "type": type ?? texts[.valueUnknown]])
        case .truncated: texts[.errorWhyTruncated]
        case .unexpectedShape(let field): texts.text(.errorWhyShape, ["field": field])
        case .empty: texts[.errorWhyEmpty]
        case .tooLarge: texts[.errorWhyTooLarge]
        }
    }

    private func configuration(_ problem: AzureError.ConfigurationProblem) -> String {
        switch problem {
        case .missing(let variables):
            texts.text(.errorWhyMissing, ["names": variables.joined(separator: ", ")])
        case .invalidURL(let name, _): texts.text(.errorWhyInvalidURL, ["name": name])
        case .unknownCloud(let name): texts.text(.errorWhyUnknownCloud, ["name": name])
        case .incompleteCloudMetadata(let field): texts.text(.errorWhyIncompleteCloud, ["field": field])
        }
    }

    private func next(_ error: AzureError) -> TextKey? {
        switch error.kind {
        case .signedOut, .unauthorized, .wrongAudience: .errorNextSignIn
        case .noCredential: .errorNextCredential
        case .forbidden: .errorNextForbidden
        case .notFound(.subscription), .notFound(.resourceGroup), .notFound(.workspace): .errorNextWorkspace
        case .notFound: .errorNextName
        case .throttled, .timedOut, .conflict: .errorNextWait
        case .serverError, .operationFailed: .errorNextReport
        case .unreachable: .errorNextNetwork
        case .untrustedCertificate: .errorNextTrust
        case .malformedAnswer(.notJSON): .errorNextProxy
        case .malformedAnswer: .errorNextReport
        case .configuration(.missing): .errorNextConfiguration
        case .configuration: .errorNextCloud
        case .readOnly: .errorNextReadOnly
        case .badRequest, .cancelled, .tokenForOtherHost, .insecureTransport: nil
        }
    }
}
