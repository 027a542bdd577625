import FoundationEssentials
import Synchronization

/// What became of the keys of endpoints since the world began.
///
/// Every change is written to a file before its request is answered, so that a simulator that was killed knows it again.
/// How far a change is follows from the time.
final class KeyStore: Sendable {
    /// A new key for one slot, made by a long-running operation.
    struct Change: Codable, Sendable {
        /// Subscription and name of the endpoint in lower case.
        let endpoint: String
        let slot: EndpointCredentials.Slot
        let key: String
        let operationID: String
        let startTicks: Int64
        /// When the new key takes the place of the old one, or when it failed to.
        var endTicks: Int64
        /// Ordered by a fault: the key stays as it was.
        var failure: OperationFailure?
    }

    fileprivate struct State {
        var changes: [String: [Change]] = [:]
    }

    private let state: Mutex<State>
    private let file: AppendedFile

    /// - Parameter path: Of the file, one JSON object a line; a later line about the same operation replaces an earlier one.
    init(path: String) {
        file = AppendedFile(path: path)
        var state = State()
        for change in file.lines(as: Change.self) { state.note(change) }
        self.state = Mutex(state)
    }

    /// The changes of one endpoint, oldest first.
    func changes(of endpoint: String) -> [Change] {
        state.withLock { $0.changes[endpoint] ?? [] }
    }

    func change(operationID: String) -> Change? {
        state.withLock { state in
            state.changes.values.lazy.flatMap(\.self).first { $0.operationID == operationID }
        }
    }

    /// Begins a change unless another one of the endpoint is under way; says whether it did.
    func begin(_ change: Change) -> Bool {
        state.withLock { state in
            let isFree = (state.changes[change.endpoint] ?? []).allSatisfy { $0.endTicks <= change.startTicks }
            guard isFree else { return false }
            state.note(change)
            file.append(change)
            return true
        }
    }

    /// Ends a change that a client was shown as failed: it stays so, whatever becomes of the fault.
    func fail(operationID: String, at ticks: Int64, _ failure: OperationFailure) {
        state.withLock { state in
            guard
                var change = state.changes.values.lazy.flatMap(\.self).first(where: { $0.operationID == operationID }),
                change.failure == nil
            else { return }
            change.endTicks = ticks
            change.failure = failure
            state.note(change)
            file.append(change)
        }
    }
}

extension KeyStore.State {
    mutating func note(_ change: KeyStore.Change) {
        var list = changes[change.endpoint] ?? []
        if let index = list.lastIndex(where: { $0.operationID == change.operationID }) {
            list[index] = change
        } else {
            list.append(change)
        }
        changes[change.endpoint] = list
    }
}
