internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// Secrets: copied without being shown, shown for seconds, looked into.
extension DashboardState {
    /// The secrets of what the keys are about right now: of the row of the credentials pane, the endpoint, the token.
    var secretNames: [SecretName] {
        switch views.last {
        case .endpoint(let id)?: return record(id).map(secretNames) ?? []
        case .token(.named(let name))?: return [name]
        case .some: return []
        case nil: break
        }
        switch focus {
        case .credentials:
            switch selectedCredentialRow?.id {
            case .token(let audience)?: return tokens[audience] == nil ? [] : [.token(audience)]
            case .endpoint(let id)?: return record(id).map(secretNames) ?? []
            case nil: return []
            }
        case .endpoints: return marks.isEmpty ? selectedRecord.map(secretNames) ?? [] : []
        case .deployments, .traffic, .log: return []
        }
    }

    private func secretNames(of record: EndpointRecord) -> [SecretName] {
        switch record.endpoint.authMode {
        case .key: KeySlot.allCases.map { .endpointKey(record.id, $0) }
        case .amlToken: [.endpointToken(record.id)]
        case .aadToken: [.token(.machineLearning)]
        case .unknown: []
        }
    }

    // MARK: Revealing

    /// Whether the frame of this state has a secret in it.
    package var showsSecret: Bool {
        guard case .reveal(let reveal)? = dialog, case .shown = reveal.stage else { return false }
        return true
    }

    mutating func beginReveal() -> [Effect] {
        let names = secretNames
        guard let first = names.first else { return [] }
        guard names.count == 1 else {
            dialog = .reveal(RevealDialog(names: names, stage: .choosing(selected: 0)))
            return []
        }
        return fetch(first, of: names)
    }

    private mutating func fetch(_ name: SecretName, of names: [SecretName]) -> [Effect] {
        lastRequest += 1
        dialog = .reveal(RevealDialog(names: names, stage: .fetching(name, request: lastRequest)))
        return [.secret(.reveal(name, request: lastRequest))]
    }

    mutating func take(_ key: Key, in reveal: RevealDialog) -> [Effect] {
        switch reveal.stage {
        case .choosing(let selected):
            var selected = selected
            switch key {
            case .up, .character("k"): selected = max(0, selected - 1)
            case .down, .character("j"): selected = min(reveal.names.count - 1, selected + 1)
            case .enter: return fetch(reveal.names[selected], of: reveal.names)
            case .character(let letter):
                guard let name = reveal.names.first(where: { $0.item.key == letter }) else { return [] }
                return fetch(name, of: reveal.names)
            default: break
            }
            dialog = .reveal(RevealDialog(names: reveal.names, stage: .choosing(selected: selected)))
            return []
        case .fetching: return []
        // Whatever is pressed, it goes; copying it is the one thing to do with it.
        case .shown(let name, _, _), .failed(let name, _):
            dialog = nil
            return key == .character("y") ? [.secret(.copy(name))] : []
        }
    }

    /// Takes a secret off the screen and forgets it; also one that is still on its way, or being pasted.
    mutating func hideSecrets() {
        switch dialog {
        case .reveal(let reveal)?:
            if case .choosing = reveal.stage { return }
            dialog = nil
            changes.addEverything()
        case .paste?:
            dialog = nil
            changes.addEverything()
        default: break
        }
    }

    /// Time has come to cover a secret again.
    mutating func hideExpiredSecret() {
        guard case .reveal(let reveal)? = dialog, case .shown(_, _, let until) = reveal.stage else { return }
        // A clock that was set back must not give it more time.
        let left = until.timeIntervalSince(now)
        guard left <= 0 || left > RevealDialog.secondsShown else { return }
        dialog = nil
        note(.secretMasked)
    }

    // MARK: What came back

    mutating func take(_ event: SecretEvent) {
        switch event {
        case .copied(let name, let outcome): note(name, outcome)
        case .notCopied(let name, let error): note(.secretNotCopied, values(name, error), isWarning: true)
        case .revealed(let secret, let request):
            guard case .reveal(var reveal)? = dialog, case .fetching(let name, request) = reveal.stage else { return }
            let until = now.addingTimeInterval(RevealDialog.secondsShown)
            reveal.stage = .shown(name, secret, until: until)
            dialog = .reveal(reveal)
        case .notRevealed(let error, let request):
            guard case .reveal(var reveal)? = dialog, case .fetching(let name, request) = reveal.stage else { return }
            reveal.stage = .failed(name, error)
            dialog = .reveal(reveal)
        case .inspected(let report, let request):
            if inquiry?.request == request { inquiry?.outcome = .report(report) }
        case .notInspected(let error, let request):
            if inquiry?.request == request { inquiry?.outcome = .failed(error) }
        case .mustHide: hideSecrets()
        }
    }

    private mutating func note(_ name: SecretName, _ outcome: CopyOutcome) {
        let texts = Catalogue(language)
        let values = ["name": texts.name(of: name), "program": outcome.program ?? ""]
        switch (outcome.reachedTerminal, outcome.program) {
        case (_, .some): note(.secretCopiedProgram, values)
        case (true, nil): note(.secretCopiedTerminal, values)
        case (false, nil): note(.secretTooLong, values, isWarning: true)
        }
    }

    private func values(_ name: SecretName, _ error: AzureError) -> [String: String] {
        let texts = Catalogue(language)
        return ["name": texts.name(of: name), "why": Wording(texts: texts).why(error)]
    }
}

extension SecretName {
    /// Its entry in the copy menu, whose letter it has in every menu.
    var item: CopyItem {
        switch self {
        case .endpointKey(_, .primary): .primaryKey
        case .endpointKey(_, .secondary): .secondaryKey
        case .endpointToken: .endpointToken
        case .token: .entraToken
        }
    }
}

extension Catalogue {
    /// What a person calls it.
    func name(of secret: SecretName) -> String {
        switch secret {
        case .endpointKey(let id, let slot):
            text(slot == .primary ? .secretPrimaryKey : .secretSecondaryKey, ["endpoint": id.name])
        case .endpointToken(let id): text(.secretEndpointToken, ["endpoint": id.name])
        case .token(.resourceManager): self[.secretTokenControlPlane]
        case .token(.machineLearning): self[.secretTokenDataPlane]
        case .token(.logAnalytics): self[.secretTokenLogs]
        }
    }
}
