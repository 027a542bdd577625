internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// The keys of the wizard.
extension DashboardState {
    /// Nil for a key that keeps its meaning everywhere.
    mutating func takeInRotation(_ key: Key) -> [Effect]? {
        switch key {
        case .control("c"), .control("l"): return nil
        case .control("z"): return maskKey() + [.suspend]
        default: break
        }
        guard var wizard = rotation else {
            dialog = nil
            return []
        }
        if wizard.command != nil { return typeCommand(key) }
        if key == .escape { return leaveRotation() }
        if wizard.isTyping, let effects = typeInRotation(key) { return effects }
        switch key {
        case .character("q"): return leaveRotation()
        case .character("d"):
            wizard.showsRequest.toggle()
            if wizard.rotation.slot == nil, wizard.candidate == nil { wizard.showsRequest = false }
            rotation = wizard
            return []
        case .character("J"):
            dialog = nil
            return maskKey() + showJournal()
        default: break
        }
        return takeInStep(key)
    }

    private mutating func takeInStep(_ key: Key) -> [Effect] {
        guard let phase = rotation?.rotation.phase else { return [] }
        switch phase {
        case .choosingSlot: return takeSlotKey(key)
        case .reviewingCallers: return takeCallersKey(key)
        case .confirming: return takeConfirmKey(key)
        case .watchingOldKey where key == .character("s"): return advance(.skipWaiting)
        case .watchingOldKey, .handingOver: return takeHandOverKey(key)
        case .ended where key == .enter:
            dialog = nil
            return []
        default: return []
        }
    }

    private mutating func takeSlotKey(_ key: Key) -> [Effect] {
        switch key {
        case .character("p"), .up, .character("k"): rotation?.candidate = .primary
        case .character("s"), .down, .character("j"): rotation?.candidate = .secondary
        case .enter:
            if let slot = rotation?.candidate { return advance(.choose(slot)) }
        default: break
        }
        return []
    }

    private mutating func takeCallersKey(_ key: Key) -> [Effect] {
        switch key {
        case .enter: return advance(.proceed)
        case .left, .backspace: return advance(.goBack)
        case .down, .character("j"): rotation?.firstCaller += 1
        case .up, .character("k"): rotation?.firstCaller -= 1
        default: break
        }
        if var wizard = rotation, case .success(let report)? = wizard.rotation.callers {
            wizard.firstCaller = max(0, min(wizard.firstCaller, report.callers.count - 1))
            rotation = wizard
        }
        return []
    }

    private mutating func takeConfirmKey(_ key: Key) -> [Effect] {
        switch key {
        case .tab, .backTab, .up, .down:
            let isName = rotation?.field == .name
            rotation?.field = isName ? .payload : .name
        case .left: changePayload(by: -1)
        case .right, .character(" "): changePayload(by: 1)
        case .enter: return confirmRotation()
        default: break
        }
        return []
    }

    private mutating func changePayload(by step: Int) {
        guard let wizard = rotation, wizard.field == .payload else { return }
        let all = RotationWizard.PayloadChoice.allCases
        rotation?.choice = all[(wizard.choice.rawValue + step + all.count) % all.count]
    }

    private mutating func confirmRotation() -> [Effect] {
        guard let wizard = rotation else { return [] }
        guard wizard.choice != .file || wizard.payload != nil else {
            rotation?.field = .payload
            return []
        }
        _ = advance(.choosePayload(wizard.payload))
        let effects = advance(.type(wizard.name.text))
        if rotation?.rotation.isNameWrong == true { rotation?.field = .name }
        return effects
    }

    /// Keys for the line that is being typed; nil for those that are the step's.
    private mutating func typeInRotation(_ key: Key) -> [Effect]? {
        guard var wizard = rotation else { return [] }
        switch (wizard.field, key) {
        case (.name, .left), (.name, .right): _ = wizard.name.take(key)
        case (_, .left), (_, .right), (_, .enter), (_, .tab), (_, .backTab), (_, .up), (_, .down): return nil
        case (.name, _): guard wizard.name.take(key) else { return nil }
        case (.payload, _): guard wizard.path.take(key) else { return nil }
        }
        rotation = wizard
        return []
    }

    // MARK: Handing over

    private mutating func takeHandOverKey(_ key: Key) -> [Effect] {
        guard let wizard = rotation, let slot = wizard.rotation.slot else { return [] }
        switch key {
        case .character("y"): return advance(.handOver(.copy))
        case .character("|"):
            rotation?.command = Prompt(.rotation)
            return []
        case .character("v"):
            if wizard.revealedUntil != nil { return maskKey() }
            rotation?.revealedUntil = now.addingTimeInterval(RotationWizard.revealSeconds)
            return [.rotation(.reveal(rotation: wizard.rotation.id, slot))]
        case .enter where wizard.rotation.phase == .handingOver: return maskKey() + advance(.finish)
        default: return []
        }
    }

    private mutating func typeCommand(_ key: Key) -> [Effect] {
        guard var command = rotation?.command else { return [] }
        switch key {
        case .escape:
            rotation?.command = nil
        case .enter:
            rotation?.command = nil
            guard command.text.contains(where: { $0 != " " }) else { return [] }
            return advance(.handOver(.command(command.text)))
        default:
            _ = command.take(key)
            rotation?.command = command
        }
        return []
    }

    mutating func pasteInRotation(_ text: String) {
        guard var wizard = rotation else { return }
        if wizard.command != nil {
            wizard.command?.insert(text)
        } else if wizard.isTyping {
            if wizard.field == .name { wizard.name.insert(text) } else { wizard.path.insert(text) }
        }
        rotation = wizard
    }

    // MARK: Leaving

    /// Safe at each step: before anything is sent it ends there; while Azure works it goes on out of sight; after that it
    /// ends with what is proven. The notice says in what state Azure is.
    private mutating func leaveRotation() -> [Effect] {
        guard let wizard = rotation else { return [] }
        if wizard.showsRequest {
            rotation?.showsRequest = false
            return []
        }
        dialog = nil
        var effects = maskKey()
        let values = RotationWording.values(wizard.rotation)
        guard !wizard.isHeldElsewhere, wizard.rotation.outcome == nil else {
            rotation = wizard.isHeldElsewhere ? nil : rotation
            return effects
        }
        if wizard.rotation.isInFlight {
            note(.rotateLeftRunning, values, isWarning: true)
            return effects
        }
        effects += advance(.cancel)
        if let outcome = rotation?.rotation.outcome {
            note(RotationWording.key(outcome), values, isWarning: outcome.isRotated && outcome != .proven)
        }
        return effects
    }
}
