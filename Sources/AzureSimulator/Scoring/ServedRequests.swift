import Synchronization

/// The newest requests that clients really made, as rows of the traffic log.
final class ServedRequests: Sendable {
    /// More are not kept.
    static let capacity = 100_000
    /// How long Log Analytics takes to have a row. The world's own rows take minutes, as Azure's do; who has just pressed
    /// a key should not have to wait so long.
    static let ingestionTicks = 4 * CivilTime.ticksPerSecond

    fileprivate struct Place: Hashable {
        /// As `World.keyName(of:)` says it.
        let endpoint: String
        let minute: Int64
    }
    fileprivate struct State {
        var rows: [Place: ArraySlice<TrafficRow>] = [:]
        /// Where the rows are, oldest first from `head` on.
        var order: [Place] = []
        var head = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int = ServedRequests.capacity) {
        self.capacity = capacity
    }

    /// Keeps a request that ended just now.
    func note(_ request: ServedRequest, of endpoint: String, endTicks: Int64) {
        let row = request.row(arrivingAt: endTicks + Self.ingestionTicks)
        let place = Place(endpoint: endpoint, minute: TrafficModel.minute(of: row.ticks))
        state.withLock { state in
            state.rows[place, default: []].append(row)
            state.order.append(place)
            if state.order.count - state.head > capacity { state.dropOldest() }
        }
    }

    /// Those that began in a minute, in the order they began.
    func rows(of endpoint: String, minute: Int64) -> [TrafficRow] {
        let rows = state.withLock { $0.rows[Place(endpoint: endpoint, minute: minute)] } ?? []
        return rows.sorted { $0.ticks < $1.ticks }
    }

    var count: Int { state.withLock { $0.order.count - $0.head } }
}

extension ServedRequests.State {
    fileprivate mutating func dropOldest() {
        let place = order[head]
        _ = rows[place]?.popFirst()
        if rows[place]?.isEmpty == true { rows[place] = nil }
        head += 1
        if head > 4_096, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
