package import TerminalUI

/// What keys do: dispatcher, help and footer read this one table, so they cannot disagree.
package struct KeyMap: Sendable {
    package var bindings: [Binding]

    /// The command of a key as things stand; nil for a key without one, or one that does not apply now.
    package func command(for key: Key, in state: DashboardState) -> Command? {
        binding(of: key, in: state).flatMap { $0.refusal(in: state) == nil ? $0.command : nil }
    }

    /// Why the command of a key is refused as things stand; nil where it is not, or where there is none.
    package func refusal(for key: Key, in state: DashboardState) -> TextKey? {
        binding(of: key, in: state)?.refusal(in: state)
    }

    /// Why a command is refused, however it was asked for.
    func refusal(of command: Command, in state: DashboardState) -> TextKey? {
        bindings.first { $0.command == command }?.refusal(in: state)
    }

    private func binding(of key: Key, in state: DashboardState) -> Binding? {
        bindings.first { $0.keys.contains(key) && $0.isEnabled(state) }
    }
}

/// One entry of the key map.
package struct Binding: Sendable {
    package var keys: [Key]
    package var command: Command
    package var help: TextKey
    /// Its word in the footer; nil keeps it out.
    package var footer: TextKey?
    /// Whether it does something as things stand.
    package var isEnabled: @Sendable (DashboardState) -> Bool
    /// Whether it may change something in Azure.
    package var changesAzure: Bool

    /// Why it is refused though it would apply; nil where it is not.
    package func refusal(in state: DashboardState) -> TextKey? {
        changesAzure && state.isReadOnlyHere ? command.readOnlyReason : nil
    }

    init(
        _ keys: [Key],
        _ command: Command,
        _ help: TextKey,
        footer: TextKey? = nil,
        changesAzure: Bool? = nil,
        when isEnabled: @escaping @Sendable (DashboardState) -> Bool = { _ in true }
    ) {
        self.keys = keys
        self.command = command
        self.help = help
        self.footer = footer
        self.isEnabled = isEnabled
        self.changesAzure = changesAzure ?? command.changesAzure
    }
}

extension KeyMap {
    package static let standard = KeyMap(
        bindings: Pane.allCases.map { pane in
            Binding([.character(Character("\(pane.rawValue)"))], .go(pane), pane.helpText)
        } + [
            Binding([.tab], .nextPane, .keyNextPane, footer: .footerPane, when: \.isHome),
            Binding([.backTab], .previousPane, .keyPreviousPane, when: \.isHome),
            Binding([.up, .character("k")], .move(.up), .keyUp),
            Binding([.down, .character("j")], .move(.down), .keyDown),
            Binding([.pageUp, .control("b")], .move(.pageUp), .keyPageUp),
            Binding([.pageDown, .control("f")], .move(.pageDown), .keyPageDown),
            Binding([.control("u")], .move(.halfPageUp), .keyHalfPageUp),
            Binding([.control("d")], .move(.halfPageDown), .keyHalfPageDown),
            Binding([.home, .character("g")], .move(.first), .keyFirst),
            Binding([.end, .character("G")], .move(.last), .keyLast),
            Binding([.left, .character("h")], .scrollColumns(-1), .keyColumnsLeft, when: \.isHome),
            Binding([.right, .character("l")], .scrollColumns(1), .keyColumnsRight, when: \.isHome),
            Binding([.enter], .signIn, .keySignInHere, footer: .footerSignIn, when: \.isAtToken),
            Binding([.enter], .open, .keyOpen, footer: .footerOpen, when: \.canOpen),
            Binding([.escape], .back, .keyBack, footer: .footerBack, when: \.canGoBack),
            Binding([.tab], .nextForm, .keyNextForm, footer: .footerForm, when: \.hasForms),
            Binding([.backTab], .previousForm, .keyPreviousForm, when: \.hasForms),
            Binding([.enter, .character(" ")], .fold(.toggle), .keyFoldToggle, footer: .footerFold, when: \.isOutline),
            Binding([.left, .character("h")], .fold(.close), .keyFoldClose, when: \.isOutline),
            Binding([.right, .character("l")], .fold(.open), .keyFoldOpen, when: \.isOutline),
            Binding([.character("-")], .fold(.closeAll), .keyFoldCloseAll, when: \.isOutline),
            Binding([.character("+")], .fold(.openAll), .keyFoldOpenAll, when: \.isOutline),
            Binding([.character("/")], .filter, .keyFilter, footer: .footerFilter, when: \.canFilter),
            Binding([.character("/")], .search, .keySearch, footer: .footerSearch, when: \.canSearch),
            Binding([.character("n")], .find(1), .keySearchNext, when: \.isSearching),
            Binding([.character("N")], .find(-1), .keySearchPrevious, when: \.isSearching),
            Binding([.character(" ")], .mark, .keyMark, when: \.canMark),
            Binding([.character("U")], .clearMarks, .keyClearMarks, when: \.hasMarks),
            Binding([.character("y")], .copy, .keyCopy, footer: .footerCopy, when: \.canCopy),
            Binding([.character("v")], .reveal, .keyReveal, footer: .footerReveal, when: \.canReveal),
            Binding([.character("i")], .inspect, .keyInspect, footer: .footerInspect, when: \.canInspect),
            Binding([.character("p")], .pasteToken, .keyPasteToken, footer: .footerPasteToken, when: \.isInspecting),
            Binding([.character("s")], .score, .keyScore, footer: .footerScore, when: \.canScore),
            Binding([.character("r")], .rotateKey, .keyRotate, footer: .footerRotate, when: \.canAskToRotate),
            Binding([.character("J")], .journal, .keyJournal, when: \.canShowJournal),
            Binding([.character("e")], .exportJournal, .keyJournalExport, footer: .footerExport, when: \.isJournal),
            Binding([.character("y")], .copyJournal, .keyJournalCopy, footer: .footerCopy, when: \.isJournal),
            Binding([.character("S")], .signIn, .keySignIn, footer: .footerSignIn, when: \.isSignedOut),
            Binding([.character(":")], .commandLine, .keyCommandLine),
            Binding([.character("!")], .onlyTrouble, .keyOnlyTrouble, footer: .footerTrouble, when: \.isHome),
            Binding([.character("f")], .logOfSelection, .keyLogOfSelection, when: \.isHome),
            Binding([.character("z")], .freeze, .keyFreeze, footer: .footerFreeze),
            Binding([.character("<")], .sort(-1), .keySortLeft, when: \.isHome),
            Binding([.character(">")], .sort(1), .keySortRight, when: \.isHome),
            Binding([.character("I")], .invertSort, .keySortInvert, when: \.isHome),
            Binding([.character("w")], .workspaces, .keyWorkspaces, when: \.isHome),
            Binding([.character("Z")], .toggleUTC, .keyUtc),
            Binding([.function(5), .control("r")], .refresh, .keyRefresh, footer: .footerRefresh),
            Binding([.control("l")], .repaint, .keyRepaint),
            Binding([.character("?"), .function(1)], .help, .keyHelp, footer: .footerHelp),
            Binding([.control("z")], .suspend, .keySuspend),
            Binding([.character("q")], .backOrQuit, .keyQuit, footer: .footerQuit),
            Binding([.control("c")], .quit, .keyLeave),
        ]
    )
}

extension DashboardState {
    /// Nothing lies over the home screen.
    var isHome: Bool { views.isEmpty }
    var canGoBack: Bool { !views.isEmpty || filters[focus] != nil || isZoomed || alert != nil }
    var hasForms: Bool { views.last.map { !$0.forms.isEmpty } ?? false }
    /// The view on top is a tree that opens and closes.
    var isOutline: Bool { hasForms && form == .json }
    var canSearch: Bool { views.last.map { ![.workspaces, .journal, .scoring].contains($0) } ?? false }
    var isJournal: Bool { views.last == .journal }
    var canShowJournal: Bool { views.last != .journal }
    /// Where `r` is about something; why it cannot be done there it says when it is pressed.
    var canAskToRotate: Bool {
        switch views.last {
        case nil, .endpoint?, .journal?: true
        default: false
        }
    }
    /// Where `s` is about something; why it cannot be sent from there it says when it is pressed.
    var canScore: Bool {
        switch views.last {
        case nil, .endpoint?, .deployment?, .logRow?: true
        default: false
        }
    }
    var isSearching: Bool { !views.isEmpty && search != nil }
    var canMark: Bool { isHome && mark(at: focus) != nil }
    var hasMarks: Bool { isHome && !marks.isEmpty }
    var canCopy: Bool { !copySubjects.isEmpty || !secretNames.isEmpty }
    var canReveal: Bool { !secretNames.isEmpty }
    /// There is always the token of the control plane; over other views the key has nothing to be about.
    var canInspect: Bool {
        switch views.last {
        case nil, .endpoint?, .token?: connection != nil
        default: false
        }
    }
    var isInspecting: Bool {
        if case .token? = views.last { true } else { false }
    }
    /// The endpoints and the traffic rows are filtered; what has only a few rows is not.
    var canFilter: Bool { isHome && [.endpoints, .log].contains(focus) }

    /// The selected line is a token of the person, of which there is nothing to open.
    var isAtToken: Bool {
        guard isHome, focus == .credentials, case .token? = selectedCredentialRow?.id else { return false }
        return true
    }

    var canOpen: Bool {
        if views.last == .workspaces { return selectedWorkspace != nil }
        if views.last == .journal { return selectedJournalRow != nil }
        guard isHome else { return false }
        switch focus {
        case .endpoints: return selectedEndpoint != nil
        case .deployments, .traffic: return selectedDeploymentRecord != nil
        case .credentials:
            guard case .endpoint? = selectedCredentialRow?.id else { return false }
            return true
        case .log: return selectedLogRowIndex != nil
        }
    }
}

extension Pane {
    var helpText: TextKey {
        switch self {
        case .endpoints: .keyPaneEndpoints
        case .deployments: .keyPaneDeployments
        case .traffic: .keyPaneTraffic
        case .credentials: .keyPaneCredentials
        case .log: .keyPaneLog
        }
    }
}

extension Key {
    /// How the key is written in help and footer, as keyboards print it.
    package var label: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "Ctrl-\(character.uppercased())"
        case .alt("\r"), .alt("\n"): "Alt-Enter"
        case .alt(let character): "Alt-\(character.uppercased())"
        case .function(let number): "F\(number)"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        }
    }
}
