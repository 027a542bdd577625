/// The states a rotation may end in; there are no others.
public enum RotationOutcome: Hashable, Sendable {
    /// The slot holds a new key, which works, as the other one does; the old one is refused.
    case proven
    /// The slot holds a new key, but something of the proof is missing.
    case notProven(ProofGap)
    /// Azure was not asked to change anything.
    case nothingSent(Reason)
    /// Azure did not do it; the slot holds the key it held, as was read back.
    case failedByAzure(Failure)
    /// Azure was asked, and cannot be read: what the slot holds is not known.
    case unknown
    /// Somebody else was at it.
    case conflict(Conflict)

    public enum ProofGap: String, Hashable, Sendable, CaseIterable {
        case notProbed, newKeyRefused, otherKeyRefused, oldKeyStillWorks, oldKeyUnknown, inconclusive
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The person left before anything was sent.
        case cancelled
        /// The keys could not be read at the beginning.
        case unreadable
        /// The look right before sending failed.
        case precheckFailed
        /// The request could not leave: refused in read-only mode, no connection, not signed in.
        case notSendable
    }

    public enum Failure: String, Hashable, Sendable, CaseIterable {
        /// Azure refused the request.
        case refused
        /// The operation ended otherwise than with success.
        case operationFailed
        /// Azure called the operation done, but the key is the old one.
        case unchanged
        /// No answer came, and the key is the old one.
        case answerLost
    }

    public enum Conflict: String, Hashable, Sendable, CaseIterable {
        /// The key of this slot is no longer the one that was seen; for the end of a rotation: not the one it made.
        case slotChanged
        case otherSlotChanged
        /// Another operation runs on the endpoint.
        case operationRunning
        /// The Activity Log has a regeneration since the rotation began.
        case regeneratedSince
    }
}

extension RotationOutcome {
    /// Whether the slot is known to hold a new key of this rotation.
    public var isRotated: Bool {
        switch self {
        case .proven, .notProven: true
        default: false
        }
    }

    /// The state in one word, for journals and scripts.
    public var state: String {
        switch self {
        case .proven: "proven"
        case .notProven: "notProven"
        case .nothingSent: "nothingSent"
        case .failedByAzure: "failedByAzure"
        case .unknown: "unknown"
        case .conflict: "conflict"
        }
    }

    /// Why it is no better one; nil where the state says it all.
    public var reason: String? {
        switch self {
        case .proven, .unknown: nil
        case .notProven(let gap): gap.rawValue
        case .nothingSent(let reason): reason.rawValue
        case .failedByAzure(let failure): failure.rawValue
        case .conflict(let conflict): conflict.rawValue
        }
    }

    /// From the words of a journal; nil for words of a later version.
    public init?(state: String, reason: String?) {
        let reason = reason ?? ""
        let outcome: RotationOutcome? =
            switch state {
            case "proven": .proven
            case "unknown": .unknown
            case "notProven": ProofGap(rawValue: reason).map { .notProven($0) }
            case "nothingSent": Reason(rawValue: reason).map { .nothingSent($0) }
            case "failedByAzure": Failure(rawValue: reason).map { .failedByAzure($0) }
            case "conflict": Conflict(rawValue: reason).map { .conflict($0) }
            default: nil
            }
        guard let outcome else { return nil }
        self = outcome
    }
}
