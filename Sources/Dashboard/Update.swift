internal import AzureCore
internal import FoundationEssentials
internal import TerminalUI

/// The only way anything changes: takes one event into the state and answers with what the world has to do.
package func update(_ state: inout DashboardState, _ event: Event) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .tick(let now, let zone):
        takeTick(&state, now: now, zone: zone)
    case .terminal(let event):
        effects = take(event, into: &state)
    case .answered(let number, let answer):
        take(answer, toRequest: number, into: &state)
    case .copied(let outcome):
        state.note(outcome)
    case .exchanged(let facts):
        takeExchange(&state, facts)
    case .budgetChanged(let budget):
        state.budget = budget
    case .tokenChanged(let audience, let facts):
        state.tokens[audience] = facts
        // Nothing counts down any more: ask at once whether there is another.
        if facts == nil { state.feeds[.token(audience)]?.isForced = true }
    }
    state.settle()
    effects.append(contentsOf: state.beginDueRequests())
    return effects
}

private func takeTick(_ state: inout DashboardState, now: Date, zone: ZoneOffset) {
    if now < state.now { state.setClockBack(to: now) }
    let before = Int(clamping: state.now.timeIntervalSince1970)
    let second = Int(clamping: now.timeIntervalSince1970)
    state.now = now
    state.zone = state.usesUTC ? .utc : zone
    // Several steps may fall into one second; nothing that follows tells finer.
    guard second != before else { return }
    let isNewMinute = second / 60 != before / 60
    if let notice = state.notice, notice.until <= now { state.notice = nil }
    state.failLostRequests()
    if isNewMinute { state.forgetUnwantedFailures() }
    state.refreshFindings(isNewMinute ? Array(state.records.indices) : state.visibleRecords)
}

private func take(_ event: TerminalEvent, into state: inout DashboardState) -> [Effect] {
    switch event {
    case .key(let key):
        state.notice = nil
        if state.prompt != nil {
            return state.type(key)
        }
        if let dialog = state.dialog, let effects = state.take(key, in: dialog) { return effects }
        guard let command = KeyMap.standard.command(for: key, in: state) else { return [] }
        return perform(command, on: &state)
    case .resize(let size):
        state.size = size
        return []
    case .focus(let isFocused):
        state.isFocused = isFocused
        return []
    case .resumed:
        return [.repaint]
    case .ended:
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
