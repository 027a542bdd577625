public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The rotation of one key of an endpoint: what is known of it, and what has to be done next.
///
/// A value that takes events and answers with actions; the dashboard's wizard and the command run the same one. It knows
/// keys by their fingerprints only: whoever performs its actions holds the keys.
public struct Rotation: Hashable, Sendable {
    /// How far it is.
    public enum Phase: Hashable, Sendable {
        /// The keys are being read.
        case opening
        case choosingSlot
        case reviewingCallers
        /// Waits for the typed name.
        case confirming
        case prechecking
        case sending
        case following
        case readingBack
        case probing
        /// The old key is asked again and again until it is refused.
        case watchingOldKey
        case handingOver
        case ended(RotationOutcome)
    }

    /// What became of the request, as far as its answer tells.
    enum Dispatch: Hashable, Sendable {
        case notSent, accepted, refused, answerLost
        /// The operation ended with success, or otherwise.
        case succeeded, failed
    }

    /// A UUID that names it in the journal.
    public let id: String
    public let endpoint: ResourceID
    /// Who is signed in, for the journal.
    public var who: String
    public internal(set) var phase = Phase.opening
    public internal(set) var slot: KeySlot?
    public internal(set) var payload: ProbePayload?
    /// The fingerprints before anything was sent.
    public internal(set) var before: KeyFingerprints?
    /// The fingerprints as read back.
    public internal(set) var after: KeyFingerprints?
    public internal(set) var callers: Result<CallerReport, AzureError>?
    public internal(set) var precheck: Precheck?
    public internal(set) var verdicts: [KeyRole: KeyVerdict] = [:]
    /// The last trouble, for whoever explains where things stand.
    public internal(set) var trouble: AzureError?
    /// Whether the name that was typed last was another.
    public internal(set) var isNameWrong = false
    /// Whether it goes on where another process was interrupted.
    public internal(set) var isResumed = false
    /// Whether this process read the key that was replaced: it is gone with a process that was interrupted.
    public internal(set) var holdsOldKey = false
    public internal(set) var requestIDs: [String] = []
    public internal(set) var handOvers: [KeyHandOver] = []
    /// Whether the last attempt to hand the key over did not succeed.
    public internal(set) var isHandOverFailed = false
    public internal(set) var beganAt: Date?
    public internal(set) var sentAt: Date?
    /// When the operation was seen to have ended.
    public internal(set) var operationEndedAt: Date?
    /// When the old key was refused for the first time.
    public internal(set) var oldKeyRefusedAt: Date?
    /// Whether the old key was let in after the operation had ended.
    public internal(set) var wasOldKeyLetIn = false
    /// Of whom somebody else changed what: shown at the end.
    public internal(set) var conflict: RotationOutcome.Conflict?

    var dispatch = Dispatch.notSent
    var operation: OperationHandle?
    /// Entries written so far, also by the process that was interrupted.
    var entryCount = 0
    /// Attempts at the present step that told nothing.
    var attempts = 0
    var watchedSince: Date?
    /// Whether the keys are read once more because the new one was refused.
    var isRechecking = false
    /// What an interrupted process had read back.
    var recordedAfter: KeyFingerprints?

    public init(id: String, endpoint: ResourceID, who: String) {
        self.id = id
        self.endpoint = endpoint
        self.who = who
    }

    // MARK: Limits

    /// How often reading back may fail before Azure counts as unreadable.
    public static let mostReadAttempts = 8
    /// How often polling may fail in a row before the keys are asked instead.
    public static let mostPollFailures = 20
    /// How long an operation is followed.
    public static let mostFollowSeconds: Double = 1800
    /// How long the old key is watched.
    public static let mostWatchSeconds: Double = 600
    /// How often a new key that is refused is tried again: it takes a moment to reach the scoring URI.
    public static let mostProbeAttempts = 8
}

extension Rotation {
    /// The key of the slot that is rotated, before and after.
    public var oldFingerprint: KeyFingerprint? { slot.flatMap { slot in before.map { $0[slot] } } }
    public var newFingerprint: KeyFingerprint? {
        guard let slot, let after, after[slot] != before?[slot] else { return nil }
        return after[slot]
    }

    /// Whether `regenerateKeys` may have reached Azure.
    public var mayHaveSent: Bool { sentAt != nil }

    /// Whether something is under way that goes on in Azure whatever we do.
    public var isInFlight: Bool {
        switch phase {
        case .sending, .following, .readingBack: true
        default: false
        }
    }

    public var outcome: RotationOutcome? {
        guard case .ended(let outcome) = phase else { return nil }
        return outcome
    }

    /// How long after the operation had ended the old key was let in: 0 where it was refused at the first try, nil as long
    /// as it was not refused. Exact to the seconds between two tries.
    public var oldKeyWorkedSeconds: Double? {
        guard let operationEndedAt, let oldKeyRefusedAt else { return nil }
        guard wasOldKeyLetIn else { return 0 }
        return max(0, oldKeyRefusedAt.timeIntervalSince(operationEndedAt))
    }

    /// What it would end in if it ended now, with the new key in Azure.
    public var proof: RotationOutcome {
        if let conflict { return .conflict(conflict) }
        func finding(_ role: KeyRole) -> KeyVerdict.Finding { verdicts[role]?.finding ?? .notProbed }
        switch finding(.new) {
        case .notProbed: return .notProven(.notProbed)
        case .refused: return .notProven(.newKeyRefused)
        case .inconclusive, .unknown: return .notProven(.inconclusive)
        case .works: break
        }
        switch finding(.other) {
        case .refused: return .notProven(.otherKeyRefused)
        case .works: break
        default: return .notProven(.inconclusive)
        }
        switch finding(.old) {
        case .refused: return .proven
        case .works: return .notProven(.oldKeyStillWorks)
        case .unknown: return .notProven(.oldKeyUnknown)
        case .inconclusive, .notProbed: return .notProven(.inconclusive)
        }
    }
}
