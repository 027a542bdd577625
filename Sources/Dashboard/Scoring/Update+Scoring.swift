internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// The scoring form (`s`): opened, left, and told what happened.
extension DashboardState {
    /// The endpoint that `s` is about, and the deployment where the selection is one.
    var endpointToScore: (record: EndpointRecord, deployment: String?)? {
        switch views.last {
        case .endpoint(let id)?: return record(id).map { ($0, nil) }
        case .deployment(let id)?: return record(ofDeployment: id).map { ($0.record, $0.deployment.deployment.name) }
        case .logRow(let id)?:
            return logRow(id).flatMap { row in record(row.resourceID).map { ($0, nil) } }
        case .some: return nil
        case nil: break
        }
        switch focus {
        case .endpoints: return selectedRecord.map { ($0, nil) }
        case .deployments, .traffic: return selectedRecord.map { ($0, selectedDeploymentRecord?.deployment.name) }
        case .credentials:
            guard case .endpoint(let id)? = selectedCredentialRow?.id else { return selectedRecord.map { ($0, nil) } }
            return record(id).map { ($0, nil) }
        case .log:
            guard let row = selectedLogRowIndex.map(logRow) else { return selectedRecord.map { ($0, nil) } }
            return record(row.resourceID).map { ($0, nil) }
        }
    }

    /// Opens the form of the endpoint at hand: as it was left, or a new one.
    mutating func openScoring() -> [Effect] {
        guard let (record, deployment) = endpointToScore else {
            note(.scoringNoEndpoint, isWarning: true)
            return []
        }
        guard let uri = record.endpoint.scoringURI, let url = HTTPURL(uri) else {
            note(.scoringNoURI, ["endpoint": record.endpoint.name], isWarning: true)
            return []
        }
        if scoring?.endpoint != record.id {
            if let left = scoring, scoring?.isRunning == false { scoringDrafts[left.endpoint] = left }
            if let running = scoring, running.isRunning {
                note(.scoringRunningElsewhere, ["endpoint": running.endpoint.name], isWarning: true)
                return []
            }
            scoring =
                scoringDrafts.removeValue(forKey: record.id)
                ?? ScoringForm(
                    record.id,
                    authMode: record.endpoint.authMode,
                    path: url.pathAndQuery,
                    timeoutSeconds: Self.timeoutSeconds(for: record)
                )
        }
        if let deployment { scoring?.pinned = deployment }
        // An auth mode may have changed since.
        if let choice = scoring?.credential, !choice.fits(record.endpoint.authMode) {
            scoring?.credential = .usual(for: record.endpoint.authMode)
        }
        if selectedEndpoint != record.id {
            // What is known of the endpoint at hand is kept fresh.
            selectedEndpoint = record.id
            fleet.isSelectionChosen = true
        }
        show(.scoring)
        settleScoring()
        var effects: [Effect] = []
        if scoringConsent == nil { effects.append(.scoring(.askConsent)) }
        if scoring?.history == nil { effects.append(.scoring(.readHistory(record.id))) }
        return effects
    }

    /// Some seconds longer than the slowest deployment may take, so that its own answer still comes.
    private static func timeoutSeconds(for record: EndpointRecord) -> Int {
        let longest = record.deployments?.compactMap(\.deployment.requestTimeout).max()
        return longest.map { min(3_600, Int(($0 / .seconds(1)).rounded(.up)) + ScoringForm.timeoutMarginSeconds) } ?? 60
    }

    var scoringRecord: EndpointRecord? { scoring.flatMap { record($0.endpoint) } }

    /// Names of the deployments there are, in their order.
    var scoringDeployments: [String] {
        guard let record = scoringRecord else { return [] }
        let known = record.deployments?.map(\.deployment.name) ?? []
        let traffic = record.endpoint.traffic.keys.filter { !known.contains($0) }.sorted()
        return known + traffic
    }

    /// Whether payloads may be sent from here.
    var mayScore: Bool { !scoringForbidden.contains(workspaceAddress.id) }

    // MARK: Time

    /// The running request's clock goes on, and a long text is looked at while nobody types.
    mutating func tickScoring() {
        guard scoring != nil else { return }
        scoring?.body.refreshCheck(isPrompt: false)
        guard let run = scoring?.run else { return }
        let seconds = max(0, serverNow.timeIntervalSince(run.sent.sentAt))
        scoring?.answer.tick(elapsed: .milliseconds(Int64(seconds * 1_000)))
    }

    // MARK: Reports

    mutating func take(_ report: ScoringReport) -> [Effect] {
        switch report {
        case .consent(let consent):
            scoringConsent = consent
            return []
        case .history(let endpoint, let records):
            guard scoring?.endpoint == endpoint else { return [] }
            scoring?.history = records
            if scoring?.proven == nil { scoring?.proven = records.lazy.compactMap(\.provenBody).first }
            if case .history(var panel)? = scoring?.overlay {
                panel.set(records)
                scoring?.overlay = .history(panel)
            }
            return []
        case .credential(let number, let expiresAt):
            guard scoring?.run?.number == number else { return [] }
            scoring?.run?.sent.credentialExpiresAt = expiresAt
            scoring?.answer.note(credentialExpiresAt: expiresAt)
            return []
        case .progress(let number, let progress, let elapsed):
            guard scoring?.run?.number == number else { return [] }
            scoring?.answer.take(progress, elapsed: elapsed)
            return []
        case .answered(let number, let answer): return takeAnswer(answer, of: number)
        case .failed(let number, let error): return takeFailure(error, of: number)
        case .repeated(let number, let report): return takeRepetition(report, of: number)
        case .schema(let endpoint, let answer): return takeSchema(answer, of: endpoint)
        case .files(let entries):
            guard case .files(nil, let selected, let path)? = scoring?.overlay else { return [] }
            scoring?.overlay = .files(entries, selected: selected, path: path)
            return []
        case .loaded(let path, let loaded): return takeFile(loaded, from: path)
        case .saved(let path, let outcome): return takeSaved(outcome, at: path)
        case .edited(let outcome): return takeEdited(outcome)
        }
    }

    // MARK: Leaving

    /// Nothing is lost by leaving: the form stays as it is, and a request that is out goes on.
    mutating func leaveScoring() {
        scoring?.overlay = nil
        if scoring?.isRunning == true { note(.scoringGoesOn, ["endpoint": scoring?.endpoint.name ?? ""]) }
        closeView()
    }

    /// Whether a form has something in it that is nowhere else.
    var hasDirtyForm: Bool {
        scoring?.isDirty == true || scoringDrafts.values.contains { $0.isDirty }
    }
}

extension HTTPURL {
    var pathAndQuery: String { path + (query.map { "?\($0)" } ?? "") }
}

extension ScoringRecord {
    /// The body that was sent, where it is kept and got a success.
    var provenBody: ProvenBody? {
        guard let requestBody, let status = answer?.status, (200..<300).contains(status) else { return nil }
        return ProvenBody(bytes: requestBody, contentType: contentType)
    }
}
