public import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a rotation is told: the person's choices, and what came of its actions.
public enum RotationEvent: Hashable, Sendable {
    // MARK: The person

    case begin
    case choose(KeySlot)
    /// The callers were seen.
    case proceed
    case choosePayload(ProbePayload?)
    /// The endpoint's name, as it was typed.
    case type(String)
    /// Back to the choice before, as long as nothing was sent.
    case goBack
    /// Does not wait any longer for the old key to be refused.
    case skipWaiting
    case handOver(KeyHandOver)
    case finish
    case cancel

    // MARK: What came of actions

    case keysRead(Result<KeyReading, AzureError>)
    case callersRead(Result<CallerReport, AzureError>)
    case prechecked(Result<Precheck, AzureError>)
    case sent(Result<OperationHandle, AzureError>)
    case polled(Result<OperationStep, AzureError>)
    case readBack(Result<KeyReading, AzureError>)
    case probed([KeyRole: KeyVerdict])
    case oldKeyProbed(KeyVerdict)
    case handedOver(KeyHandOver, isDone: Bool)
}

/// What a rotation wants done, in this order; each but `record` and `forget` is answered with an event.
public enum RotationAction: Hashable, Sendable {
    /// Reads the keys and keeps them as those from before.
    case readKeys
    case readCallers(hours: Int)
    /// Writes the journal; nothing that follows is done before it is written, or could not be.
    case record(JournalEntry)
    /// Looks right before sending: keys, operations, and regenerations since the given moment.
    case precheck(since: Date)
    /// `regenerateKeys`, with the key type only.
    case regenerate(KeySlot)
    case poll(OperationHandle, afterSeconds: Double)
    /// Reads the keys and keeps them as the present ones.
    case readBack(afterSeconds: Double)
    case probe([KeyRole], ProbePayload, afterSeconds: Double)
    case probeOldKey(ProbePayload, afterSeconds: Double)
    case handOver(KeyHandOver)
    /// Forgets all keys: nothing asks for them any more.
    case forget
}

/// How the new key leaves the program, because the person asked for it.
public enum KeyHandOver: Hashable, Sendable {
    /// To the clipboard, unseen.
    case copy
    /// To the standard input of a command.
    case command(String)

    /// The word of the journal; a command's line may hold anything, and is not kept.
    public var word: String {
        switch self {
        case .copy: "copied"
        case .command: "command"
        }
    }
}

/// The keys of an endpoint at one moment, as far as they may be known to everyone.
public struct KeyReading: Hashable, Sendable {
    public var fingerprints: KeyFingerprints
    /// Whether an operation runs on the endpoint.
    public var isOperationRunning: Bool

    public init(_ fingerprints: KeyFingerprints, isOperationRunning: Bool = false) {
        self.fingerprints = fingerprints
        self.isOperationRunning = isOperationRunning
    }
}

/// What was found right before sending.
public struct Precheck: Hashable, Sendable {
    public var reading: KeyReading
    /// Regenerations of this endpoint since the rotation began, newest first; nil where the Activity Log cannot be read.
    public var regenerations: [KeyRegeneration]?

    public init(_ reading: KeyReading, regenerations: [KeyRegeneration]?) {
        self.reading = reading
        self.regenerations = regenerations
    }
}
