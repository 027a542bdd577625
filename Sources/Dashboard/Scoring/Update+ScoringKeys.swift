internal import AzureML
internal import JSONValue
internal import TerminalUI

/// The keys of the scoring form.
extension DashboardState {
    /// Nil for a key that keeps its meaning everywhere.
    mutating func takeInScoring(_ key: Key) -> [Effect]? {
        switch key {
        case .control("c"), .control("z"), .control("l"): return nil
        default: break
        }
        // No copy of the form is held meanwhile: a long text would be copied with the first change.
        guard let part = scoring?.part else {
            closeView()
            return []
        }
        let effects = takeScoringKey(key, scoring?.overlay, part)
        settleScoring()
        return effects
    }

    private mutating func takeScoringKey(
        _ key: Key,
        _ overlay: ScoringOverlay?,
        _ part: ScoringForm.Part
    ) -> [Effect] {
        if let overlay { return take(key, in: overlay) }
        if part == .answer, scoring?.answer.isTyping == true { return takeAnswerKey(key) ?? [] }
        // A search that is shown goes before the form does.
        if part == .answer, key == .escape, scoring?.isRunning == false, let effects = takeAnswerKey(key) {
            return effects
        }
        if let effects = takeFormKey(key) { return effects }
        switch part {
        case .answer: return takeAnswerKey(key) ?? takeAnswerLetter(key)
        case .body: return takeBodyKey(key)
        case .deployment, .credential: return takeChoiceKey(key, part)
        case .headers: return takeHeadersKey(key)
        case .path, .contentType, .timeout: return takeFieldKey(key, part)
        }
    }

    /// What means the same in every part of the form.
    private mutating func takeFormKey(_ key: Key) -> [Effect]? {
        guard let action = ScoringKeys.action(of: key) else { return nil }
        switch action {
        case .leave: return leaveOrCancel()
        case .next: stepPart(1)
        case .previous: stepPart(-1)
        case .send: return sendPayload()
        case .help: scoring?.overlay = .help(top: 0)
        case .save: beginSaving()
        case .bodyFrom: scoring?.overlay = .sources(selected: 0)
        case .editOutside: return editOutside()
        case .answer:
            let isAtAnswer = scoring?.part == .answer
            scoring?.part = isAtAnswer ? .body : .answer
        case .layOut: layOutBody()
        case .copy: scoring?.overlay = .copy(selected: 0)
        case .repetition: return openRepetition()
        case .history: return openScoringHistory()
        }
        return []
    }

    /// What runs is cancelled, what is selected is let go, and only then the form is left.
    private mutating func leaveOrCancel() -> [Effect] {
        if scoring?.isRunning == true { return cancelScoring() }
        if scoring?.part == .body, scoring?.body.editor.anchor != nil {
            scoring?.body.editor.deselect()
        } else {
            leaveScoring()
        }
        return []
    }

    private mutating func stepPart(_ step: Int) {
        let all = ScoringForm.Part.allCases
        guard let part = scoring?.part else { return }
        scoring?.part = all[(part.rawValue + step + all.count) % all.count]
    }

    // MARK: Fields

    private mutating func takeChoiceKey(_ key: Key, _ part: ScoringForm.Part) -> [Effect] {
        switch key {
        case .left, .character("h"): choose(part, step: -1)
        case .right, .character("l"), .character(" "): choose(part, step: 1)
        case .down, .enter, .character("j"): stepPart(1)
        case .up, .character("k"): stepPart(-1)
        case .character("q"): leaveScoring()
        default: break
        }
        return []
    }

    private mutating func choose(_ part: ScoringForm.Part, step: Int) {
        guard let form = scoring, let record = scoringRecord else { return }
        if part == .deployment {
            let choices: [String?] = [nil] + scoringDeployments
            let index = choices.firstIndex(of: form.pinned) ?? 0
            scoring?.pinned = choices[(index + step + choices.count) % choices.count]
        } else {
            // Only what the auth mode can use; the others are on the screen with the reason.
            let choices = ScoringCredential.allCases.filter { $0.fits(record.endpoint.authMode) }
            let index = choices.firstIndex(of: form.credential) ?? 0
            scoring?.credential = choices[(index + step + choices.count) % choices.count]
        }
    }

    private mutating func takeFieldKey(_ key: Key, _ part: ScoringForm.Part) -> [Effect] {
        switch key {
        case .enter, .down: stepPart(1)
        case .up: stepPart(-1)
        default: takeTyped(key, part)
        }
        return []
    }

    private mutating func takeTyped(_ key: Key, _ part: ScoringForm.Part) {
        switch part {
        case .path: _ = scoring?.path.take(key)
        case .contentType: _ = scoring?.contentType.take(key)
        case .timeout: _ = scoring?.timeout.take(key)
        default: break
        }
    }

    private mutating func takeHeadersKey(_ key: Key) -> [Effect] {
        switch key {
        case .enter, .right, .character(" "): openHeaders()
        case .down, .character("j"): stepPart(1)
        case .up, .character("k"): stepPart(-1)
        case .delete, .backspace: scoring?.headers = []
        case .character("q"): leaveScoring()
        default: break
        }
        return []
    }

    // MARK: Body

    private mutating func takeBodyKey(_ key: Key) -> [Effect] {
        if scoring?.body.isBinary == true { return takeHexKey(key) }
        switch key {
        case .alt("s"):
            let word = scoring?.search ?? ""
            scoring?.overlay = .search(Prompt(.scoring, text: word))
        case .alt("n"): findInBody(isForward: true)
        case .alt("p"): findInBody(isForward: false)
        case .alt("m"): moveToBracket()
        case .alt("j"): moveToError()
        case .alt("w"): return copySelection()
        case .up where scoring?.body.editor.cursor.line == 0 && scoring?.body.editor.anchor == nil: stepPart(-1)
        default:
            let revision = scoring?.body.editor.revision
            let height = ScoringLayout(self).editor.height
            _ = scoring?.body.editor.take(key, pageHeight: height)
            if scoring?.body.editor.revision != revision { bodyChanged() }
        }
        return []
    }

    mutating func bodyChanged() {
        scoring?.isDirty = true
        scoring?.invalidBodyRevision = nil
        scoring?.body.refreshCheck(isPrompt: true)
    }

    private mutating func takeHexKey(_ key: Key) -> [Effect] {
        let page = max(1, ScoringLayout(self).editor.height - 1)
        let count = ((scoring?.body.byteCount ?? 0) + 15) / 16
        if let motion = Motion(key) {
            let top = scoring?.body.hexTop ?? 0
            scoring?.body.hexTop = motion.index(from: top, count: count, page: page)
        } else if key == .character("q") {
            leaveScoring()
        } else if key == .delete || key == .backspace {
            scoring?.body = ScoringBody()
            scoring?.contentType.replace(with: "application/json")
        }
        return []
    }

    private mutating func moveToBracket() {
        guard let editor = scoring?.body.editor, let place = editor.document.bracket(matching: editor.cursor) else {
            return
        }
        scoring?.body.editor.move(to: place)
    }

    private mutating func moveToError() {
        scoring?.body.refreshCheck(isPrompt: false)
        if let place = scoring?.body.errorPosition { scoring?.body.editor.move(to: place) }
    }

    private mutating func copySelection() -> [Effect] {
        guard let text = scoring?.body.editor.selectedText ?? scoring?.body.editor.text, !text.isEmpty else {
            return []
        }
        return [.copy(text)]
    }

    mutating func findInBody(isForward: Bool) {
        guard let word = scoring?.search, !word.isEmpty, let editor = scoring?.body.editor else { return }
        let start = editor.selection?.lowerBound ?? editor.cursor
        guard let place = editor.document.find(word, from: start, isForward: isForward) else {
            note(.scoringNotFound, ["word": word], isWarning: true)
            return
        }
        scoring?.body.editor.select(place)
    }

    private mutating func layOutBody() {
        guard let isPretty = scoring?.body.isPretty, scoring?.body.isEmpty == false else { return }
        guard scoring?.body.lay(out: !isPretty) == true else {
            moveToError()
            if let error = scoring?.body.error {
                note(.scoringBodyNoJSON, ["line": "\(error.line)", "column": "\(error.column)"], isWarning: true)
            }
            return
        }
        scoring?.isDirty = true
    }

    // MARK: Answer

    private mutating func takeAnswerKey(_ key: Key) -> [Effect]? {
        let height = ScoringLayout(self).answer.height
        guard let action = scoring?.answer.take(key, pageHeight: height) else { return nil }
        switch action {
        case .handled, .search: return []
        case .copy(let text): return [.copy(text)]
        case .save(let name):
            scoring?.overlay = .saveAnswer(path: Prompt(.scoring, text: name), overwrites: false)
        case .compare:
            if scoring?.compareLast() != true { note(.scoringNothingToCompare, isWarning: true) }
        case .sendElsewhere: openElsewhere()
        }
        return []
    }

    private mutating func takeAnswerLetter(_ key: Key) -> [Effect] {
        switch key {
        case .character("q"): leaveScoring()
        case .character("?"): scoring?.overlay = .help(top: 0)
        case .character("s"): return sendPayload()
        default: break
        }
        return []
    }

    /// Keeps the cursor of the editor on the screen.
    mutating func settleScoring() {
        guard views.last == .scoring, scoring?.body.isBinary == false else { return }
        let room = ScoringLayout(self).editor
        guard let editor = scoring?.body.editor else { return }
        let gutter = CellBuffer.gutterWidth(of: editor, in: room.width)
        scoring?.body.editor.scroll(toFit: Size(width: room.width - gutter, height: room.height))
    }
}
