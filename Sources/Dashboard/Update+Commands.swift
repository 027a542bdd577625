internal import AzureML
internal import TerminalUI

/// Carries out a command of the key map.
func perform(_ command: Command, on state: inout DashboardState) -> [Effect] {
    switch command {
    case .go(let pane): state.go(to: pane)
    case .nextPane: state.step(panes: 1)
    case .previousPane: state.step(panes: -1)
    case .move(let motion): state.move(motion)
    case .open:
        if state.views.last == .workspaces { return state.openWorkspace() }
        if state.views.last == .journal { state.openJournalRotation() }
        state.open()
    case .back: state.goBack()
    case .backOrQuit:
        guard state.views.isEmpty, !state.isZoomed else {
            state.goBack()
            return []
        }
        guard state.mayQuit() else { return [] }
        state.hideSecrets()
        return [.quit]
    case .help:
        if state.views.last == .help { state.closeView() } else { state.show(.help) }
    case .filter: state.prompt = Prompt(.filter(state.focus), text: state.filters[state.focus]?.text ?? "")
    case .search: state.prompt = Prompt(.search, text: state.search?.text ?? "")
    case .commandLine: state.prompt = Prompt(.command)
    case .find(let step): state.find(step: step)
    case .nextForm: state.changeForm(by: 1)
    case .previousForm: state.changeForm(by: -1)
    case .fold(let folding): state.fold(folding)
    case .mark: state.toggleMark()
    case .clearMarks: state.marks = []
    case .copy: state.openCopyMenu()
    case .rotateKey: return state.rotate()
    case .score: return state.openScoring()
    case .journal: return state.showJournal()
    case .exportJournal: return state.exportJournal()
    case .copyJournal: return state.copyJournal()
    case .signIn: return state.openSignIn()
    case .onlyTrouble:
        state.showsOnlyTrouble.toggle()
        state.arrange()
    case .logOfSelection:
        state.logFollowsSelection.toggle()
        state.arrangeLog()
    case .freeze: state.isFrozen.toggle()
    case .sort(let step): state.moveSort(by: step)
    case .invertSort: state.invertSort()
    case .scrollColumns(let step): state.scrollColumns(by: step)
    case .toggleUTC: state.usesUTC.toggle()
    case .workspaces: state.showWorkspaces()
    case .refresh: state.forceRefresh()
    case .repaint: return [.repaint]
    case .suspend:
        state.hideSecrets()
        return [.suspend]
    case .quit:
        state.hideSecrets()
        return [.quit]
    case .inspect: return state.inspectToken()
    case .reveal: return state.beginReveal()
    case .pasteToken: state.beginPasting()
    }
    return []
}

extension DashboardState {
    /// The same digit again zooms, and once more leaves the zoom.
    mutating func go(to pane: Pane) {
        closeAllViews()
        if focus == pane {
            isZoomed.toggle()
        } else {
            setFocus(pane)
        }
    }

    mutating func step(panes: Int) {
        guard views.isEmpty else { return }
        let all = Pane.allCases
        let index = (focus.rawValue - 1 + panes + all.count) % all.count
        setFocus(all[index])
    }

    private mutating func setFocus(_ pane: Pane) {
        focus = pane
        if pane != .endpoints { companion = pane }
    }

    mutating func goBack() {
        if search != nil, !views.isEmpty {
            search = nil
        } else if !views.isEmpty {
            closeView()
        } else if filters[focus] != nil {
            setFilter(nil, of: focus)
        } else if isZoomed {
            isZoomed = false
        } else {
            dismissAlert()
        }
    }

    mutating func open() {
        guard views.isEmpty else { return }
        switch focus {
        case .endpoints:
            if let selectedEndpoint { show(.endpoint(selectedEndpoint)) }
        case .deployments, .traffic:
            if let deployment = selectedDeploymentRecord { show(.deployment(deployment.id)) }
        case .credentials:
            if case .endpoint(let id)? = selectedCredentialRow?.id { show(.endpoint(id)) }
        case .log:
            if let row = selectedLogRowIndex.map(logRow) { show(.logRow(row.requestID)) }
        }
    }

    /// Everything that is shown is asked again at once, and what failed is tried again; tokens that live stay.
    mutating func forceRefresh() {
        for (source, feed) in feeds where feed.failure != nil || !source.isToken { feeds[source]?.isForced = true }
    }

    mutating func move(_ motion: Motion) {
        if views.last == .workspaces { return moveWorkspace(motion) }
        if views.last == .journal { return moveInJournal(motion) }
        if let view = views.last {
            moveInView(view, motion)
            return
        }
        let page = max(1, HomeLayout(self).rowCount(of: focus))
        switch focus {
        case .endpoints: moveEndpoint(motion, page: page)
        case .deployments, .traffic: moveDeployment(motion, page: page)
        case .credentials: moveCredential(motion, page: page)
        case .log: moveLogRow(motion, page: page)
        }
    }

    private mutating func moveEndpoint(_ motion: Motion, page: Int) {
        guard !shownEndpoints.isEmpty else { return }
        let target = motion.index(from: selectedEndpointPosition ?? 0, count: shownEndpoints.count, page: page)
        selectedEndpoint = records[shownEndpoints[target]].id
        fleet.isSelectionChosen = true
        if logFollowsSelection { arrangeLog() }
    }

    private mutating func moveDeployment(_ motion: Motion, page: Int) {
        guard let deployments = selectedRecord?.deployments, !deployments.isEmpty else { return }
        let index = deployments.firstIndex { $0.id == selectedDeployment } ?? 0
        selectedDeployment = deployments[motion.index(from: index, count: deployments.count, page: page)].id
    }

    private mutating func moveCredential(_ motion: Motion, page: Int) {
        let rows = credentialRows
        guard !rows.isEmpty else { return }
        let index = rows.firstIndex { $0.id == selectedCredential } ?? 0
        selectedCredential = rows[motion.index(from: index, count: rows.count, page: page)].id
    }

    private mutating func moveLogRow(_ motion: Motion, page: Int) {
        guard logRowCount > 0 else { return }
        let position = motion.index(from: selectedLogRowIndex ?? 0, count: logRowCount, page: page)
        selectedLogSlot = logSlot(at: position)
        selectedLogPosition = position
        // The top row is no selection: the pane follows what arrives.
        selectedLogRow = position == 0 ? nil : log[selectedLogSlot].requestID
    }
}
