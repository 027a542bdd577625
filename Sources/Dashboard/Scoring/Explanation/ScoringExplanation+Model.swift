internal import AzureML
internal import JSONValue
internal import TerminalUI

/// Answers that the model's container gave.
extension ScoringExplanation {
    /// 424: the gateway did its part, the container answered something else than 200.
    mutating func explainModel(_ answer: ScoringAnswer) {
        let cause = modelCause(answer)
        add(.cause, cause)
        let isAlreadySaid = cause == .meaningModelScriptTimeout
        if answer.modelMessage != nil, !isAlreadySaid { add(.note, .meaningModelSays) }
        add(.ruledOut, .meaningOutCredential)
        if answer.deployment != nil { add(.ruledOut, .meaningOutReached) }
        switch cause {
        case .meaningModelBadInput, .meaningModelValidation: step(.function(5), .stepBody)
        case .meaningModelContentType: step(.tab, .stepContentType)
        case .meaningModelRoute, .meaningModelMethod: step(.tab, .stepPath)
        case .meaningModelBusy, .meaningModelNotReady, .meaningModelDown: step(.function(9), .stepAgainLater)
        case .meaningModelHeader, .meaningModelAuth: step(.tab, .stepHeaders)
        default: break
        }
        step(logs(answer.deployment), .stepLog)
        step(.character("c"), .stepCompare)
        if sent.knownDeployments.count > 1 { step(.character("b"), .stepElsewhere) }
    }

    private func modelCause(_ answer: ScoringAnswer) -> TextKey {
        if answer.reason?.contains("not_ready") == true { return .meaningModelNotReady }
        let message = answer.modelMessage ?? ""
        if message.hasPrefix("Scoring timeout after") { return .meaningModelScriptTimeout }
        if message.hasPrefix("An unexpected error occurred in scoring script") { return .meaningModelRaised }
        switch answer.modelStatus {
        case 400: return .meaningModelBadInput
        case 401, 403: return .meaningModelAuth
        case 404: return .meaningModelRoute
        case 405: return .meaningModelMethod
        case 415: return .meaningModelContentType
        case 422: return .meaningModelValidation
        case 429: return .meaningModelBusy
        case 431: return .meaningModelHeader
        case 500: return answer.didRunFail == false ? .meaningModelOther : .meaningModelRaised
        case 502, 503, 504: return .meaningModelDown
        case .some: return .meaningModelOther
        case nil: return .meaningModelUnknown
        }
    }
}

extension ScoringAnswer {
    /// The model's own words: of the Python inference server's `{"message"}` and its like, else a short text's first line.
    var modelMessage: String? {
        guard !body.isEmpty, body.count <= 1 << 16 else { return nil }
        if let value = try? JSONValue.parse(body) {
            let error = value["error"]
            let found =
                value["message"]?.stringValue ?? value["detail"]?.stringValue ?? error?["message"]?.stringValue
                ?? error?.stringValue ?? value.stringValue
            return found.flatMap(Self.firstLine)
        }
        guard contentType?.lowercased().hasPrefix("text/plain") == true else { return nil }
        return String(validating: body, as: UTF8.self).flatMap(Self.firstLine)
    }

    private static func firstLine(_ text: String) -> String? {
        guard let line = text.split(whereSeparator: \.isNewline).first else { return nil }
        return line.count > 240 ? String(line.prefix(239)) + "…" : String(line)
    }
}
