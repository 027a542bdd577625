import AzureML
import Dashboard

/// What an answer means, for stderr: what came, what it means here, and what to do next.
struct InvokeWording {
    var texts: Catalogue
    var endpoint: String
    var pinnedDeployment: String?
    var credential: ScoringCredential

    /// Nothing for a success that came whole.
    func lines(_ answer: ScoringAnswer) -> [String] {
        var lines: [String] = []
        if !(200..<300).contains(answer.status) {
            lines.append(texts.text(.invokeStatus, ["status": "\(answer.status)", "meaning": meaning(answer.status)]))
            lines.append(facts(answer).joined(separator: ", "))
            if let next = next(answer) { lines.append(next) }
        }
        if answer.isBodyCut {
            lines.append(texts.text(.invokeCut, ["size": "\(InvokeAnswer.bodyLimit >> 20)"]))
        }
        return lines
    }

    private func facts(_ answer: ScoringAnswer) -> [String] {
        var facts: [String] = []
        if let status = answer.modelStatus { facts.append(texts.text(.invokeModel, ["status": "\(status)"])) }
        if let reason = answer.reason { facts.append(texts.text(.invokeReason, ["reason": reason])) }
        if let name = answer.deployment { facts.append(texts.text(.invokeDeployment, ["name": name])) }
        if let id = answer.requestID { facts.append(texts.text(.invokeRequestID, ["id": id])) }
        facts.append(texts.text(.invokeClientRequestID, ["id": answer.clientRequestID]))
        return facts
    }

    private var hasKey: Bool { credential.slot != nil }

    private func meaning(_ status: Int) -> String {
        switch status {
        case 300..<400: texts[.invokeMeaningRedirect]
        case 400: texts[.invokeMeaningBadRequest]
        case 401: texts[hasKey ? .invokeMeaningUnauthorizedKey : .invokeMeaningUnauthorizedToken]
        case 403: texts[.invokeMeaningForbidden]
        case 404:
            pinnedDeployment.map { texts.text(.invokeMeaningNotFoundPinned, ["name": $0]) }
                ?? texts[.invokeMeaningNotFound]
        case 408: texts[.invokeMeaningTimeout]
        case 413: texts[.invokeMeaningTooLarge]
        case 424: texts[.invokeMeaningModel]
        case 429: texts[.invokeMeaningTooMany]
        case 500..<600: texts[.invokeMeaningServer]
        default: texts[.invokeMeaningOther]
        }
    }

    private func next(_ answer: ScoringAnswer) -> String? {
        switch answer.status {
        case 401: texts.text(hasKey ? .invokeNextKeys : .invokeNextAccess, ["endpoint": endpoint])
        case 403: texts.text(.invokeNextShow, ["endpoint": endpoint])
        case 404: texts.text(.invokeNextList, ["endpoint": endpoint])
        case 413: texts[.invokeNextSmaller]
        case 408, 424:
            texts.text(
                .invokeNextLogs,
                [
                    "endpoint": CommandWord.name(endpoint),
                    "deployment": CommandWord.name(answer.deployment ?? pinnedDeployment, orElse: "DEPLOYMENT"),
                ]
            )
        case 429, 500..<600: texts[.invokeNextAgain]
        default: nil
        }
    }
}
