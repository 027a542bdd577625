internal import AzureML
internal import TerminalUI

/// The keys of what lies over the scoring form.
extension DashboardState {
    mutating func take(_ key: Key, in overlay: ScoringOverlay) -> [Effect] {
        switch overlay {
        case .help(let top): return takeHelp(key, top)
        case .sources(let selected): return takeSource(key, selected)
        case .files(let entries, let selected, let path): return takeFileKey(key, entries ?? [], selected, path)
        case .save(let path, let overwrites): return takeSave(key, path, overwrites, isAnswer: false)
        case .saveAnswer(let path, let overwrites): return takeSave(key, path, overwrites, isAnswer: true)
        case .curl(let editor, _): return takeCurl(key, editor)
        case .headers(let editor, _): return takeHeaders(key, editor)
        case .plainHTTP(let name, _): return takePlainHTTP(key, name)
        case .search(let word): return takeSearch(key, word)
        case .copy(let selected): return takeCopy(key, selected)
        case .elsewhere(let selected): return takeElsewhere(key, selected)
        case .consent(let panel): return takeConsent(key, panel)
        case .lanes(let selected): return takeLanes(key, selected)
        case .compare(let panel): return takeComparison(key, panel)
        case .repetition(let panel): return takeRepetition(key, panel)
        case .history(let panel): return takeScoringHistory(key, panel)
        }
    }

    /// Moves through a menu; nil where the key chooses or is none of it.
    func moved(_ key: Key, _ selected: Int, _ count: Int) -> Int? {
        switch key {
        case .up, .character("k"): max(0, selected - 1)
        case .down, .character("j"): min(max(0, count - 1), selected + 1)
        default: nil
        }
    }

    private mutating func takeHelp(_ key: Key, _ top: Int) -> [Effect] {
        let last = max(0, ScoringKeys.helpLineCount - max(1, ScoringLayout(self).whole.height - 2))
        switch key {
        case .up, .character("k"): scoring?.overlay = .help(top: max(0, top - 1))
        case .down, .character("j"): scoring?.overlay = .help(top: min(last, top + 1))
        case .pageUp, .home, .character("g"): scoring?.overlay = .help(top: 0)
        case .pageDown, .end, .character("G"), .character(" "): scoring?.overlay = .help(top: last)
        default: scoring?.overlay = nil
        }
        return []
    }

    // MARK: Where a body comes from

    private mutating func takeSource(_ key: Key, _ selected: Int) -> [Effect] {
        let all = BodySource.all
        if key == .escape || key == .character("q") {
            scoring?.overlay = nil
        } else if let selected = moved(key, selected, all.count) {
            scoring?.overlay = .sources(selected: selected)
        } else if key == .enter {
            return take(all[selected])
        } else if case .character(let letter) = key, let source = all.first(where: { $0.key == letter }) {
            return take(source)
        }
        return []
    }

    // MARK: Search, headers

    private mutating func takeSearch(_ key: Key, _ word: Prompt) -> [Effect] {
        var word = word
        switch key {
        case .escape: scoring?.overlay = nil
        case .enter:
            scoring?.overlay = nil
            scoring?.search = word.text
            findInBody(isForward: true)
        default:
            _ = word.take(key)
            scoring?.overlay = .search(word)
        }
        return []
    }

    mutating func openHeaders() {
        let text = scoring?.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") ?? ""
        var editor = TextEditor(text)
        editor.move(.textEnd)
        scoring?.overlay = .headers(editor, wrongLine: nil)
    }

    private mutating func takeHeaders(_ key: Key, _ editor: TextEditor) -> [Effect] {
        var editor = editor
        switch key {
        case .function(9), .alt("\r"), .alt("\n"), .tab, .function(2):
            if let line = setHeaders(editor.text) { scoring?.overlay = .headers(editor, wrongLine: line) }
        case .escape: scoring?.overlay = nil
        default:
            _ = editor.take(key, pageHeight: 10)
            scoring?.overlay = .headers(editor, wrongLine: nil)
        }
        return []
    }

    /// Takes `Name: value` lines; gives the first line (from 0) that is none, or whose name is reserved.
    private mutating func setHeaders(_ text: String) -> Int? {
        var headers: [PayloadFile.Header] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if line.allSatisfy(\.isWhitespace) { continue }
            guard parts.count == 2 else { return number }
            let header = PayloadFile.Header(String(parts[0]).trimmed, String(parts[1]).trimmed)
            guard header.isValid, !header.isReserved else { return number }
            headers.append(header)
        }
        scoring?.headers = headers
        scoring?.overlay = nil
        return nil
    }

    // MARK: Confirmations

    private mutating func takePlainHTTP(_ key: Key, _ name: Prompt) -> [Effect] {
        var name = name
        switch key {
        case .escape: scoring?.overlay = nil
        case .enter:
            guard name.text == scoringRecord?.endpoint.name else {
                scoring?.overlay = .plainHTTP(name, isWrong: true)
                return []
            }
            scoring?.overlay = nil
            scoring?.allowsPlainHTTP = true
            return sendPayload()
        default:
            _ = name.take(key)
            scoring?.overlay = .plainHTTP(name, isWrong: false)
        }
        return []
    }

    // MARK: Copy, elsewhere

    private mutating func takeCopy(_ key: Key, _ selected: Int) -> [Effect] {
        let all = ScoringCopy.allCases
        if key == .escape || key == .character("q") {
            scoring?.overlay = nil
        } else if let selected = moved(key, selected, all.count) {
            scoring?.overlay = .copy(selected: selected)
        } else if key == .enter {
            return copy(all[selected])
        } else if case .character(let letter) = key, let item = all.first(where: { $0.key == letter }) {
            return copy(item)
        }
        return []
    }

    /// Where else the body can go: the traffic rules, or another deployment than the form's.
    var elsewhere: [String?] {
        ([nil] + scoringDeployments).filter { $0 != scoring?.pinned }
    }

    mutating func openElsewhere() {
        guard scoring?.answers.isEmpty == false, !elsewhere.isEmpty else {
            note(.scoringNothingToCompare, isWarning: true)
            return
        }
        scoring?.overlay = .elsewhere(selected: 0)
    }

    private mutating func takeElsewhere(_ key: Key, _ selected: Int) -> [Effect] {
        let choices = elsewhere
        if key == .escape || key == .character("q") {
            scoring?.overlay = nil
        } else if let selected = moved(key, selected, choices.count) {
            scoring?.overlay = .elsewhere(selected: selected)
        } else if key == .enter, choices.indices.contains(selected) {
            scoring?.overlay = nil
            let effects = sendPayload(.once(choices[selected]))
            scoring?.comparesNext = !effects.isEmpty
            return effects
        }
        return []
    }
}

extension String {
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(String(drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
    }
}
