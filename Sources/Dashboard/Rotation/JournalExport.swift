internal import AzureCore
package import AzureML
package import FoundationEssentials
internal import JSONValue

/// The journal as a file for others to read.
package struct JournalExport {
    private let texts: Catalogue
    private let zone: (Date) -> ZoneOffset

    package init(texts: Catalogue, zone: @escaping (Date) -> ZoneOffset) {
        self.texts = texts
        self.zone = zone
    }

    package static func json(_ entries: [JournalEntry]) -> String {
        JSONValue.array(entries.map(\.json)).text(pretty: true) + "\n"
    }

    /// One section for each rotation, the newest first, with a table of what happened.
    package func markdown(_ entries: [JournalEntry]) -> String {
        var text = "# \(texts[.journalTitle])\n"
        for rotation in JournalEntry.rotations(in: entries).reversed() {
            guard let first = rotation.first, let last = rotation.last else { continue }
            text += "\n## \(cell(first.endpoint.name)) · \(last.slot.rawValue) · \(time(first.at))\n\n"
            text += "- \(texts[.journalColumnState].lowercased()): \(state(last))\n"
            text += "- \(texts[.journalColumnWho].lowercased()): \(cell(first.who))\n"
            text += "- \(texts[.detailsId]): `\(cell(first.endpoint.text))`\n"
            text += "- \(texts[.journalRotation]): `\(cell(first.rotation))`\n\n"
            let titles = [
                texts[.journalColumnTime], texts[.journalColumnEvent].lowercased(), texts[.journalColumnFacts],
            ]
            text += "| \(titles.joined(separator: " | ")) |\n| --- | --- | --- |\n"
            for entry in rotation {
                text += "| \(time(entry.at)) | \(texts[entry.event.textKey]) | \(cell(facts(entry))) |\n"
            }
        }
        return text
    }

    /// What an entry says beyond its event, in one line.
    package func facts(_ entry: JournalEntry) -> String {
        var parts: [String] = []
        switch entry.event {
        case .slotChosen, .confirmed: break
        case .sending: parts.append(entry.before.map { $0[entry.slot].text } ?? "")
        case .accepted, .refused, .answerLost, .operationEnded: parts += entry.requestIDs
        case .readBack:
            if let before = entry.before, let after = entry.after {
                for slot in KeySlot.allCases { parts.append("\(slot.rawValue) \(change(before[slot], after[slot]))") }
            }
        case .probed:
            for role in KeyRole.allCases {
                guard let verdict = entry.verdicts[role] else { continue }
                parts.append("\(texts[role.textKey(entry.slot)]) \(texts[verdict.finding.textKey])")
            }
        case .oldKeyRefused:
            if let seconds = entry.oldKeyWorkedSeconds, seconds == 0 {
                parts.append(texts[.rotateOldAtOnce])
            } else if let seconds = entry.oldKeyWorkedSeconds {
                parts.append(texts.text(.rotateOldWorkedFor, ["seconds": Format.decimal(seconds, digits: 1)]))
            }
        case .handedOver: break
        case .ended: parts.append(state(entry))
        }
        if let detail = entry.detail, entry.event != .ended { parts.append(detail) }
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func change(_ before: KeyFingerprint, _ after: KeyFingerprint) -> String {
        before == after ? before.text : "\(before.text) → \(after.text)"
    }

    /// The end of a rotation in words; that it has none yet where it has not.
    package func state(_ entry: JournalEntry) -> String {
        guard let outcome = entry.outcome else { return texts[.journalUnfinished] }
        return texts[outcome.shortText] + (outcome.reason.map { " (\($0))" } ?? "")
    }

    private func time(_ date: Date) -> String {
        let zone = zone(date)
        return Format.dateTime(date, in: zone) + " " + zone.abbreviation
    }

    /// A text from outside, as one cell of a table.
    private func cell(_ text: String) -> String {
        let shown = text.unicodeScalars.filter { $0.value >= 0x20 && $0.properties.generalCategory != .format }
        return String(String.UnicodeScalarView(shown)).replacing("|", with: "\\|").replacing("`", with: "'")
    }
}

extension JournalEntry.Event {
    package var textKey: TextKey {
        switch self {
        case .slotChosen: .journalEventSlotChosen
        case .confirmed: .journalEventConfirmed
        case .sending: .journalEventSending
        case .accepted: .journalEventAccepted
        case .refused: .journalEventRefused
        case .answerLost: .journalEventAnswerLost
        case .operationEnded: .journalEventOperationEnded
        case .readBack: .journalEventReadBack
        case .probed: .journalEventProbed
        case .oldKeyRefused: .journalEventOldKeyRefused
        case .handedOver: .journalEventHandedOver
        case .ended: .journalEventEnded
        }
    }
}

extension KeyRole {
    /// What a key is called, seen from the slot that is rotated.
    package func textKey(_ slot: KeySlot) -> TextKey {
        switch (self, slot) {
        case (.new, .primary): .rotateKeyNewPrimary
        case (.new, .secondary): .rotateKeyNewSecondary
        case (.other, .primary): .rotateKeySecondary
        case (.other, .secondary): .rotateKeyPrimary
        case (.old, .primary): .rotateKeyOldPrimary
        case (.old, .secondary): .rotateKeyOldSecondary
        }
    }
}

extension KeyVerdict.Finding {
    package var textKey: TextKey {
        switch self {
        case .works: .rotateVerdictWorks
        case .refused: .rotateVerdictRefused
        case .inconclusive: .rotateVerdictInconclusive
        case .unknown: .rotateVerdictUnknown
        case .notProbed: .rotateVerdictNotProbed
        }
    }
}

extension RotationOutcome {
    package var shortText: TextKey {
        switch self {
        case .proven: .rotateStateProven
        case .notProven: .rotateStateNotProven
        case .nothingSent: .rotateStateNothingSent
        case .failedByAzure: .rotateStateFailed
        case .unknown: .rotateStateUnknown
        case .conflict: .rotateStateConflict
        }
    }
}
