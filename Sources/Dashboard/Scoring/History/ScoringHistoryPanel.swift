package import AzureML
package import TerminalUI

/// What was sent to an endpoint before, the latest first.
package struct ScoringHistoryPanel: Equatable, Sendable {
    package private(set) var records: [ScoringRecord]
    package private(set) var selected = 0
    var top = 0
    /// At most two, in the order they were marked.
    package private(set) var marks: [ScoringRecord.ID] = []
    package private(set) var filter = ""
    private(set) var prompt: Prompt?
    /// The record that is about to be deleted.
    private(set) var deleting: ScoringRecord.ID?

    package init(records: [ScoringRecord]) {
        self.records = records.sorted { $0.sentAt > $1.sentAt }
    }

    /// Takes what the history holds now; the selection stays where it is.
    package mutating func set(_ records: [ScoringRecord]) {
        let id = current?.id
        self.records = records.sorted { $0.sentAt > $1.sentAt }
        marks.removeAll { mark in !records.contains { $0.id == mark } }
        selected = shown.firstIndex { $0.id == id } ?? min(selected, max(0, shown.count - 1))
    }

    package var isTyping: Bool { prompt != nil }

    /// The records that the filter lets through.
    package var shown: [ScoringRecord] {
        let words = filter.lowercased().split(separator: " ")
        guard !words.isEmpty else { return records }
        return records.filter { record in
            let text = record.searchedText
            return words.allSatisfy { text.contains($0) }
        }
    }

    package var current: ScoringRecord? {
        let shown = shown
        return shown.indices.contains(selected) ? shown[selected] : nil
    }

    // MARK: Keys

    /// Takes a key; nil for one that is not the panel's.
    package mutating func take(_ key: Key, pageHeight: Int) -> ScoringHistoryAction? {
        if prompt != nil { return takeFilter(key) }
        if let id = deleting {
            deleting = nil
            guard key == .character("y") else { return .handled }
            return .delete(id)
        }
        let page = max(1, pageHeight - 4)
        if let motion = Motion(key) {
            move(motion, page)
            return .handled
        }
        switch key {
        case .character(" "): toggleMark()
        case .character("U"): marks = []
        case .character("/"): prompt = Prompt(.search, text: filter)
        case .enter: return current.map { .open($0) }
        case .character("r"): return current.map { .rerun($0) }
        case .character("c"): return comparison
        case .character("x"), .delete:
            guard let current else { return nil }
            deleting = current.id
        case .escape where !filter.isEmpty:
            filter = ""
            selected = 0
        case .escape: return .close
        default: return nil
        }
        return .handled
    }

    private mutating func move(_ motion: Motion, _ page: Int) {
        let count = shown.count
        selected = motion.index(from: selected, count: count, page: page)
        top = ScrollWindow.offset(selected: selected, count: count, height: page, previous: top)
    }

    private mutating func toggleMark() {
        guard let id = current?.id else { return }
        if let index = marks.firstIndex(of: id) {
            marks.remove(at: index)
        } else {
            if marks.count == 2 { marks.removeFirst() }
            marks.append(id)
        }
        selected = min(selected + 1, max(0, shown.count - 1))
    }

    /// The two that are marked, or the marked one and the one under the cursor; the earlier one first.
    private var comparison: ScoringHistoryAction? {
        var ids = marks
        if ids.count == 1, let id = current?.id, id != ids[0] { ids.append(id) }
        guard ids.count == 2 else { return nil }
        let pair = records.filter { ids.contains($0.id) }.reversed().compactMap { ComparedAnswer($0) }
        return pair.count == 2 ? .compare(pair[0], pair[1]) : nil
    }

    private mutating func takeFilter(_ key: Key) -> ScoringHistoryAction? {
        switch key {
        case .enter: prompt = nil
        case .escape:
            prompt = nil
            filter = ""
        default:
            guard prompt?.take(key) == true else { return nil }
            filter = prompt?.text ?? ""
        }
        selected = 0
        top = 0
        return .handled
    }
}

/// What the history asks of the form.
package enum ScoringHistoryAction: Equatable, Sendable {
    case handled
    /// Loads it into the form.
    case open(ScoringRecord)
    /// Loads it and sends it once more.
    case rerun(ScoringRecord)
    case compare(ComparedAnswer, ComparedAnswer)
    case delete(ScoringRecord.ID)
    case close
}

extension ScoringRecord {
    /// What the filter looks at, in lower case.
    fileprivate var searchedText: String {
        let parts = [
            answer?.deployment ?? "", pinnedDeployment ?? "", answer.map { "\($0.status)" } ?? "",
            answer?.modelStatus.map { "\($0)" } ?? "", failure ?? "", contentType, uri, id, answer?.requestID ?? "",
            credential.rawValue,
        ]
        return parts.joined(separator: " ").lowercased()
    }
}
