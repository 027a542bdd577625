internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import JSONValue
internal import TerminalUI

/// Sending what the form holds.
extension DashboardState {
    /// The form's own pin, or another deployment for this once.
    enum Routing: Equatable {
        case form
        case once(String?)
    }

    /// Sends the payload, if nothing stands against it; what does is said, and the place that can mend it gets the keys.
    mutating func sendPayload(_ routing: Routing = .form) -> [Effect] {
        guard let request = checkedRequest(routing), let form = scoring, let record = scoringRecord else { return [] }
        lastRequest += 1
        let id = UUID().uuidString.lowercased()
        let sent = sentPayload(form, record, request)
        let run = ScoringRun(
            number: lastRequest,
            clientRequestID: id,
            sent: sent,
            record: ScoringRecord(
                id: id,
                sentAt: serverNow,
                endpoint: form.endpoint,
                pinnedDeployment: request.deployment,
                credential: form.credential,
                uri: request.uri,
                contentType: request.contentType,
                headers: form.headers,
                requestByteCount: request.body.count
            ),
            body: request.body,
            contentType: request.contentType
        )
        scoring?.run = run
        if !ScoringLayout(self).isWide { scoring?.part = .answer }
        scoring?.wasLeaveAsked = false
        scoring?.answer.begin(sent)
        scoring?.isDirty = false
        let task = ScoringTask(
            run: run.number,
            endpoint: form.endpoint,
            credential: form.credential,
            clientRequestID: id,
            request: request
        )
        return [.scoring(.send(task))]
    }

    /// The request as the form has it; nil where something stands against it, which is said.
    mutating func checkedRequest(_ routing: Routing) -> ScoringRequest? {
        guard let form = scoring, let record = scoringRecord else {
            note(.scoringNoEndpoint, isWarning: true)
            return nil
        }
        guard !form.isRunning else {
            note(.scoringIsRunning, isWarning: true)
            return nil
        }
        guard mayScore else {
            note(.scoringForbidden, isWarning: true)
            return nil
        }
        guard let seconds = form.timeoutSeconds else {
            scoring?.part = .timeout
            note(.scoringTimeoutWrong, isWarning: true)
            return nil
        }
        guard let base = record.endpoint.scoringURI.flatMap(HTTPURL.init),
            form.path.text.hasPrefix("/"), let url = HTTPURL(base.origin + form.path.text)
        else {
            scoring?.part = .path
            note(.scoringPathWrong, isWarning: true)
            return nil
        }
        guard PayloadFile.Header("Content-Type", form.contentType.text).isValid, !form.contentType.text.isEmpty else {
            scoring?.part = .contentType
            note(.scoringContentTypeWrong, isWarning: true)
            return nil
        }
        guard url.isEncrypted || form.credential == .none || form.allowsPlainHTTP else {
            scoring?.overlay = .plainHTTP(Prompt(.scoring), isWrong: false)
            return nil
        }
        guard mayBodyGo(form) else { return nil }
        let deployment = if case .once(let other) = routing { other } else { form.pinned }
        var request = ScoringRequest(
            uri: url.description,
            body: form.body.payload,
            contentType: form.contentType.text,
            deployment: deployment,
            timeout: .seconds(seconds),
            bodyLimit: 16 << 20,
            allowsPlainHTTP: form.allowsPlainHTTP || form.credential == .none
        )
        request.set(form.headers)
        return request
    }

    /// A body that calls itself JSON and is none wants to be sent twice: it may be meant.
    private mutating func mayBodyGo(_ form: ScoringForm) -> Bool {
        guard form.contentType.text.lowercased().contains("json"), !form.body.isBinary else { return true }
        scoring?.body.refreshCheck(isPrompt: false)
        guard let error = scoring?.body.error, form.invalidBodyRevision != form.body.editor.revision else {
            return true
        }
        scoring?.invalidBodyRevision = form.body.editor.revision
        scoring?.part = .body
        if let place = scoring?.body.errorPosition { scoring?.body.editor.move(to: place) }
        let values = ["line": "\(error.line)", "column": "\(error.column)"]
        note(form.body.isEmpty ? .scoringBodyEmpty : .scoringBodyNoJSON, values, isWarning: true)
        return false
    }

    private func sentPayload(_ form: ScoringForm, _ record: EndpointRecord, _ request: ScoringRequest) -> SentPayload {
        let endpoint = record.endpoint
        let deployments = record.deployments?.map(\.deployment) ?? []
        let asked = deployments.filter { deployment in
            request.deployment.map { $0 == deployment.name } ?? (endpoint.traffic[deployment.name, default: 0] > 0)
        }
        return SentPayload(
            endpoint: endpoint.name,
            endpointID: endpoint.id,
            callerObjectID: form.credential == .entra ? tokens[.machineLearning]?.claims?.objectID : nil,
            authMode: endpoint.authMode,
            isKubernetes: endpoint.computeID != nil || endpoint.kind == "Kubernetes",
            pinnedDeployment: request.deployment,
            knownDeployments: scoringDeployments,
            traffic: record.isTrafficKnown ? endpoint.traffic : nil,
            credential: form.credential,
            credentialExpiresAt: credentialExpiry(form.credential, record),
            sentAt: serverNow,
            uri: request.uri,
            contentType: request.contentType,
            byteCount: request.body.count,
            clientTimeout: request.timeout,
            requestTimeout: asked.compactMap(\.requestTimeout).max(),
            concurrencyLimit: asked.compactMap(\.concurrencyLimit).min(),
            isPublicAccessDisabled: endpoint.publicNetworkAccess?.lowercased() == "disabled"
        )
    }

    /// By Azure's clock, as far as it is known here; keys do not expire.
    func credentialExpiry(_ credential: ScoringCredential, _ record: EndpointRecord) -> Date? {
        switch credential {
        case .primary, .secondary, .none: nil
        case .amlToken: record.token?.expiresAt
        case .entra: tokens[.machineLearning]?.expiresAt
        }
    }

    // MARK: What came of it

    mutating func takeAnswer(_ answer: ScoringAnswer, of number: Int) -> [Effect] {
        guard let run = scoring?.run, run.number == number else { return [] }
        scoring?.run = nil
        scoring?.answer.finish(answer)
        if (200..<300).contains(answer.status) {
            scoring?.proven = ProvenBody(bytes: run.body, contentType: run.contentType)
        }
        let isSecond = scoring?.comparesNext == true
        scoring?.comparesNext = false
        scoring?.add(ComparedAnswer(answer, sent: run.sent))
        if views.last != .scoring { note(.scoringAnswered, ["status": "\(answer.status)"]) }
        if isSecond { scoring?.compareLast() }
        var record = run.record
        record.answer = answer
        record.answerByteCount = answer.body.count
        record.requestBody = run.body
        return keep(record)
    }

    mutating func takeFailure(_ error: AzureError, of number: Int) -> [Effect] {
        if takeRepetitionFailure(error, of: number) { return [] }
        guard let run = scoring?.run, run.number == number else { return [] }
        scoring?.run = nil
        scoring?.comparesNext = false
        scoring?.answer.fail(error)
        var record = run.record
        record.failure = error.kind.label
        record.requestBody = run.body
        return keep(record)
    }

    /// Keeps what was sent, as far as that was allowed; nobody was asked yet: asks once.
    private mutating func keep(_ record: ScoringRecord) -> [Effect] {
        var record = record
        switch scoringConsent {
        case nil, .no?: return []
        case .unasked?:
            scoring?.unkept.append(record)
            if views.last == .scoring, scoring?.overlay == nil { scoring?.overlay = .consent(ScoringConsentPanel()) }
            return []
        case .withoutBodies?: record.removeBodies()
        case .withBodies?: break
        }
        scoring?.history?.insert(record, at: 0)
        return [.scoring(.record(record))]
    }

    /// The answer to whether a history is kept: what waited for it is kept or dropped.
    mutating func setScoringConsent(_ consent: ScoringConsent) -> [Effect] {
        scoringConsent = consent
        let waiting = scoring?.unkept ?? []
        scoring?.unkept = []
        return [.scoring(.setConsent(consent))] + waiting.flatMap { keep($0) }
    }

    mutating func cancelScoring() -> [Effect] {
        guard let run = scoring?.run else { return [] }
        scoring?.run = nil
        scoring?.comparesNext = false
        scoring?.answer.cancel()
        return [.scoring(.cancel(run: run.number))]
    }
}

extension ScoringRecord {
    mutating func removeBodies() {
        requestBody = nil
        answer?.body = []
    }
}

extension OnlineDeployment {
    /// How many requests are taken at once: those that run and as many that wait.
    var concurrencyLimit: Int? {
        guard let instanceCount, let each = maxConcurrentRequestsPerInstance else { return nil }
        return 2 * each * instanceCount
    }
}

extension DashboardState {
    /// Where the form's request goes; nil where the path makes no address.
    func scoringURL(_ form: ScoringForm) -> String? {
        guard let base = record(form.endpoint)?.endpoint.scoringURI.flatMap(HTTPURL.init),
            form.path.text.hasPrefix("/")
        else { return nil }
        return HTTPURL(base.origin + form.path.text)?.description
    }
}
