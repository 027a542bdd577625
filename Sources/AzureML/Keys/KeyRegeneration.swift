import AzureCore
import HTTPTypes
import JSONValue

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension MachineLearningClient {
    /// Makes a new key in a slot of an endpoint whose auth mode is `key`. `POST …/onlineEndpoints/{name}/regenerateKeys`.
    ///
    /// Only the type of the key is sent: the service makes the value. The request is never sent twice by itself; whether one
    /// that failed with `leavesOutcomeOpen` has done its work only the keys tell.
    ///
    /// - Throws: `AzureError`: `.conflict` while another operation runs, `.badRequest` where the auth mode is another,
    ///   `.forbidden`, `.readOnly`.
    public func regenerateKeys(of endpoint: String, slot: KeySlot) async throws -> OperationHandle {
        let operation = OperationName.endpointRegenerateKeys
        let response = try await resourceManager.send(
            operation,
            method: .post,
            endpointID(endpoint),
            "/regenerateKeys",
            apiVersion: Self.apiVersion,
            body: ["keyType": .string(slot.restValue)]
        )
        return OperationHandle(operation, response, now: connection.now())
    }
}

/// One making of a new key, as the Activity Log tells it.
public struct KeyRegeneration: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case succeeded, failed
        /// It was asked for, and the log knows of no end.
        case open
    }

    /// When it ended, where the log knows; else when it was asked for.
    public var time: Date
    public var outcome: Outcome
    /// Who asked, as the log says; hostile: neutralise before showing.
    public var caller: ActivityEvent.Caller
    /// Nil, because the log seldom holds what was sent.
    public var slot: KeySlot?
    public var correlationID: String?

    public init(
        time: Date,
        outcome: Outcome,
        caller: ActivityEvent.Caller = ActivityEvent.Caller(),
        slot: KeySlot? = nil,
        correlationID: String? = nil
    ) {
        self.time = time
        self.outcome = outcome
        self.caller = caller
        self.slot = slot
        self.correlationID = correlationID
    }
}

extension KeyRegeneration {
    /// The regenerations among what the Activity Log says of one endpoint, newest first.
    ///
    /// The log has several events for each: when it began, when it was accepted, when it ended.
    public static func regenerations(in events: [ActivityEvent]) -> [KeyRegeneration] {
        let action = "microsoft.machinelearningservices/workspaces/onlineendpoints/regeneratekeys/action"
        let relevant = events.filter { $0.operation.lowercased() == action }
        // An event that belongs to nothing stands for itself.
        var groups: [String: [ActivityEvent]] = [:]
        for (index, event) in relevant.enumerated() {
            groups[event.operationID ?? event.correlationID ?? "event \(index)", default: []].append(event)
        }
        return groups.values.compactMap(KeyRegeneration.init).sorted { $0.time > $1.time }
    }

    private init?(_ events: [ActivityEvent]) {
        let events = events.sorted { $0.time < $1.time }
        guard let first = events.first else { return nil }
        let end = events.last { $0.outcome != .open }
        self.init(
            time: end?.time ?? first.time,
            outcome: end?.outcome ?? .open,
            caller: first.caller,
            slot: events.lazy.compactMap(\.keySlot).first,
            correlationID: first.correlationID
        )
    }
}

extension ActivityEvent {
    fileprivate var outcome: KeyRegeneration.Outcome {
        switch status.lowercased() {
        case "succeeded": .succeeded
        case "failed", "canceled", "cancelled": .failed
        default: .open
        }
    }

    /// What was sent, where the log kept it.
    fileprivate var keySlot: KeySlot? {
        guard let body = requestBody.flatMap({ try? JSONValue.parse($0) }) else { return nil }
        return body.string("keyType").flatMap(KeySlot.init(rest:))
    }
}
