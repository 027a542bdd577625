internal import AzureCore
internal import AzureML
internal import FoundationEssentials
internal import TerminalUI

/// The age of keys in words.
extension ViewContext {
    /// `rotated 12 d ago · Jisoo Park`, with a mark where it is beyond a threshold.
    func keyAgeSpans(_ age: KeyAge, by author: String?) -> [Span] {
        let text = keyAgeText(age)
        let span =
            switch age.severity(at: state.serverNow, state.thresholds) {
            case .alert: Span("▲ " + text, .alert)
            case .warning: Span("◆ " + text, .warning)
            case .note, nil: Span(text, age == .unknown ? .faint : .muted)
            }
        return [span] + (author.map { [Span(" · " + $0, .muted)] } ?? [])
    }

    private func keyAgeText(_ age: KeyAge) -> String {
        switch age {
        case .rotated(let date, _): texts.text(.credentialKeysRotated, ["time": self.age(of: date)])
        case .original(let date): texts.text(.credentialKeysOriginal, ["time": self.age(of: date)])
        case .olderThan(let seconds): texts.text(.credentialKeysOlder, ["time": texts.span(seconds)])
        case .unknown: texts[.credentialKeysUnknown]
        }
    }

    /// Who made the newest key; the one who is signed in by a word rather than by an id.
    func keyAuthor(_ age: KeyAge?) -> String? {
        guard case .rotated(_, let caller)? = age else { return nil }
        let own = state.tokens[.resourceManager]?.claims?.objectID
        if let own, caller.objectID?.lowercased() == own.lowercased() { return texts[.credentialKeysByYou] }
        return caller.label
    }

    /// For the details: the age, who it was by name and address, and when.
    func keyLine(_ record: EndpointRecord) -> [Span]? {
        guard let age = state.keyAge(of: record) else { return nil }
        let author = keyAuthor(age)
        var spans = keyAgeSpans(age, by: author)
        if age == .unknown, let failure = feed(of: .activity(of: record.id)).failure {
            let words = [wording.headline(failure) + ".", wording.serviceMessage(failure), wording.nextStep(failure)]
            spans.append(Span(" · " + words.compactMap(\.self).joined(separator: " "), .muted))
        }
        guard case .rotated(let date, let caller) = age else { return spans }
        if let name = caller.name, name != author { spans.append(Span(" (\(name))", .muted)) }
        spans.append(Span("  " + Format.dateTime(date, in: state.zone), .muted))
        return spans
    }

    func keyFindingText(_ record: EndpointRecord) -> String {
        switch record.keyAge {
        case .rotated(let date, _): texts.text(.findingKeyAge, ["value": age(of: date)])
        case .original(let date): texts.text(.findingKeyAgeOriginal, ["value": age(of: date)])
        case .olderThan(let seconds): texts.text(.findingKeyAgeOlder, ["value": texts.span(seconds)])
        case .unknown, nil: texts[.credentialKeysUnknown]
        }
    }
}
