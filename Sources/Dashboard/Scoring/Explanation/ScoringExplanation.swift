package import AzureCore
package import AzureML
internal import FoundationEssentials
package import TerminalUI

/// What an answer means here: the probable cause, what it is not, and what can be done about it.
///
/// It knows what was sent and what was known then; it asks nobody. What it cannot know it does not claim.
package struct ScoringExplanation: Equatable, Sendable {
    package enum Role: Hashable, Sendable, CaseIterable {
        /// The probable cause; of a success, what happened.
        case cause
        case warning
        /// Something else worth knowing.
        case note
        case ruledOut
    }

    package struct Sentence: Hashable, Sendable {
        package var role: Role
        package var key: TextKey
    }

    /// What can be done, by a key of the form or by a command.
    package struct Step: Hashable, Sendable {
        package var key: Key?
        package var command: String?
        package var text: TextKey
    }

    /// What a text is filled in with.
    package enum Value: Hashable, Sendable {
        case text(String)
        case term(TextKey)
        case duration(Duration)
        case bytes(Int)
    }

    /// The cause first.
    package internal(set) var sentences: [Sentence] = []
    package private(set) var steps: [Step] = []
    /// For all of the texts.
    package private(set) var values: [String: Value] = [:]
    /// Whether the model's answer came through.
    package private(set) var isSuccess = false

    let sent: SentPayload

    // MARK: Building

    package init(answer: ScoringAnswer, sent: SentPayload) {
        self.sent = sent
        fill(from: sent)
        fill(from: answer)
        isSuccess = (200..<300).contains(answer.status)
        explain(answer)
        addRemarks(answer)
        sort()
    }

    package init(error: AzureError, sent: SentPayload) {
        self.sent = sent
        fill(from: sent)
        explain(error)
        sort()
    }

    /// The cause first, what it is not last.
    private mutating func sort() {
        sentences = Role.allCases.flatMap { role in sentences.filter { $0.role == role } }
    }

    mutating func add(_ role: Role, _ key: TextKey) {
        let sentence = Sentence(role: role, key: key)
        if !sentences.contains(sentence) { sentences.append(sentence) }
    }

    mutating func step(_ key: Key, _ text: TextKey) { steps.append(Step(key: key, text: text)) }

    mutating func step(_ command: String, _ text: TextKey) { steps.append(Step(command: command, text: text)) }

    mutating func keep(_ isKept: (Sentence) -> Bool) {
        sentences.removeAll { !isKept($0) }
        steps = []
    }

    mutating func set(_ name: String, _ value: Value?) {
        if let value { values[name] = value }
    }

    private mutating func explain(_ answer: ScoringAnswer) {
        switch answer.status {
        case 200..<300: explainSuccess(answer)
        case 300..<400: add(.cause, .meaningRedirect)
        case 401: explainUnauthorized(answer)
        case 403: explainForbidden(answer)
        case 404: explainNotFound()
        case 408: explainTooSlow(answer)
        case 413: explainTooLarge()
        case 424: explainModel(answer)
        case 429: explainTooMany(answer)
        case 500: explainPlatform()
        case 409, 502, 503, 504: explainGateway(answer)
        case 400: explainBadRequest()
        default: explainOther()
        }
    }

    private mutating func explainSuccess(_ answer: ScoringAnswer) {
        add(.cause, answer.deployment == nil ? .meaningOkUnknown : .meaningOk)
        if answer.didRunFail == true { add(.warning, .meaningRunFailed) }
        if answer.body.isEmpty { add(.note, .meaningEmpty) }
    }

    /// What is worth saying of any answer.
    private mutating func addRemarks(_ answer: ScoringAnswer) {
        if answer.isBodyCut { add(.warning, .meaningCut) }
        let delay = (answer.requestDelay ?? .zero) + (answer.responseDelay ?? .zero)
        if delay > .zero { add(.warning, .meaningDelayed) }
        let margin = Duration.seconds(ScoringForm.timeoutMarginSeconds)
        if let limit = sent.requestTimeout, sent.clientTimeout > limit + margin, answer.status != 408 {
            add(.warning, .meaningTimeoutLonger)
        }
    }

    // MARK: Facts

    private mutating func fill(from sent: SentPayload) {
        values = [
            "endpoint": .text(sent.endpoint), "mode": .text(sent.authMode.cliValue),
            "credential": .term(sent.credential.label), "clientTimeout": .duration(sent.clientTimeout),
            "bytes": .bytes(sent.byteCount), "contentType": .text(sent.contentType), "path": .text(sent.path),
        ]
        set("pinned", sent.pinnedDeployment.map { .text($0) })
        set("deployment", sent.pinnedDeployment.map { .text($0) })
        set("requestTimeout", sent.requestTimeout.map { .duration($0) })
        set("limit", sent.concurrencyLimit.map { .text(Format.count($0)) })
        set("known", sent.knownDeployments.isEmpty ? nil : .text(sent.knownDeployments.joined(separator: ", ")))
        if let traffic = sent.traffic {
            let shares = traffic.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            values["traffic"] = .text(shares.map { "\($0.key) \($0.value) %" }.joined(separator: ", "))
        }
        if let expiry = sent.credentialExpiresAt {
            let left = expiry.timeIntervalSince(sent.sentAt)
            values["left"] = .duration(.seconds(max(0, left)))
            values["expiredAgo"] = .duration(.seconds(max(0, -left)))
        }
    }

    private mutating func fill(from answer: ScoringAnswer) {
        values["status"] = .text("\(answer.status)")
        set("deployment", answer.deployment.map { .text($0) })
        set("model", answer.modelStatus.map { .text("\($0)") })
        set("reason", answer.reason.map { .text($0) })
        set("message", answer.modelMessage.map { .text($0) })
        set("wait", answer.retryAfter.map { .duration($0) })
        values["duration"] = .duration(answer.duration)
        values["received"] = .bytes(answer.body.count)
        values["requestDelay"] = .duration(answer.requestDelay ?? .zero)
        values["responseDelay"] = .duration(answer.responseDelay ?? .zero)
        set("requestID", answer.requestID.map { .text($0) })
    }
}

extension SentPayload {
    /// The path that was asked for, without a query.
    var path: String {
        let rest = uri.firstRange(of: "://").map { uri[$0.upperBound...] } ?? uri[...]
        let path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        return String(path.prefix { $0 != "?" && $0 != "#" })
    }

    /// Whether the traffic rules lead to nobody; nil where they are not known.
    var isWithoutTraffic: Bool? { traffic.map { rules in rules.values.allSatisfy { $0 <= 0 } } }

    /// How many seconds were left of the credential when it was sent; negative where it had lapsed.
    var secondsLeft: Double? { credentialExpiresAt?.timeIntervalSince(sentAt) }
}

extension ScoringCredential {
    var label: TextKey {
        switch self {
        case .primary: .answerCredentialPrimary
        case .secondary: .answerCredentialSecondary
        case .amlToken: .answerCredentialAmlToken
        case .entra: .answerCredentialEntra
        case .none: .answerCredentialNone
        }
    }
}
