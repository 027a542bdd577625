import Synchronization

/// The requests that are with each deployment: so many run at once, as many again wait, first come first served (API.md f.3).
final class DeploymentQueues: Sendable {
    struct Key: Hashable, Sendable {
        /// As `World.keyName(of:)` says it.
        let endpoint: String
        let deployment: String
    }

    /// How busy a deployment is.
    struct Load: Hashable, Sendable {
        var running = 0
        var waiting = 0
    }

    /// A place among those that run; given up when the last reference to it goes, at the latest.
    final class Place: Sendable {
        private let giveUp: @Sendable () -> Void
        private let isGivenUp = Mutex(false)

        fileprivate init(giveUp: @escaping @Sendable () -> Void) {
            self.giveUp = giveUp
        }

        func leave() {
            let isFirst = isGivenUp.withLock { isGivenUp in
                defer { isGivenUp = true }
                return !isGivenUp
            }
            if isFirst { giveUp() }
        }

        deinit {
            leave()
        }
    }

    private struct Queue {
        var running = 0
        var waiting: [(ticket: Int, bell: AsyncStream<Void>.Continuation)] = []
    }
    private struct State {
        var queues: [Key: Queue] = [:]
        var nextTicket = 0
    }
    private enum Admission {
        case runs
        case waits(ticket: Int)
        case isRefused
    }

    private let state = Mutex(State())

    /// A place, once there is one.
    ///
    /// - Parameters:
    ///   - key: Whose queue.
    ///   - capacity: How many run at once: `maxConcurrentRequestsPerInstance` times the instances.
    /// - Returns: `nil` when as many wait as may.
    /// - Throws: `CancellationError` when nobody wants it any more.
    func enter(_ key: Key, capacity: Int) async throws(CancellationError) -> Place? {
        let (stream, bell) = AsyncStream<Void>.makeStream()
        let admission = state.withLock { state -> Admission in
            var queue = state.queues[key] ?? Queue()
            defer { state.queues[key] = queue }
            if queue.running < capacity {
                queue.running += 1
                return .runs
            }
            guard queue.waiting.count < capacity else { return .isRefused }
            state.nextTicket += 1
            queue.waiting.append((state.nextTicket, bell))
            return .waits(ticket: state.nextTicket)
        }
        switch admission {
        case .isRefused: return nil
        case .runs: break
        case .waits(let ticket):
            var iterator = stream.makeAsyncIterator()
            if await iterator.next(isolation: nil) == nil {
                // The place may have been given in the very moment it was no longer wanted.
                if !forget(ticket, key) { leave(key) }
                throw CancellationError()
            }
        }
        return Place { [weak self] in self?.leave(key) }
    }

    func load(_ key: Key) -> Load {
        state.withLock { state in
            let queue = state.queues[key] ?? Queue()
            return Load(running: queue.running, waiting: queue.waiting.count)
        }
    }

    private func forget(_ ticket: Int, _ key: Key) -> Bool {
        state.withLock { state in
            guard let index = state.queues[key]?.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                return false
            }
            state.queues[key]?.waiting.remove(at: index)
            return true
        }
    }

    /// The place goes to whoever has waited longest.
    private func leave(_ key: Key) {
        let bell = state.withLock { state -> AsyncStream<Void>.Continuation? in
            guard var queue = state.queues[key] else { return nil }
            defer { state.queues[key] = queue }
            if queue.waiting.isEmpty {
                queue.running -= 1
                return nil
            }
            return queue.waiting.removeFirst().bell
        }
        bell?.yield()
    }
}
