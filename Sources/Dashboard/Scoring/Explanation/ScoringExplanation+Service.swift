internal import AzureML
internal import TerminalUI

/// Answers of the front door that are about where the request went, and how much the endpoint takes.
extension ScoringExplanation {
    mutating func explainNotFound() {
        defer { add(.ruledOut, .meaningOutCredential) }
        if let pinned = sent.pinnedDeployment {
            guard sent.knownDeployments.isEmpty || sent.knownDeployments.contains(pinned) else {
                add(.cause, .meaningUnknownPin)
                return step(.tab, .stepDeployment)
            }
            let isKnown = sent.knownDeployments.contains(pinned)
            add(.cause, isKnown ? .meaningPathOrGone : .meaningNotFoundUnclear)
            if isKnown { add(.ruledOut, .meaningOutPin) }
            return step(.tab, .stepPath)
        }
        switch sent.isWithoutTraffic {
        case true?:
            add(.cause, .meaningNoTraffic)
            step(.tab, .stepPin)
            let first = CommandWord.name(sent.knownDeployments.first, orElse: "DEPLOYMENT")
            let endpoint = CommandWord.name(sent.endpoint)
            step("az ml online-endpoint update -n \(endpoint) --traffic \"\(first)=100\"", .stepTraffic)
        case false?:
            add(.cause, .meaningUnknownPath)
            add(.ruledOut, .meaningOutTraffic)
            step(.tab, .stepPath)
        case nil:
            add(.cause, .meaningNotFoundUnclear)
            step(.tab, .stepPin)
        }
    }

    mutating func explainTooSlow(_ answer: ScoringAnswer) {
        add(.cause, sent.requestTimeout == nil ? .meaningTooSlowUnknown : .meaningTooSlow)
        add(.warning, .meaningMayGoOn)
        add(.ruledOut, .meaningOutCredential)
        if answer.deployment != nil { add(.ruledOut, .meaningOutReached) }
        let margin = Duration.seconds(ScoringForm.timeoutMarginSeconds)
        if let limit = sent.requestTimeout, sent.clientTimeout > limit + margin { add(.note, .meaningWaitsInVain) }
        step(.function(5), .stepSmaller)
        let wanted = min(180_000, max(5_000, milliseconds(sent.requestTimeout ?? .seconds(5)) * 2))
        step(update("request_settings.request_timeout_ms=\(wanted)", answer.deployment), .stepTimeout)
        step(logs(answer.deployment), .stepLog)
    }

    mutating func explainTooLarge() {
        add(.cause, .meaningTooLarge)
        add(.ruledOut, .meaningOutCredential)
        step(.function(5), .stepSmaller)
    }

    mutating func explainTooMany(_ answer: ScoringAnswer) {
        let isQueueFull = answer.reason?.contains("too_many_pending") ?? true
        if !isQueueFull {
            add(.cause, .meaningRateLimited)
        } else {
            add(.cause, sent.concurrencyLimit == nil ? .meaningTooManyUnknown : .meaningTooMany)
        }
        if answer.retryAfter != nil { add(.note, .meaningRetryAfter) }
        add(.ruledOut, .meaningOutCredential)
        step(.function(9), .stepAgainLater)
        if isQueueFull { step(update("instance_count=N", answer.deployment), .stepInstances) }
    }

    mutating func explainPlatform() {
        add(.cause, .meaningPlatform)
        add(.ruledOut, .meaningOutCredential)
        step(.function(9), .stepAgainLater)
        if values["requestID"] != nil { add(.note, .meaningSupport) }
    }

    /// Codes that only Kubernetes endpoints are documented to give.
    mutating func explainGateway(_ answer: ScoringAnswer) {
        guard sent.isKubernetes else {
            add(.cause, .meaningGateway)
            if values["requestID"] != nil { add(.note, .meaningSupport) }
            return step(.function(9), .stepAgainLater)
        }
        switch answer.status {
        case 409: add(.cause, .meaningClusterBusy)
        case 502: add(.cause, .meaningClusterCrashed)
        case 503: add(.cause, .meaningClusterSpike)
        default:
            add(.cause, sent.requestTimeout == nil ? .meaningClusterTimeoutUnknown : .meaningClusterTimeout)
            add(.warning, .meaningMayGoOn)
        }
        add(.ruledOut, .meaningOutCredential)
        switch answer.status {
        case 503: step(update("instance_count=N", answer.deployment), .stepInstances)
        case 502, 504: step(logs(answer.deployment), .stepLog)
        default: break
        }
        step(.function(9), .stepAgainLater)
    }

    mutating func explainBadRequest() {
        add(.cause, .meaningBadRequest)
        step(.function(5), .stepBody)
    }

    mutating func explainOther() {
        add(.cause, .meaningOther)
        step(.tab, .stepPath)
    }

    // MARK: Commands

    func logs(_ deployment: String?) -> String {
        let name = CommandWord.name(deployment ?? sent.pinnedDeployment, orElse: "DEPLOYMENT")
        return "az ml online-deployment get-logs -e \(CommandWord.name(sent.endpoint)) -n \(name)"
    }

    private func update(_ setting: String, _ deployment: String?) -> String {
        let name = CommandWord.name(deployment ?? sent.pinnedDeployment, orElse: "DEPLOYMENT")
        return "az ml online-deployment update -e \(CommandWord.name(sent.endpoint)) -n \(name) --set \(setting)"
    }

    private func milliseconds(_ duration: Duration) -> Int { Int(clamping: Int64(duration / .milliseconds(1))) }
}
