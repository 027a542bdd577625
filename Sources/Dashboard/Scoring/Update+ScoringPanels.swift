internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// Repeating, comparing, and what was sent before.
extension DashboardState {
    mutating func takeConsent(_ key: Key, _ panel: ScoringConsentPanel) -> [Effect] {
        var panel = panel
        switch panel.take(key) {
        case .handled?: scoring?.overlay = .consent(panel)
        // Asked again with the next answer.
        case .later?: scoring?.overlay = nil
        case .chosen(let consent)?:
            scoring?.overlay = nil
            return setScoringConsent(consent)
        case nil: break
        }
        return []
    }

    mutating func takeComparison(_ key: Key, _ panel: ComparePanel) -> [Effect] {
        var panel = panel
        if panel.take(key, pageHeight: ScoringLayout(self).whole.height) {
            scoring?.overlay = .compare(panel)
        } else if key == .escape || key == .character("q") {
            // Back to what it came from, where that is still there.
            let before = scoring?.suspended
            scoring?.overlay = before
            scoring?.suspended = nil
        }
        return []
    }

    private mutating func compare(_ first: ComparedAnswer, _ second: ComparedAnswer) {
        let before = scoring?.overlay
        scoring?.suspended = before
        scoring?.overlay = .compare(ComparePanel(first: first, second: second))
    }

    // MARK: Repeating

    /// Where a repetition can go: to what the form says, or to that and one deployment more in turn.
    var repetitionLanes: [[String?]] {
        let own = scoring?.pinned
        return [[own]] + elsewhere.map { [own, $0] }
    }

    /// Asks how often, after everything that could stand against sending was looked at.
    mutating func openRepetition() -> [Effect] {
        guard checkedRequest(.form) != nil else { return [] }
        scoring?.overlay = .lanes(selected: 0)
        return []
    }

    mutating func takeLanes(_ key: Key, _ selected: Int) -> [Effect] {
        let choices = repetitionLanes
        if key == .escape || key == .character("q") {
            scoring?.overlay = nil
        } else if let selected = moved(key, selected, choices.count) {
            scoring?.overlay = .lanes(selected: selected)
        } else if key == .enter, choices.indices.contains(selected), let form = scoring {
            let plan = RepeatPlan(lanes: choices[selected], bodyBytes: form.body.byteCount)
            let isProduction = workspaceMarks[workspaceAddress.id]?.isProduction == true
            scoring?.overlay = .repetition(
                RepeatPanel(plan: plan, endpoint: form.endpoint.name, isProduction: isProduction)
            )
        }
        return []
    }

    mutating func takeRepetition(_ key: Key, _ panel: RepeatPanel) -> [Effect] {
        var panel = panel
        let action = panel.take(key)
        scoring?.overlay = .repetition(panel)
        switch action {
        case .handled?, nil: return []
        case .close?:
            scoring?.overlay = nil
            return []
        case .compare(let first, let second)?:
            compare(first, second)
            return []
        case .stop?: return scoring?.repetition.map { [.scoring(.cancel(run: $0))] } ?? []
        case .start(let plan)?: return startRepetition(plan, panel)
        }
    }

    private mutating func startRepetition(_ plan: RepeatPlan, _ panel: RepeatPanel) -> [Effect] {
        guard let request = checkedRequest(.form), let form = scoring else {
            scoring?.overlay = nil
            return []
        }
        lastRequest += 1
        scoring?.repetition = lastRequest
        scoring?.isDirty = false
        let task = RepeatTask(
            run: lastRequest,
            endpoint: form.endpoint,
            credential: form.credential,
            request: request,
            plan: plan
        )
        return [.scoring(.repeatSending(task))]
    }

    mutating func takeRepetition(_ report: RepeatReport, of number: Int) -> [Effect] {
        guard scoring?.repetition == number else { return [] }
        if report.isOver { scoring?.repetition = nil }
        guard case .repetition(var panel)? = scoring?.overlay else { return [] }
        panel.take(report)
        scoring?.overlay = .repetition(panel)
        return []
    }

    /// Whether it was a repetition that could not even begin.
    mutating func takeRepetitionFailure(_ error: AzureError, of number: Int) -> Bool {
        guard scoring?.repetition == number else { return false }
        scoring?.repetition = nil
        guard case .repetition(var panel)? = scoring?.overlay else { return true }
        panel.fail(error)
        scoring?.overlay = .repetition(panel)
        return true
    }

    // MARK: History

    mutating func openScoringHistory() -> [Effect] {
        guard let form = scoring else { return [] }
        scoring?.overlay = .history(ScoringHistoryPanel(records: form.history ?? []))
        return [.scoring(.readHistory(form.endpoint))]
    }

    mutating func takeScoringHistory(_ key: Key, _ panel: ScoringHistoryPanel) -> [Effect] {
        var panel = panel
        let action = panel.take(key, pageHeight: ScoringLayout(self).whole.height)
        scoring?.overlay = .history(panel)
        switch action {
        case .handled?: return []
        case nil:
            if key == .character("q") { scoring?.overlay = nil }
            return []
        case .close?:
            scoring?.overlay = nil
            return []
        case .compare(let first, let second)?:
            compare(first, second)
            return []
        case .delete(let id)?:
            scoring?.history?.removeAll { $0.id == id }
            panel.set(scoring?.history ?? [])
            scoring?.overlay = .history(panel)
            return scoring.map { [.scoring(.forget(id, $0.endpoint))] } ?? []
        case .open(let record)?:
            load(record)
            return []
        case .rerun(let record)?:
            guard load(record) else { return [] }
            return sendPayload()
        }
    }

    /// Puts what was sent back into the form; false where its body was not kept, which is said.
    @discardableResult
    private mutating func load(_ record: ScoringRecord) -> Bool {
        scoring?.overlay = nil
        scoring?.pinned = record.pinnedDeployment
        if let mode = scoringRecord?.endpoint.authMode, record.credential.fits(mode) {
            scoring?.credential = record.credential
        }
        scoring?.headers = record.headers
        if let url = HTTPURL(record.uri) { scoring?.path.replace(with: url.pathAndQuery) }
        guard let body = record.requestBody else {
            scoring?.contentType.replace(with: record.contentType)
            note(.scoringBodyNotKept, isWarning: true)
            return false
        }
        setBody(body, contentType: record.contentType)
        return true
    }
}
