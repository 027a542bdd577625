public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One line of the journal: what was done to a credential, by whom, and what came of it.
///
/// It has no place for a secret: keys are named by their fingerprints.
public struct JournalEntry: Hashable, Sendable {
    /// What happened. A rotation writes several entries, so that one that was interrupted can be found.
    public enum Event: String, Hashable, Sendable, CaseIterable {
        /// A slot was chosen; nothing was sent.
        case slotChosen
        /// The name of the endpoint was typed; nothing was sent.
        case confirmed
        /// Written right before `regenerateKeys` is sent: from here on only Azure knows what became of it.
        case sending
        /// Azure took the request and works on it.
        case accepted
        /// Azure refused the request.
        case refused
        /// No answer came, or one that leaves it open whether Azure took the request.
        case answerLost
        /// The operation came to an end, whichever.
        case operationEnded
        /// The keys were read again.
        case readBack
        /// The scoring URI was asked with the keys.
        case probed
        /// The scoring URI refused the old key for the first time.
        case oldKeyRefused
        /// The new key was given away as the person asked.
        case handedOver
        /// The rotation came to an end; `outcome` says to which.
        case ended
    }

    /// Of all entries, also those of other processes: the rotation and the number of the entry in it.
    public var id: String { "\(rotation)/\(number)" }
    /// Which rotation it belongs to: a UUID.
    public var rotation: String
    /// Counts the entries of a rotation from 1.
    public var number: Int
    public var at: Date
    /// The identity that was signed in: its name, its kind and its object id. Hostile: neutralise before showing.
    public var who: String
    public var event: Event
    public var endpoint: ResourceID
    public var slot: KeySlot
    /// The fingerprints before anything was sent, by slot.
    public var before: KeyFingerprints?
    /// The fingerprints as they were read last, by slot.
    public var after: KeyFingerprints?
    public var verdicts: [KeyRole: KeyVerdict]
    /// How long the old key still let callers in after the operation had ended, where that was watched to its end.
    public var oldKeyWorkedSeconds: Double?
    /// `x-ms-correlation-request-id` or `x-ms-request-id` of what was sent.
    public var requestIDs: [String]
    /// How the operation is followed.
    public var operation: OperationHandle?
    public var outcome: RotationOutcome?
    /// The service's code of what went wrong, or how the key was handed over.
    public var detail: String?

    public init(
        rotation: String,
        number: Int,
        at: Date,
        who: String,
        event: Event,
        endpoint: ResourceID,
        slot: KeySlot,
        before: KeyFingerprints? = nil,
        after: KeyFingerprints? = nil,
        verdicts: [KeyRole: KeyVerdict] = [:],
        oldKeyWorkedSeconds: Double? = nil,
        requestIDs: [String] = [],
        operation: OperationHandle? = nil,
        outcome: RotationOutcome? = nil,
        detail: String? = nil
    ) {
        self.rotation = rotation
        self.number = number
        self.at = at
        self.who = who
        self.event = event
        self.endpoint = endpoint
        self.slot = slot
        self.before = before
        self.after = after
        self.verdicts = verdicts
        self.oldKeyWorkedSeconds = oldKeyWorkedSeconds
        self.requestIDs = requestIDs
        self.operation = operation
        self.outcome = outcome
        self.detail = detail
    }
}

extension JournalEntry {
    /// The entries of each rotation in their order, the rotation that was touched last at the end.
    public static func rotations(in entries: [JournalEntry]) -> [[JournalEntry]] {
        var groups: [String: [JournalEntry]] = [:]
        for entry in entries { groups[entry.rotation, default: []].append(entry) }
        return groups.values.map { $0.sorted { $0.number < $1.number } }.sorted { left, right in
            (left.last?.at ?? .distantPast, left.first?.rotation ?? "")
                < (right.last?.at ?? .distantPast, right.first?.rotation ?? "")
        }
    }

    /// The rotations that came to no end, or to one that left open in what state Azure is.
    public static func unfinished(in entries: [JournalEntry]) -> [[JournalEntry]] {
        rotations(in: entries).filter { rotation in
            guard let last = rotation.last else { return false }
            return last.event != .ended || last.outcome == .unknown
        }
    }
}
