internal import AzureML
internal import FoundationEssentials
package import TerminalUI

/// The keys of the answer.
extension AnswerPanel {
    /// Takes a key.
    ///
    /// - Parameters:
    ///   - key: As the terminal told it.
    ///   - pageHeight: How many lines the panel has.
    /// - Returns: What it asks of the form; nil for a key that is not the panel's.
    package mutating func take(_ key: Key, pageHeight: Int) -> AnswerAction? {
        if prompt != nil { return takeInSearch(key) }
        guard stage != .idle else { return nil }
        if let motion = Motion(key) {
            move(motion, page: page(of: pageHeight))
            return .handled
        }
        switch key {
        case .character("["): changeTab(by: -1)
        case .character("]"): changeTab(by: 1)
        case .character("x"): tab = tab == .meaning ? body.tabs.first ?? .headers : .meaning
        case .character("/"): return beginSearch()
        case .character("n") where finding != nil: find(1)
        case .character("N") where finding != nil: find(-1)
        case .escape where finding != nil: finding = nil
        case .character("y"): return copyPart()
        case .character("Y"): return body.bytes.isEmpty ? nil : .copy(body.whole(tab))
        case .character("c") where !isRunning: return .compare
        case .character("b") where !isRunning: return .sendElsewhere
        case .character("w") where !isRunning && !body.bytes.isEmpty: return .save(suggestedName: suggestedName)
        case .character(let letter) where letter.isNumber: return chooseTab(letter)
        default: return takeInOutline(key)
        }
        if tab == .meaning, explanation == nil { tab = tabs.first ?? .text }
        return .handled
    }

    /// Takes pasted text into the search line; false where none is open.
    package mutating func paste(_ text: String) -> Bool {
        guard prompt != nil else { return false }
        prompt?.insert(text)
        search()
        return true
    }

    // MARK: Moving

    /// How many lines of the body are seen for sure: never more, so that a page leaves none out.
    private func page(of height: Int) -> Int {
        let isExplained = explanation.map { !$0.isSuccess } ?? false
        return max(1, tab == .meaning ? height - 6 : isExplained ? (height - 8) / 2 : height - 8)
    }

    private mutating func move(_ motion: Motion, page: Int) {
        // The explanation is wrapped when it is drawn: its lines are not known here, but hardly more than two a sentence.
        let sentences = explanation.map { $0.sentences.count + $0.steps.count } ?? 0
        let count = tab == .meaning ? 2 * sentences : lineCount
        var place = places[tab] ?? Place()
        place.cursor = motion.index(from: place.cursor, count: count, page: page)
        place.top = ScrollWindow.offset(selected: place.cursor, count: count, height: page, previous: place.top)
        places[tab] = place
    }

    private mutating func goTo(_ line: Int) {
        var place = places[tab] ?? Place()
        place.cursor = max(0, min(line, lineCount - 1))
        place.top = min(place.top, place.cursor)
        places[tab] = place
    }

    private var cursor: Int { max(0, min(places[tab]?.cursor ?? 0, lineCount - 1)) }

    // MARK: Tabs

    private mutating func changeTab(by step: Int) {
        let tabs = tabs
        guard let index = tabs.firstIndex(of: tab) else { return tab = tabs.first ?? tab }
        tab = tabs[(index + step + tabs.count) % tabs.count]
        refreshFinding()
    }

    private mutating func chooseTab(_ letter: Character) -> AnswerAction? {
        guard let number = letter.wholeNumberValue, tabs.indices.contains(number - 1) else { return nil }
        tab = tabs[number - 1]
        refreshFinding()
        return .handled
    }

    // MARK: Folding

    private mutating func takeInOutline(_ key: Key) -> AnswerAction? {
        guard tab == .json, var json = body.json, json.count > 0 else { return nil }
        let index = json.index(cursor)
        let owner = json.owner(index)
        var target = owner
        switch key {
        case .enter, .character(" "): json.setFolded(!json.isFolded(owner), owner)
        case .right, .character("l"): json.setFolded(false, owner)
        case .left, .character("h"):
            if json.rows[owner].kind == .open, !json.isFolded(owner) {
                json.setFolded(true, owner)
            } else {
                // What cannot be closed leads to what it stands in.
                target = max(0, Int(json.rows[owner].parent))
            }
        case .character("+"): json.unfoldAll()
        case .character("-"):
            json.foldAll()
            while json.rows[target].parent > 0 { target = Int(json.rows[target].parent) }
        default: return nil
        }
        body.json = json
        goTo(json.line(of: target))
        return .handled
    }

    // MARK: Copying

    private func copyPart() -> AnswerAction? {
        if tab == .headers {
            guard let rows = answer?.headerRows, rows.indices.contains(cursor) else { return .handled }
            if case .field(let field) = rows[cursor] { return .copy(field.value) }
            return .handled
        }
        return body.part(of: cursor, tab).map { .copy($0) }
    }

    /// By what was asked, when, and what it is.
    private var suggestedName: String {
        let type = answer?.contentType?.lowercased() ?? ""
        let ending =
            switch body.kind {
            case .json: "json"
            case .events: "txt"
            case .binary: type.hasPrefix("image/png") ? "png" : type.hasPrefix("image/jpeg") ? "jpg" : "bin"
            case .text, .empty: type.contains("html") ? "html" : type.contains("csv") ? "csv" : "txt"
            }
        let endpoint = (sent?.endpoint ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return "answer-\(endpoint.isEmpty ? "endpoint" : endpoint).\(ending)"
    }

    // MARK: Searching

    private mutating func beginSearch() -> AnswerAction? {
        guard tab != .hex, tab != .headers, tab != .meaning, lineCount > 0 else { return nil }
        prompt = Prompt(.search)
        return .search
    }

    private mutating func takeInSearch(_ key: Key) -> AnswerAction? {
        switch key {
        case .enter: prompt = nil
        case .escape:
            prompt = nil
            finding = nil
        default:
            guard prompt?.take(key) == true else { return nil }
            search()
        }
        return .handled
    }

    /// A search takes effect while it is typed, from where the cursor is.
    private mutating func search() {
        guard let text = prompt?.text, !text.isEmpty else { return finding = nil }
        finding = Finding(search: TextSearch(text: text), lines: body.places(of: text, tab))
        let from = tab == .json ? body.json.map { $0.index(cursor) } ?? 0 : cursor
        goToFinding { $0 >= from }
    }

    private mutating func refreshFinding() {
        guard let text = finding?.search.text else { return }
        finding = Finding(search: TextSearch(text: text), lines: body.places(of: text, tab))
    }

    private mutating func find(_ step: Int) {
        let from = tab == .json ? body.json.map { $0.index(cursor) } ?? 0 : cursor
        if step > 0 { goToFinding { $0 > from } } else { goToFinding(backwards: true) { $0 < from } }
    }

    private mutating func goToFinding(backwards: Bool = false, where isWanted: (Int) -> Bool) {
        guard let lines = finding?.lines.map({ Int($0) }) else { return }
        let found =
            backwards
            ? lines.last(where: isWanted) ?? lines.last : lines.first(where: isWanted) ?? lines.first
        guard let found else { return }
        finding?.search.line = found
        guard tab == .json, body.json != nil else { return goTo(found) }
        body.json?.reveal(found)
        goTo(body.json?.line(of: found) ?? 0)
    }
}
