#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Which key a rotation speaks of, seen from the slot that is rotated.
public enum KeyRole: String, Hashable, Sendable, CaseIterable {
    /// What Azure made for the slot.
    case new
    /// The key of the slot that stays as it is.
    case other
    /// What the slot held before.
    case old
}

/// What a scoring URI said to a key.
public struct KeyVerdict: Hashable, Sendable {
    public enum Finding: String, Hashable, Sendable, CaseIterable {
        /// The endpoint let the key in, whatever the model made of the payload.
        case works
        /// 401 or 403.
        case refused
        /// An answer that tells nothing about the key, or none.
        case inconclusive
        /// Nobody holds the key any more: the process that did has ended.
        case unknown
        /// No payload was chosen to ask with.
        case notProbed
    }

    public var finding: Finding
    /// Of the answer; nil where there was none.
    public var status: Int?
    /// Who answered. Hostile: neutralise before showing.
    public var deployment: String?
    public var milliseconds: Int?

    public init(
        _ finding: Finding,
        status: Int? = nil,
        deployment: String? = nil,
        milliseconds: Int? = nil
    ) {
        self.finding = finding
        self.status = status
        self.deployment = deployment
        self.milliseconds = milliseconds
    }

    /// What an answer says about the key that was sent.
    ///
    /// 2xx and 424 come from the model, so the key was let in; 401 and 403 refuse it. All else (throttled, no deployment,
    /// trouble of the service) may come from before or after the key is looked at.
    public init(_ answer: ScoringAnswer) {
        let finding: Finding =
            switch answer.status {
            case 200..<300, 424: .works
            case 401, 403: .refused
            default: .inconclusive
            }
        let seconds = Double(answer.duration.components.seconds) + Double(answer.duration.components.attoseconds) / 1e18
        self.init(
            finding,
            status: answer.status,
            deployment: answer.deployment,
            milliseconds: Int((seconds * 1000).rounded())
        )
    }
}
