internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

/// The only way anything changes: takes one event into the state and answers with what the world has to do.
package func update(_ state: inout DashboardState, _ event: Event) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .tick(let now, let zone):
        guard takeTick(&state, now: now, zone: zone) else { return [] }
        effects = state.maskKeyInTime()
    case .terminal(.key(let key)):
        return take(key, into: &state)
    case .terminal(let event):
        effects = take(event, into: &state)
    case .answered(let number, let answer):
        take(answer, toRequest: number, into: &state)
    case .rotation(let report):
        effects = state.take(report)
    case .scoring(let report):
        effects = state.take(report)
    case .copied(let outcome):
        state.note(outcome)
    case .secret(let event):
        state.take(event)
    case .contextSaved(let outcome):
        state.take(outcome)
    case .exchanged(let facts):
        takeExchange(&state, facts)
    case .signIn(let event):
        effects = state.take(event)
    case .budgetChanged(let budget):
        state.budget = budget
    case .tokenChanged(let audience, let facts):
        state.tokens[audience] = facts
        // Nothing counts down any more: ask at once whether there is another.
        if facts == nil { state.feeds[.token(audience)]?.isForced = true }
    }
    state.changes.addEverything()
    state.refreshAlert()
    state.leadToWorkspaces()
    state.settle()
    effects.append(contentsOf: state.beginDueRequests())
    return effects
}

/// A key that only moves a selection, without any question to Azure because of it, changes little of the screen.
private func take(_ key: Key, into state: inout DashboardState) -> [Effect] {
    let panes = state.panesThatFollow
    let offset = state.scroll[.pane(.endpoints)]
    var isMove = false
    var effects: [Effect] = []
    state.notice = nil
    if state.prompt != nil {
        effects = state.type(key)
    } else if state.dialog == nil, state.views.last == .scoring, let taken = state.takeInScoring(key) {
        effects = taken
    } else if let dialog = state.dialog, let taken = state.take(key, in: dialog) {
        effects = taken
    } else if let command = KeyMap.standard.command(for: key, in: state) {
        if case .move = command { isMove = true }
        effects = perform(command, on: &state)
    } else if let reason = KeyMap.standard.refusal(for: key, in: state) {
        state.note(reason, isWarning: true)
    } else {
        isMove = true
    }
    state.settle()
    effects += state.beginDueRequests()
    if isMove, let panes, effects.isEmpty, state.scroll[.pane(.endpoints)] == offset {
        state.changes.add(panes)
    } else {
        state.changes.addEverything()
    }
    return effects
}

/// Whether anything can be different: several steps may fall into one second, and nothing tells finer.
private func takeTick(_ state: inout DashboardState, now: Date, zone: ZoneOffset) -> Bool {
    let before = Int(clamping: state.now.timeIntervalSince1970)
    let second = Int(clamping: now.timeIntervalSince1970)
    let zone = state.usesUTC ? .utc : zone
    guard second != before || zone != state.zone else { return false }
    if now < state.now { state.setClockBack(to: now) }
    state.now = now
    state.zone = zone
    let isNewMinute = second / 60 != before / 60
    if let notice = state.notice, notice.until <= now { state.notice = nil }
    state.hideExpiredSecret()
    state.tickScoring()
    state.failLostRequests()
    if isNewMinute { state.forgetUnwantedFailures() }
    state.refreshFindings(isNewMinute ? Array(state.records.indices) : state.visibleRecords)
    return true
}

private func take(_ event: TerminalEvent, into state: inout DashboardState) -> [Effect] {
    switch event {
    case .key:
        return []
    case .resize(let size):
        state.size = size
        state.settleScoring()
        state.hideSecrets()
        return state.maskKey()
    case .focus(let isFocused):
        state.isFocused = isFocused
        guard !isFocused else { return [] }
        state.hideSecrets()
        return state.maskKey()
    case .resumed:
        state.hideSecrets()
        return [.repaint]
    case .ended:
        state.hideSecrets()
        return [.quit]
    case .paste(let text):
        state.paste(text)
        return []
    }
}

private func takeExchange(_ state: inout DashboardState, _ facts: ExchangeFacts) {
    guard let serverDate = facts.serverDate else { return }
    // The header tells whole seconds, cut off; half of one is the best guess.
    let answeredAt = facts.startedAt.addingTimeInterval(facts.duration.seconds)
    state.clockSkewSeconds = serverDate.timeIntervalSince(answeredAt) + 0.5
}
